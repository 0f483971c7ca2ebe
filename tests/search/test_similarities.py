from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.spatial import distance
from scipy.special import rel_entr, softmax

from benchmark.search import filtered, similarity
from benchmark.search.exact import exact_search
from benchmark.search.filtered import FilteredIndex
from benchmark.search.similarities import SIMILARITIES, bytes_per_painting, scores, search
from benchmark.search.similarity import INNER_PRODUCT

Rows = NDArray[np.float32]
NAMES = list(SIMILARITIES)


def probabilities(row: Rows) -> NDArray[np.float64]:
    """Of numbers of root mean square 1, halved."""
    wide = row.astype(np.float64)
    length = np.linalg.norm(wide) or 1.0
    return np.asarray(softmax(wide / length * np.sqrt(len(wide)) / 2))


def outstanding(row: Rows) -> set[int]:
    mean = np.mean(row.astype(np.float64))
    return {place for place, value in enumerate(row.tolist()) if value > mean}


def _jaccard(t: Rows, p: Rows) -> float:
    a, b = (side > side.astype(np.float64).mean() for side in (t, p))
    return float(1 - distance.jaccard(a, b)) if (a | b).any() else 0.0


def _overlap(t: Rows, p: Rows) -> float:
    a, b = outstanding(t), outstanding(p)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _cosine(t: Rows, p: Rows) -> float:
    if not t.any() or not p.any():
        return 0.0
    return float(1 - distance.cosine(t.astype(np.float64), p.astype(np.float64)))


ORACLES: dict[str, Callable[[Rows, Rows], float]] = {
    "cosine": _cosine,
    "euclidean": lambda t, p: -float(distance.euclidean(t.astype("f8"), p.astype("f8"))),
    "kullback-leibler": lambda t, p: -float(rel_entr(probabilities(t), probabilities(p)).sum()),
    "jensen-shannon": lambda t, p: (
        -float(distance.jensenshannon(probabilities(t), probabilities(p)) ** 2)
    ),
    "jaccard": _jaccard,
    "overlap": _overlap,
}


def one(name: str, text: Rows, painting: Rows) -> float:
    """The score of one pair."""
    kind = SIMILARITIES[name]
    pair = (kind.form(side[None].astype(np.float32)) for side in (text, painting))
    return float(kind.exact(*pair)[0])


def rows(count: int, width: int, seed: int = 0, doubles: int = 0) -> Rows:
    """Normal rows; with `doubles` only so many of them differ."""
    rng = np.random.default_rng(seed)
    distinct = rng.normal(size=(doubles or count, width)).astype(np.float32)
    return distinct[rng.integers(0, doubles, count)] if doubles else distinct


def names(count: int, seed: int = 0) -> list[str]:
    return [f"p{number}" for number in np.random.default_rng(seed).permutation(count)]


def brute_force(name: str, queries: Rows, ids: list[str], paintings: Rows, k: int) -> list:
    lists = []
    for query in queries:
        scores = [np.float32(one(name, query, painting)) for painting in paintings]
        pairs = sorted(zip(scores, ids, strict=True), key=lambda p: (p[0], p[1].encode()))
        lists.append([(name, float(score)) for score, name in reversed(pairs)][:k])
    return lists


def test_every_name_is_a_similarity_or_the_inner_product() -> None:
    assert list(get_args(similarity.Name)) == [INNER_PRODUCT, *SIMILARITIES]
    assert set(ORACLES) == set(SIMILARITIES)


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_it_is(name: str) -> None:
    found = SIMILARITIES[name]
    assert found.name == name
    assert all((found.meaning, found.formula, found.source, found.direction))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [1, 2, 7, 64, 768])
@pytest.mark.parametrize("scale", [1e-20, 1.0, 1e15])
def test_scores_are_those_of_scipy_and_scikit_learn(name: str, width: int, scale: float) -> None:
    texts, paintings = (rows(20, width, seed) * np.float32(scale) for seed in (1, 2))
    for text, painting in zip(texts, paintings, strict=True):
        expected = ORACLES[name](text, painting)
        assert one(name, text, painting) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "score"),
    [
        ("cosine", 0.6),
        ("euclidean", -np.sqrt(0.8)),
        ("jaccard", 1 / 2),
        ("overlap", 1.0),
    ],
)
def test_scores_by_hand(name: str, score: float) -> None:
    # Above their means: {0, 1} of (0.6, 0.8, 0, 0) and {0} of (1, 0, 0, 0).
    text = np.array([0.6, 0.8, 0, 0], np.float32)
    assert one(name, text, np.array([1, 0, 0, 0], np.float32)) == pytest.approx(score)


