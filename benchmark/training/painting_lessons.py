"""What heads learn from annotated paintings in a step: texts, and which painting each fits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from benchmark.training.painting_texts import PaintingTexts


@dataclass(frozen=True)
class Batch:
    """`rows` (p,) of `States`, `sentences` (t, s), and `fits` (t, p) how well each fits."""

    rows: NDArray[np.intp]
    sentences: Tensor
    fits: Tensor


class PaintingLessons:
    """Of annotated paintings: captions, lines of the catalogue, requests."""

    def __init__(
        self,
        texts: PaintingTexts,
        sentences: Tensor,
        rows: NDArray[np.intp],
        pictures: int,
        shares: tuple[float, float],
        requests: int,
    ) -> None:
        """`sentences` of all texts; `rows` of the paintings told of, among so many `pictures`.

        `shares` of steps with captions and lines; the others have so many `requests`.
        """
        self._texts, self._sentences, self._rows = texts, sentences, rows
        self._pictures, self._shares, self._requests = pictures, shares, requests

    def __call__(self, size: int, rng: np.random.Generator) -> Batch:
        """`size` paintings, each as it is or in a mirror."""
        some = rng.choice(len(self._rows), min(size, len(self._rows)), replace=False)
        texts, fits = self._texts.batch(some, *self._shares, self._requests, rng)
        rows = self._rows[some] + self._pictures * rng.integers(0, 2, len(some))
        return Batch(rows, self._sentences[texts], torch.from_numpy(fits))
