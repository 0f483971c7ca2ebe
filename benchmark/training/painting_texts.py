"""Texts that annotated paintings are learned by, and which painting each fits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmark.training.annotated_paintings import AnnotatedPainting
from benchmark.training.painting_requests import Request, fitting


class PaintingTexts:
    """Captions, lines of the catalogue, and requests.

    `texts`: all of them; `captions` and `lines`: their numbers, by painting; `requests`: numbers of
    the requests, and `fits` (requests, paintings) how well each is answered.
    """

    def __init__(
        self,
        paintings: Sequence[AnnotatedPainting],
        requests: Sequence[Request],
        languages: Sequence[int],
    ) -> None:
        """`languages`: 0 is English, 1 French."""
        self.texts: list[str] = []
        self.captions = [
            [self._add(one.captions[language]) for language in languages] for one in paintings
        ]
        self.lines = [self._add(", ".join(one.facts)) if one.facts else None for one in paintings]
        self.fits = fitting(requests, [one.seen for one in paintings])
        self.requests = np.array(
            [[self._add(one.said[language]) for language in languages] for one in requests]
        )

    def batch(
        self,
        rows: NDArray[np.intp],
        captions: float,
        lines: float,
        requests: int,
        rng: np.random.Generator,
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Numbers of t texts, and (t, p) how well each of the paintings `rows` fits them.

        Captions and lines of the catalogue with the shares given, else so many requests.
        """
        sort = rng.random()
        if sort < captions:
            own = [int(rng.choice(self.captions[row])) for row in rows]
            return np.array(own), np.eye(len(rows), dtype=np.float32)
        if sort < captions + lines:
            known = [(at, self.lines[row]) for at, row in enumerate(rows)]
            told = [(at, line) for at, line in known if line is not None]
            fits = np.eye(len(rows), dtype=np.float32)[np.array([at for at, _ in told], np.intp)]
            return np.array([line for _, line in told], np.intp), fits
        most = min(requests, len(self.requests))
        some = rng.choice(len(self.requests), most, replace=False)
        tongue = rng.integers(0, self.requests.shape[1], most)
        return self.requests[some, tongue], self.fits[some][:, rows].astype(np.float32)

    def _add(self, text: str) -> int:
        self.texts.append(text)
        return len(self.texts) - 1
