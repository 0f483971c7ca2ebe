from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.records import Run
from benchmark.search.fusion import reciprocal_rank_fusion, reranked, weighted_fusion


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


def scored(**lists: dict[str, float]) -> Run:
    """Lists of one-letter paintings with these scores."""
    scores = tuple(np.array([*one.values()], np.float32) for one in lists.values())
    return Run(tuple(lists), tuple(map(tuple, lists.values())), scores)


def test_scores_of_searchers_are_summed_as_they_are() -> None:
    one, other = scored(q={"a": 3.0, "b": 1.0}), scored(q={"b": 0.75, "c": 0.5})
    fused = weighted_fusion([one, other], [1, 4], [False, False], 10)
    assert fused.query_ids == ("q",)
    assert fused.ids == (("b", "a", "c"),)
    assert fused.scores[0].tolist() == [4, 3, 2]
    assert fused.scores[0].dtype == np.float32


def test_what_embeddings_do_not_list_counts_as_their_last() -> None:
    near = scored(q={"a": 0.5, "b": 0.25, "c": -0.5})
    graph = scored(q={"d": 1.0, "b": 1.0})
    fused = weighted_fusion([near, graph], [2, 1], [True, False], 10)
    assert fused.ids == (("b", "a", "d", "c"),)
    assert fused.scores[0].tolist() == [1.5, 1, 0, -1]


def test_a_list_of_equal_scores_says_nothing() -> None:
    flat, graph = scored(q={"b": 0.5, "a": 0.5}), scored(q={"a": 0.25})
    fused = weighted_fusion([flat, graph], [9, 1], [True, False], 10)
    assert fused.ids == (("a", "b"),)
    assert fused.scores[0].tolist() == [4.75, 4.5]


def test_a_query_that_one_run_answers_is_answered_and_an_empty_list_is_none() -> None:
    one, other = scored(q={"a": 1.0}, s={}), scored(r={"b": 2.0}, q={"a": 1.0}, s={"c": 3.0})
    fused = weighted_fusion([one, other], [1, 2], [False, False], 10)
    assert fused.query_ids == ("q", "s", "r")
    assert fused.ids == (("a",), ("c",), ("b",))
    assert [scores.tolist() for scores in fused.scores] == [[3], [6], [4]]


def test_a_tie_of_sums_goes_to_the_greater_id_across_the_cut_too() -> None:
    one, other = scored(q={"a": 2.0, "b": 1.0}), scored(q={"d": 2.0, "b": 1.0})
    assert weighted_fusion([one, other], [1, 1], [False, False], 2).ids == (("d", "b"),)


SCORES = st.lists(st.integers(-50, 50), min_size=8, max_size=8)


@given(st.lists(SCORES, min_size=2, max_size=3), st.lists(st.booleans(), min_size=3, max_size=3))
def test_full_lists_agree_with_numpy_in_any_order_of_runs(
    rows: list[list[int]], embedded: list[bool]
) -> None:
    """The oracle: full score matrices."""
    weights, names = [1.0, 4.0, 0.5][: len(rows)], list("abcdefgh")
    matrix = np.array(rows, float)
    whole = np.zeros(8)
    for row, weight in zip(matrix, weights, strict=True):
        whole += weight * row
    runs = []
    for row in matrix:
        order = sorted(range(8), key=lambda n, row=row: (-row[n], -n))  # type: ignore[misc]
        runs.append(scored(q={names[n]: float(row[n]) for n in order}))
    given_ = list(zip(runs, weights, embedded, strict=False))
    for every in (given_, given_[::-1]):
        fused = weighted_fusion(*map(list, zip(*every, strict=True)), 8)  # type: ignore[arg-type]
        found = dict(zip(fused.ids[0], fused.scores[0].tolist(), strict=True))
        assert [found[name] for name in names] == pytest.approx(whole.tolist(), abs=1e-4)
        assert list(fused.scores[0]) == sorted(fused.scores[0], reverse=True)
