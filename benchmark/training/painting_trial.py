"""What heads find among annotated paintings they did not learn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmark.scorers import Answers, Judgments
from benchmark.scorers.measures import MAIN
from benchmark.search.exact import exact_search
from benchmark.training.painting_requests import Request

_FEWEST = 2
"""Paintings that must answer a request for it to be asked."""


class PaintingTrial:
    """Requests that were not learned from, asked in each language of paintings that were not."""

    def __init__(
        self,
        requests: Sequence[Request],
        seen: Sequence[Mapping[str, int]],
        languages: Sequence[int],
    ) -> None:
        """`seen`: concept -> salience, of each painting."""
        self.texts: list[str] = []
        self.grades: dict[str, dict[str, int]] = {}
        self._names = [f"{row:06d}" for row in range(len(seen))]
        for number, request in enumerate(requests):
            answered = [
                (name, request.fits(one)) for name, one in zip(self._names, seen, strict=True)
            ]
            fit = {name: 1 + round(value) for name, value in answered if value}
            if len(fit) >= _FEWEST:
                for language in languages:
                    self.texts.append(request.said[language])
                    self.grades[f"{number}-{language}"] = fit

    def found(self, texts: NDArray[np.float32], pictures: NDArray[np.float32]) -> float:
        """Mean ndcg@10 by unit vectors of `texts` and of the paintings, both in order."""
        run = exact_search(list(self.grades), texts, self._names, pictures, 10)
        values = MAIN.compute(Answers(run, Judgments(self.grades, list(self.grades))))
        return round(float(np.mean(list(values.values()))), 4)
