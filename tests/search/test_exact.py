from __future__ import annotations

import faiss
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from benchmark.search import exact
from benchmark.search.exact import exact_search

Rows = NDArray[np.float32]


def brute_force(queries: Rows, ids: list[str], paintings: Rows, k: int) -> list[list[str]]:
    """The definition: float64 sums rounded once, sorted by score and id."""
    lists = []
    for query in queries.astype(np.float64):
        scores = [np.float32((row * query).sum()) for row in paintings.astype(np.float64)]
        pairs = sorted(zip(scores, ids, strict=True), key=lambda p: (p[0], p[1].encode()))
        lists.append([name for _, name in reversed(pairs)][:k])
    return lists


def names(count: int, seed: int = 0) -> list[str]:
    return [f"p{number}" for number in np.random.default_rng(seed).permutation(count)]


@st.composite
def problems(draw: st.DrawFn) -> tuple[Rows, list[str], Rows, int, int]:
    """Queries, ids, paintings with many doubles, k, block size. Quarters sum without rounding."""
    width = draw(st.integers(1, 5))
    count = draw(st.integers(1, 60))
    seed = draw(st.integers(0, 10_000))
    rng = np.random.default_rng(seed)
    distinct = rng.integers(-4, 5, (draw(st.integers(1, 6)), width)) / 4
    paintings = distinct[rng.integers(0, len(distinct), count)].astype(np.float32)
    queries = (rng.integers(-4, 5, (draw(st.integers(1, 4)), width)) / 4).astype(np.float32)
    return (
        queries,
        names(count, seed),
        paintings,
        draw(st.integers(1, 70)),
        draw(st.integers(1, 70)),
    )


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(problems(), st.integers(0, 3))
def test_agrees_with_brute_force(
    monkeypatch: pytest.MonkeyPatch, problem: tuple[Rows, list[str], Rows, int, int], spare: int
) -> None:
    queries, ids, paintings, k, block = problem
    monkeypatch.setattr(exact, "BLOCK", block)
    monkeypatch.setattr(exact, "_SPARE", spare)
    run = exact_search([str(i) for i in range(len(queries))], queries, ids, paintings, k)
    assert [list(found) for found in run.ids] == brute_force(queries, ids, paintings, k)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, 10_000), st.integers(1, 300), st.integers(1, 40), st.integers(1, 50))
def test_equal_pictures_tie_wherever_they_stand(
    monkeypatch: pytest.MonkeyPatch, seed: int, width: int, block: int, k: int
) -> None:
    monkeypatch.setattr(exact, "BLOCK", block)
    rng = np.random.default_rng(seed)
    distinct = rng.normal(size=(5, width)).astype(np.float32)
    paintings = distinct[rng.integers(0, 5, 60)]
    queries = rng.normal(size=(2, width)).astype(np.float32)
    run = exact_search(["a", "b"], queries, names(60, seed), paintings, k)
    for found, scores in zip(run.ids, run.scores, strict=True):
        pairs = list(zip(scores.tolist(), [name.encode() for name in found], strict=True))
        assert pairs == sorted(pairs, reverse=True)
    whole = exact_search(["a", "b"], queries, names(60, seed), paintings, 60)
    assert len(set(whole.scores[0].tolist())) <= 5
    assert run.ids == tuple(found[:k] for found in whole.ids)


@pytest.mark.parametrize("block", [7, 64, 65_536])
def test_a_constant_encoder_gives_the_id_order(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr(exact, "BLOCK", block)
    ids = names(500)
    paintings = np.full((500, 513), 0.1, np.float32)
    run = exact_search(["q"], np.full((1, 513), 0.3, np.float32), ids, paintings, 100)
    assert run.ids == (tuple(sorted(ids, reverse=True)[:100]),)
    assert len(set(run.scores[0].tolist())) == 1


def test_a_constant_text_ranks_by_id_where_pictures_are_doubled() -> None:
    rng = np.random.default_rng(3)
    paintings = np.repeat(rng.normal(size=(10, 64)).astype(np.float32), 40, axis=0)
    ids = names(400)
    query = rng.normal(size=(1, 64)).astype(np.float32)
    run = exact_search(["q"], query, ids, paintings, 60)
    assert [list(found) for found in run.ids] == brute_force(query, ids, paintings, 60)


def test_agrees_with_faiss_where_nothing_ties() -> None:
    rng = np.random.default_rng(1)
    paintings = rng.normal(size=(3000, 48)).astype(np.float32)
    queries = rng.normal(size=(20, 48)).astype(np.float32)
    index = faiss.IndexFlatIP(48)
    index.add(paintings)
    scores, rows = index.search(queries, 50)
    run = exact_search([str(i) for i in range(20)], queries, names(3000), paintings, 50)
    ids = names(3000)
    assert [list(found) for found in run.ids] == [[ids[row] for row in line] for line in rows]
    np.testing.assert_allclose(np.stack(run.scores), scores, rtol=1e-4, atol=1e-5)


def test_reads_memory_mapped_rows(tmp_path) -> None:
    paintings = np.random.default_rng(2).normal(size=(50, 8)).astype(np.float32)
    np.save(tmp_path / "rows.npy", paintings)
    mapped = np.load(tmp_path / "rows.npy", mmap_mode="r")
    query = paintings[:1]
    plain = exact_search(["q"], query, names(50), paintings, 9)
    assert exact_search(["q"], query, names(50), mapped, 9).ids == plain.ids


def test_k_over_the_gallery_gives_all_of_it() -> None:
    run = exact_search(["q"], np.ones((1, 2), np.float32), ["a", "b"], np.eye(2, dtype="f4"), 99)
    assert run.ids == (("b", "a"),)
    assert run.scores[0].dtype == np.float32


@pytest.mark.parametrize("size", [1e18, 1e19, 3e38])
def test_products_beyond_float32_still_rank_everything(size: float) -> None:
    paintings = np.array([[1, 1], [1, -1], [-1, -1]], np.float32) * np.float32(size)
    query = np.array([[1, 0.5]], np.float32) * np.float32(size)
    with np.errstate(over="ignore"):
        run = exact_search(["q"], query, ["a", "b", "c"], paintings, 3)
    assert len(run.ids[0]) == 3
    assert run.ids[0][-1] == "c"