def test_divergences_by_hand() -> None:
    # Logits of (1, -1) are 1/2 and -1/2: probabilities e / (e + 1) and 1 / (e + 1).
    high, text = np.e / (np.e + 1), np.array([3, -3], np.float32)
    lost = high - (1 - high)  # each of the two logarithms of ratios is 1 or -1
    assert one("kullback-leibler", text, -text) == pytest.approx(-lost)
    entropy = -(high * np.log(high) + (1 - high) * np.log(1 - high))
    assert one("jensen-shannon", text, -text) == pytest.approx(-(np.log(2) - entropy))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", [[0, 0, 0], [1, 1, 1], [2, 0, -1]])
@pytest.mark.parametrize("painting", [[0, 0, 0], [1, 1, 1], [2, 0, -1]])
def test_zeros_and_constant_rows_have_finite_scores(
    name: str, text: list[float], painting: list[float]
) -> None:
    sides = np.array(text, np.float32), np.array(painting, np.float32)
    assert one(name, *sides) == pytest.approx(ORACLES[name](*sides), abs=1e-7)


SEEDS = st.integers(0, 10_000)


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.integers(1, 80), st.floats(0.01, 100))
def test_what_holds_of_any_pair(seed: int, width: int, scale: float) -> None:
    a, b = rows(2, width, seed)
    larger = b * np.float32(scale)
    for name in ("cosine", "euclidean", "jensen-shannon", "jaccard", "overlap"):
        assert one(name, a, b) == pytest.approx(one(name, b, a), abs=1e-12), "symmetric"
    for name in ("cosine", "kullback-leibler", "jensen-shannon"):
        assert one(name, a, larger) == pytest.approx(one(name, a, b), rel=1e-4, abs=1e-6)
    assert -np.log(2) <= one("jensen-shannon", a, b) <= 0
    assert one("kullback-leibler", a, b) <= 0
    assert 0 <= one("jaccard", a, b) <= one("overlap", a, b) <= 1
    assert -1 - 1e-12 <= one("cosine", a, b) <= 1 + 1e-12
    # The mean in nats is no more than either side's (Lin 1991, theorem 1, for the halves).
    assert (
        one("jensen-shannon", a, b)
        >= one("kullback-leibler", a, b) / 4 * 2 + one("kullback-leibler", b, a) / 4 * 2 - 1e-12
    )
    for name, itself in (("cosine", 1), ("euclidean", 0), ("kullback-leibler", 0),
                         ("jensen-shannon", 0)):  # fmt: skip
        assert one(name, a, a) == pytest.approx(itself, abs=1e-7)


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(NAMES), SEEDS, st.integers(1, 40), st.integers(1, 70), st.integers(1, 12),
    st.integers(1, 60),
)  # fmt: skip
def test_lists_are_those_of_brute_force_ties_at_the_cut_included(
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    seed: int,
    width: int,
    count: int,
    doubles: int,
    k: int,
) -> None:
    monkeypatch.setattr(filtered, "_LEAST", 7)
    monkeypatch.setattr(filtered, "_SCORES", 1)
    monkeypatch.setattr(filtered, "_SHOWN", 5)
    monkeypatch.setattr(filtered, "_PAIRED", 3 * width)
    paintings, queries = rows(count, width, seed, doubles), rows(3, width, seed + 1)
    ids = names(count, seed)
    run = search(name, ["a", "b", "c"], queries, ids, paintings, k)
    expected = brute_force(name, queries, ids, paintings, k)
    found = [
        list(zip(lists, map(float, scores), strict=True))
        for lists, scores in zip(run.ids, run.scores, strict=True)
    ]
    assert found == expected
    assert all(scores.dtype == np.float32 for scores in run.scores)
    index = FilteredIndex(SIMILARITIES[name], ids, paintings)
    again = index.search(["a", "b", "c"], queries, k)
    assert again.ids == run.ids and index.width == width


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [3, 64, 513])
def test_exact_scores_lie_between_their_bounds(name: str, width: int) -> None:
    kind = SIMILARITIES[name]
    texts, paintings = rows(30, width, 3), rows(40, width, 4)
    paintings[:30:2] = texts[::2]  # the same, and opposite
    paintings[1:30:2] = -texts[1::2]
    for scale in (1.0, 1e-8, 3e10):
        some = paintings * np.float32(scale)
        low, high = kind.bounds(texts, kind.stored(some))
        form, others = kind.form(texts), kind.form(some)
        for number in range(len(texts)):
            text = tuple(np.repeat(part[[number]], len(some), axis=0) for part in form)
            exact = kind.exact(text, others)
            tiny = 1e-6 * np.abs(exact)
            assert (low[number] <= exact + tiny).all() and (exact - tiny <= high[number]).all()


