from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmark.pretrained.catalogue import Catalogue
from benchmark.pretrained.sentences import Multilingual
from benchmark.records import Painting

TITLES = {
    "a": {"title": "A Sailing Ship", "artist": "Ann Onymous", "date": "1870"},
    "b": {"title": "Still Life", "artist": "", "tags": "apples, pears"},
    "c": {"title": "Portrait of a Lady"},
}


class Heard:
    """A sentence encoder of three directions, "x", "y" and all else, that keeps what it hears."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += texts
        return np.eye(3, dtype=np.float32)[["xy".find(one) for one in texts]]


def paintings(lines: dict[str, str]) -> list[Painting]:
    return [Painting(id, {"title": title}) for id, title in lines.items()]


def test_what_is_written_is_one_sentence_without_what_is_empty() -> None:
    heard = Heard()
    every = [Painting(id, metadata) for id, metadata in TITLES.items()]
    Catalogue(heard).index([*every, Painting("d"), Painting("e", {"title": "", "artist": ""})])
    assert heard.texts == [
        "A Sailing Ship, Ann Onymous, 1870",
        "Still Life, apples, pears",
        "Portrait of a Lady",
        "painting",
        "painting",
    ]


def test_ties_go_to_the_greater_id_across_the_cut_too() -> None:
    model = Catalogue(Heard())
    model.index(paintings({"a": "y", "c": "x", "b": "x", "é": "y", "d": "x"}))
    assert model.search(["x", "y"], 2) == ([["d", "c"], ["é", "a"]], [[1, 1], [1, 1]])
    ids, scores = model.search(["x"], 9)
    assert (ids, scores) == ([["d", "c", "b", "é", "a"]], [[1, 1, 1, 0, 0]])
    assert model.search([], 5) == ([], [])


def test_scores_are_cosines_that_never_rise(use: Multilingual) -> None:
    model = Catalogue(use)
    model.index([Painting(id, metadata) for id, metadata in TITLES.items()])
    ids, scores = model.search(["a ship", "un bateau", "fruit", "une dame"], 3)
    assert [one[0] for one in ids] == ["a", "a", "b", "c"]
    for one in scores:
        assert one == sorted(one, reverse=True)
        assert all(type(score) is float for score in one)
    cosine = float(use(["a ship"])[0] @ use(["A Sailing Ship, Ann Onymous, 1870"])[0])
    assert scores[0][0] == pytest.approx(cosine, abs=1e-5)
