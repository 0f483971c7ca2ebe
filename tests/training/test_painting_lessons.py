from __future__ import annotations

import numpy as np
import pytest
import torch

from benchmark.training.annotated_paintings import AnnotatedPainting
from benchmark.training.painting_lessons import Batch, PaintingLessons
from benchmark.training.painting_requests import Request
from benchmark.training.painting_texts import PaintingTexts

TOLD = PaintingTexts(
    [
        AnnotatedPainting("a", ("Félin",), {"cat": 2}, ("A cat.", "Un chat.")),
        AnnotatedPainting("b", (), {"boat": 1}, ("A boat.", "Un bateau.")),
        AnnotatedPainting("c", ("Mer",), {"boat": 2, "sea": 1}, ("The sea.", "La mer.")),
    ],
    [Request(("cat", "chat"), (("cat",),)), Request(("boat", "bateau"), (("boat",),))],
    (0, 1),
)
ROWS = np.array([1, 3, 4])
"""Of these three paintings, among five pictures."""
FITS = {"cat": [2, 0, 0], "boat": [0, 1, 2]}
FITS |= {"chat": FITS["cat"], "bateau": FITS["boat"]}


def lessons(captions: float, lines: float, requests: int = 9) -> PaintingLessons:
    """Every sentence is the number of its text, and the double of that."""
    sentences = torch.tensor([[n, 2.0 * n] for n in range(len(TOLD.texts))])
    return PaintingLessons(TOLD, sentences, ROWS, 5, (captions, lines), requests)


def texts(batch: Batch) -> list[str]:
    assert torch.equal(batch.sentences[:, 1], 2 * batch.sentences[:, 0])
    assert batch.fits.shape == (len(batch.sentences), len(batch.rows))
    assert batch.fits.dtype == torch.float32
    return [TOLD.texts[int(number)] for number in batch.sentences[:, 0]]


def paintings(batch: Batch) -> list[int]:
    """Which of the three are in it."""
    return [[1, 3, 4].index(row % 5) for row in batch.rows.tolist()]


def test_each_painting_comes_once_as_it_is_or_in_a_mirror() -> None:
    learn = lessons(1, 0)
    seen: set[int] = set()
    for seed in range(30):
        rows = learn(2, np.random.default_rng(seed)).rows.tolist()
        assert len({row % 5 for row in rows}) == len(rows) == 2
        seen |= set(rows)
    assert seen == {1, 3, 4, 6, 8, 9}
    assert sorted(paintings(learn(99, np.random.default_rng(0)))) == [0, 1, 2]


def test_captions_fit_their_own_paintings() -> None:
    own = [("A cat.", "Un chat."), ("A boat.", "Un bateau."), ("The sea.", "La mer.")]
    for seed in range(5):
        batch = lessons(1, 0)(3, np.random.default_rng(seed))
        pairs = zip(texts(batch), paintings(batch), strict=True)
        assert all(text in own[at] for text, at in pairs)
        assert batch.fits.tolist() == torch.eye(3).tolist()


def test_lines_of_the_catalogue_fit_those_that_have_one() -> None:
    batch = lessons(0, 1)(3, np.random.default_rng(0))
    there = paintings(batch)
    found = dict(zip(texts(batch), batch.fits.tolist(), strict=True))
    assert found == {
        "Félin": [float(at == 0) for at in there],
        "Mer": [float(at == 2) for at in there],
    }


@pytest.mark.parametrize("most", [1, 9])
def test_requests_fit_as_they_are_answered(most: int) -> None:
    for seed in range(5):
        batch = lessons(0, 0, most)(2, np.random.default_rng(seed))
        said = texts(batch)
        assert len(said) == min(most, 2)
        wanted = [[FITS[text][at] for at in paintings(batch)] for text in said]
        assert batch.fits.tolist() == wanted


def test_one_chance_is_one_batch() -> None:
    one, same, other = (lessons(0, 0)(3, np.random.default_rng(seed)) for seed in (0, 0, 1))
    assert one.rows.tolist() == same.rows.tolist() != other.rows.tolist()
    assert texts(one) == texts(same)