def test_bounds_of_the_jensen_shannon_divergence_hold_for_any_two_probabilities() -> None:
    z = np.concatenate([np.linspace(0, 4, 40_000), np.linspace(4, 300, 40_000)])
    one_over = np.exp(-z) * 2 / (1 + np.exp(-2 * z))  # 1 / cosh z
    half = np.exp(-z / 2) * (1 + np.exp(-z)) / (1 + np.exp(-2 * z))  # cosh(z/2) / cosh z
    true = z * np.tanh(z) - (z + np.log1p(np.exp(-2 * z)) - np.log(2))
    for c, sign in ((np.log(2), 1), (-1 / 3, -1)):
        bound = c - (4 - 3 * c) * one_over + 4 * (1 - c) * half
        assert (sign * (bound - true) >= -1e-14).all()


def test_the_cosine_of_unit_rows_is_their_inner_product() -> None:
    queries, paintings = rows(20, 48, 5), rows(500, 48, 6)
    queries, paintings = (
        side / np.linalg.norm(side, axis=1, keepdims=True) for side in (queries, paintings)
    )
    asked = [str(number) for number in range(20)]
    plain = search(INNER_PRODUCT, asked, queries, names(500), paintings, 50)
    for name in ("cosine", "euclidean"):
        assert search(name, asked, queries, names(500), paintings, 50).ids == plain.ids


def test_the_inner_product_is_exact_search_itself() -> None:
    queries, paintings = rows(5, 16, 7), rows(99, 16, 8, doubles=40)
    asked = [str(number) for number in range(5)]
    run, plain = (
        search(INNER_PRODUCT, asked, queries, names(99), paintings, 30),
        exact_search(asked, queries, names(99), paintings, 30),
    )
    assert run.ids == plain.ids
    assert all((a == b).all() for a, b in zip(run.scores, plain.scores, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_a_constant_encoder_gives_the_id_order(name: str) -> None:
    ids = names(500)
    paintings = np.full((500, 33), 0.1, np.float32)
    paintings[:, 0] = 0.7
    run = search(name, ["q"], rows(1, 33), ids, paintings, 100)
    assert run.ids == (tuple(sorted(ids, reverse=True)[:100]),)
    assert len(set(run.scores[0].tolist())) == 1


@pytest.mark.parametrize("name", NAMES)
def test_memory_mapped_rows_nobody_asking_and_galleries_smaller_than_k(name: str, tmp_path) -> None:
    paintings = rows(50, 8)
    np.save(tmp_path / "rows.npy", paintings)
    mapped = np.load(tmp_path / "rows.npy", mmap_mode="r")
    plain = search(name, ["q"], paintings[:1], names(50), paintings, 99)
    assert search(name, ["q"], paintings[:1], names(50), mapped, 99).ids == plain.ids
    assert len(plain.ids[0]) == 50
    assert search(name, [], np.empty((0, 8), np.float32), names(50), paintings, 9).ids == ()


def test_bytes_of_a_painting() -> None:
    sizes = {name: bytes_per_painting(name, 100) for name in (INNER_PRODUCT, *NAMES)}
    assert {name for name, size in sizes.items() if size == 400} == {
        "inner product", "cosine", "euclidean", "kullback-leibler", "jensen-shannon",
    }  # fmt: skip
    assert sizes["jaccard"] == sizes["overlap"] == 13


@pytest.mark.parametrize("name", [INNER_PRODUCT, *NAMES])
def test_scores_of_all_pairs_are_those_of_lists(name: str) -> None:
    queries, paintings = rows(4, 12, 9), rows(11, 12, 10)
    found, ids = scores(name, queries, paintings), names(11)
    run = search(name, list("abcd"), queries, ids, paintings, 11)
    for number, (listed, values) in enumerate(zip(run.ids, run.scores, strict=True)):
        rows_of = [ids.index(painting) for painting in listed]
        assert found[number, rows_of].astype(np.float32).tolist() == values.tolist()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [1e-30, 1e18, 1e38])
def test_numbers_near_the_ends_of_float32_still_rank_everything(name: str, size: float) -> None:
    paintings = np.array([[1, 1, 0], [1, -1, 0], [-1, -1, 0]], np.float32) * np.float32(size)
    query = np.array([[1, 0.5, 0]], np.float32) * np.float32(size)
    run = search(name, ["q"], query, ["a", "b", "c"], paintings, 3)
    assert sorted(run.ids[0]) == ["a", "b", "c"]
    assert run.ids[0][0] == "a" or name in ("jaccard", "overlap")
    assert np.isfinite(run.scores[0]).all()
