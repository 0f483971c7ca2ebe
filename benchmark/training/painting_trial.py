"""What heads find among annotated paintings they did not learn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmark.queries.museum.visual_concepts import Concept
from benchmark.scorers import Answers, Judgments
from benchmark.scorers.measures import MAIN
from benchmark.search.exact import exact_search

_FEWEST = 3
"""Paintings that must show a concept for it to be asked for."""
_GRADES = {2: 3, 1: 2}
"""Salience -> grade."""


class PaintingTrial:
    """Every concept of the vocabulary that some paintings show, asked for in both languages."""

    def __init__(self, concepts: Mapping[str, Concept], seen: Sequence[Mapping[str, int]]) -> None:
        """`seen`: concept -> salience, of each painting."""
        self.texts: list[str] = []
        self.grades: dict[str, dict[str, int]] = {}
        self._names = [f"{row:06d}" for row in range(len(seen))]
        for concept, told in concepts.items():
            fit = {
                name: _GRADES[one[concept]]
                for name, one in zip(self._names, seen, strict=True)
                if concept in one
            }
            if told.note and len(fit) >= _FEWEST:
                for language, text in (("en", told.en), ("fr", told.fr)):
                    self.texts.append(text)
                    self.grades[f"{concept}-{language}"] = fit

    def found(self, texts: NDArray[np.float32], pictures: NDArray[np.float32]) -> float:
        """Mean ndcg@10 by unit vectors of `texts` and of the paintings, both in order."""
        run = exact_search(list(self.grades), texts, self._names, pictures, 10)
        values = MAIN.compute(Answers(run, Judgments(self.grades, list(self.grades))))
        return round(float(np.mean(list(values.values()))), 4)
