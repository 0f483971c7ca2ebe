from __future__ import annotations

import numpy as np

from benchmark.training.annotated_paintings import AnnotatedPainting
from benchmark.training.painting_requests import Request
from benchmark.training.painting_texts import PaintingTexts

PAINTINGS = [
    AnnotatedPainting("a", ("Félin", "Realism"), {"cat": 2, "red": 1}, ("A cat.", "Un chat.")),
    AnnotatedPainting("b", (), {"boat": 1}, ("A boat.", "Un bateau.")),
    AnnotatedPainting("c", ("Mer",), {"boat": 2, "sea": 1}, ("The sea.", "La mer.")),
]
REQUESTS = [
    Request(("cat", "chat"), (("cat",),)),
    Request(("boat", "bateau"), (("boat",),)),
    Request(("no sea", "sans mer"), (), ("sea",)),
]
FITS = {"cat": [2, 0, 0], "boat": [0, 1, 2], "no sea": [1, 1, 0]}
FITS |= {"chat": FITS["cat"], "bateau": FITS["boat"], "sans mer": FITS["no sea"]}
ROWS = np.array([2, 0])


def batch(
    told: PaintingTexts, captions: float, lines: float, rows: np.ndarray = ROWS, requests: int = 9
) -> tuple[list[str], list[list[float]]]:
    """The texts of a batch, and how well they fit."""
    rng = np.random.default_rng(1)
    numbers, fits = told.batch(rows, captions, lines, requests, rng)
    assert fits.dtype == np.float32 and fits.shape == (len(numbers), len(rows))
    assert np.issubdtype(numbers.dtype, np.integer)
    return [told.texts[number] for number in numbers], fits.tolist()


def test_every_text_is_kept_once_by_its_number() -> None:
    told = PaintingTexts(PAINTINGS, REQUESTS, (0, 1))
    assert told.texts == [
        "A cat.", "Un chat.", "A boat.", "Un bateau.", "The sea.", "La mer.",
        "Félin, Realism", "Mer",
        "cat", "chat", "boat", "bateau", "no sea", "sans mer",
    ]  # fmt: skip
    assert told.captions == [[0, 1], [2, 3], [4, 5]]
    assert told.lines == [6, None, 7]
    assert told.requests.tolist() == [[8, 9], [10, 11], [12, 13]]
    assert told.fits.tolist() == [FITS["cat"], FITS["boat"], FITS["no sea"]]


def test_an_english_encoder_hears_no_french() -> None:
    told = PaintingTexts(PAINTINGS, REQUESTS, (0,))
    assert told.texts == [
        "A cat.", "A boat.", "The sea.", "Félin, Realism", "Mer", "cat", "boat", "no sea",
    ]  # fmt: skip


def test_a_caption_fits_its_own_painting() -> None:
    told = PaintingTexts(PAINTINGS, REQUESTS, (0, 1))
    texts, fits = batch(told, captions=1, lines=0)
    assert texts[0] in PAINTINGS[2].captions and texts[1] in PAINTINGS[0].captions
    assert fits == [[1, 0], [0, 1]]


def test_a_line_of_the_catalogue_fits_its_own_where_there_is_one() -> None:
    told = PaintingTexts(PAINTINGS, REQUESTS, (0, 1))
    texts, fits = batch(told, 0, 1, np.array([1, 2, 0]))
    assert texts == ["Mer", "Félin, Realism"]
    assert fits == [[0, 1, 0], [0, 0, 1]]
    assert batch(told, 0, 1, np.array([1])) == ([], [])


def test_a_request_fits_whatever_answers_it() -> None:
    told = PaintingTexts(PAINTINGS, REQUESTS, (0, 1))
    texts, fits = batch(told, 0, 0)
    assert len(texts) == 3  # no more are asked than there are
    for text, fit in zip(texts, fits, strict=True):
        assert fit == [FITS[text][2], FITS[text][0]]
    assert len(batch(told, 0, 0, requests=2)[0]) == 2


def test_kinds_come_with_their_shares() -> None:
    told, rng = PaintingTexts(PAINTINGS, REQUESTS, (0, 1)), np.random.default_rng(0)
    kinds = np.zeros(3)
    for _ in range(1000):
        numbers, _ = told.batch(ROWS, 0.2, 0.3, 3, rng)
        kinds[np.searchsorted([6, 8], numbers[0], side="right")] += 1
    np.testing.assert_allclose(kinds / 1000, [0.2, 0.3, 0.5], atol=0.05)
