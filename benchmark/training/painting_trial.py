"""What a model finds among annotated paintings it did not learn from."""

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

    def by_request(
        self, texts: NDArray[np.float32], pictures: NDArray[np.float32]
    ) -> dict[str, float]:
        """ndcg@10 of each request, the mean of its languages.

        By unit vectors of `texts` and of the paintings, both in order.
        """
        run = exact_search(list(self.grades), texts, self._names, pictures, 10)
        values = MAIN.compute(Answers(run, Judgments(self.grades, list(self.grades))))
        both: dict[str, list[float]] = {}
        for query, value in values.items():
            both.setdefault(query.split("-")[0], []).append(value)
        return {request: float(np.mean(one)) for request, one in both.items()}

    def found(self, texts: NDArray[np.float32], pictures: NDArray[np.float32]) -> float:
        """The mean of that over all requests."""
        return round(float(np.mean(list(self.by_request(texts, pictures).values()))), 4)
