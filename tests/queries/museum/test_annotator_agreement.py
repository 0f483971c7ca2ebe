"""Kappa and alpha against worked examples of the literature, and alpha against its definition."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.queries.museum.annotator_agreement import (
    ConceptAgreement,
    by_concept,
    cohen_kappa,
    krippendorff_alpha,
    overall,
    publish,
)

CODES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=30).filter(
    lambda pairs: len({value for pair in pairs for value in pair}) > 1
)


def test_kappa_of_a_table_of_fifty() -> None:
    # 20 times both yes, 5 and 10 times one of them, 15 times both no: agreed 0.7, by chance 0.5.
    one = np.array([True] * 25 + [False] * 25)
    other = np.array([True] * 20 + [False] * 5 + [True] * 10 + [False] * 15)
    assert cohen_kappa(one, other) == pytest.approx(0.4)


def test_kappa_of_what_is_never_seen_is_none() -> None:
    assert math.isnan(cohen_kappa(np.zeros(5, bool), np.zeros(5, bool)))


def test_alpha_of_krippendorffs_binary_example() -> None:
    # Computing Krippendorff's Alpha-Reliability (2011), section A.
    meg = np.array([0, 1, 0, 0, 0, 0, 0, 0, 1, 0])
    owen = np.array([1, 1, 1, 0, 0, 1, 0, 0, 0, 0])
    assert krippendorff_alpha(meg, owen, ordinal=False) == pytest.approx(0.095, abs=5e-4)


def test_alpha_of_krippendorffs_nominal_example() -> None:
    # The same, section B.
    ben = np.array([ord(code) for code in "aabbdcccedda"])
    gerry = np.array([ord(code) for code in "babbbcccedda"])
    gerry[-1] = ord("d")
    assert krippendorff_alpha(ben, gerry, ordinal=False) == pytest.approx(0.692, abs=5e-4)


@given(CODES)
def test_ordinal_alpha_is_what_its_definition_says(pairs: list[tuple[int, int]]) -> None:
    pool = [value for pair in pairs for value in pair]

    def apart(c: int, k: int) -> float:
        low, high = min(c, k), max(c, k)
        between = sum(low <= value <= high for value in pool)
        return float((between - (pool.count(c) + pool.count(k)) / 2) ** 2)

    n = len(pool)
    observed = sum(2 * apart(a, b) for a, b in pairs) / n
    expected = sum(apart(c, k) for c in pool for k in pool) / (n * (n - 1))
    one, other = (np.array(codes) for codes in zip(*pairs, strict=True))
    assert krippendorff_alpha(one, other, ordinal=True) == pytest.approx(1 - observed / expected)


def test_only_concepts_that_were_seen_often_enough_have_a_kappa() -> None:
    first = {f"Q{i}": {"dog": 1} if i < 6 else {} for i in range(10)}
    second = {f"Q{i}": {"dog": 2} if i < 5 else {"cat": 1} for i in range(10)}
    second["Q5"] = {}
    dog, cat = by_concept(first, second, ["dog", "cat", "cow"])
    assert (dog.both, dog.first, dog.second) == (5, 1, 0)
    assert dog.kappa == pytest.approx(0.8)
    assert cat == ConceptAgreement("cat", 0, 0, 4, None)


def test_alpha_over_all_counts_salience_only_where_it_is_ordinal() -> None:
    first, second = {"Q1": {"dog": 1}, "Q2": {}}, {"Q1": {"dog": 2}, "Q2": {}}
    assert overall(first, second, ["dog"], ordinal=False) == 1.0
    assert overall(first, second, ["dog"], ordinal=True) < 1.0


def test_the_table_is_published(tmp_path: Path) -> None:
    (tmp_path / "annotations").mkdir()
    head = "concept,broader,en,fr,note,wikidata,iconclass\n"
    (tmp_path / "vocabulary.csv").write_text(head + "dog,,dog,chien,a dog,,\n", encoding="utf-8")
    for name, seen in (("pass-1.tsv", range(5)), ("pass-2.tsv", range(1, 6))):
        lines = [f"Q{i}\tdog:1" if i in seen else f"Q{i}\t" for i in range(8)]
        (tmp_path / "annotations" / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert publish(tmp_path).startswith("8 paintings, 1 concepts seen; median kappa 0.467 of 1")
    table = (tmp_path / "annotations" / "agreement.csv").read_text(encoding="utf-8")
    assert table == "concept,both,first only,second only,kappa\ndog,4,1,1,0.467\n"
