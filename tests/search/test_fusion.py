from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.records import Run
from benchmark.search.fusion import reciprocal_rank_fusion, reranked


def run(**lists: str) -> Run:
    """Lists of one-letter paintings, scores falling by one."""
    scores = tuple(np.arange(len(ids), 0, -1, dtype=np.float32) for ids in lists.values())
    return Run(tuple(lists), tuple(map(tuple, lists.values())), scores)


def test_a_painting_is_worth_the_sum_of_its_reciprocal_ranks() -> None:
    fused = reciprocal_rank_fusion([run(q="ab", r="c"), run(q="ba", s="a")], 60, 10)
    assert fused.query_ids == ("q", "r", "s")
    assert fused.ids == (("b", "a"), ("c",), ("a",))  # a tie: the greater id comes first
    expected = [1 / 61 + 1 / 62, 1 / 61 + 1 / 62]
    assert fused.scores[0].tolist() == pytest.approx(expected)
    assert fused.scores[0].dtype == np.float32


def test_a_tie_across_the_cut_is_decided_by_id() -> None:
    fused = reciprocal_rank_fusion([run(q="ab"), run(q="cd")], 60, 1)
    assert fused.ids == (("c",),)


@given(st.lists(st.permutations("abcdefgh").map(lambda p: "".join(p[:5])), min_size=2, max_size=4))
def test_the_order_of_runs_does_not_matter(lists: list[str]) -> None:
    runs = [run(q=ids) for ids in lists]
    one, other = (reciprocal_rank_fusion(r, 60, 8) for r in (runs, runs[::-1]))
    assert one.ids == other.ids
    assert np.array_equal(one.scores[0], other.scores[0])


@pytest.mark.slow
def test_agrees_with_ranx() -> None:
    """ranx compiles for most of a minute where it never fused before."""
    from ranx import Run as RanxRun
    from ranx import fuse

    rng = np.random.default_rng(0)
    runs = [
        run(**{f"q{n}": "".join(rng.permutation(list("abcdefghij"))[:7]) for n in range(20)})
        for _ in range(3)
    ]
    ours = reciprocal_rank_fusion(runs, 60, 10)
    theirs = fuse(
        [
            RanxRun({q: dict(zip(ids, map(float, s), strict=True)) for q, ids, s in
                     zip(r.query_ids, r.ids, r.scores, strict=True)}, name=str(n))
            for n, r in enumerate(runs)
        ],
        method="rrf",
        params={"k": 60},
    ).run  # fmt: skip
    for query, ids, scores in zip(ours.query_ids, ours.ids, ours.scores, strict=True):
        assert dict(zip(ids, scores.tolist(), strict=True)) == pytest.approx(dict(theirs[query]))


def test_the_rest_follows_what_was_scored_anew() -> None:
    first = run(q="abcde", r="ab")
    found = reranked(first, {"q": {"a": 1.0, "b": 7.0, "c": 1.0}})
    assert found.ids == (("b", "c", "a", "d", "e"), ("a", "b"))
    assert found.scores[0][:3].tolist() == [7, 1, 1]
    assert 1 > found.scores[0][3] > found.scores[0][4] > 1 - 1e-6


@given(
    st.dictionaries(
        st.sampled_from("abcdefgh"), st.floats(-(2.0**49), 2.0**49, width=32), max_size=8
    ),
    st.permutations("abcdefgh"),
)
def test_reranking_keeps_every_painting_in_a_legal_order(
    scores: dict[str, float], ids: list[str]
) -> None:
    found = reranked(run(q="".join(ids)), {"q": scores})
    assert sorted(found.ids[0]) == list("abcdefgh")
    for (a, left), (b, right) in zip(
        list(zip(found.ids[0], found.scores[0], strict=True))[:-1],
        list(zip(found.ids[0], found.scores[0], strict=True))[1:],
        strict=True,
    ):
        assert left > right or (left == right and a > b)
