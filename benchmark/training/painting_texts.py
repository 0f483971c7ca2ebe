"""What may be asked of annotated paintings, and which of them each text fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

import numpy as np
from numpy.typing import NDArray

from benchmark.queries.museum.visual_concepts import Concept
from benchmark.training.annotated_paintings import AnnotatedPainting

_OPENINGS = (
    ("", "", "", "", "a painting of ", "I am looking for ", "something with ", "show me "),
    ("", "", "", "", "un tableau avec ", "je cherche ", "quelque chose avec ", "montrez-moi "),
)
_JOINTS = ((", ", " and ", " with "), (", ", " et ", " avec "))
_PAIRS = 3
"""Requests for two concepts at once that are made of each painting."""


class PaintingTexts:
    """Captions, lines of the catalogue, and requests for one concept or two, in both languages.

    `texts`: all of them; `captions` and `lines`: their numbers, by painting; `requests`: numbers
    of the requests; `needs` (r, 2): columns of the concepts that each asks for, twice the same
    where it is one; `seen` (n, concepts): 2 main, 1 present, 0 not.
    """

    def __init__(
        self,
        paintings: Sequence[AnnotatedPainting],
        concepts: Mapping[str, Concept],
        seed: int,
        languages: Sequence[int] = (0, 1),
    ) -> None:
        """`languages`: 0 is English, 1 French."""
        self._languages = languages
        self.texts: list[str] = []
        names = [name for name, one in concepts.items() if one.note]
        column = {name: at for at, name in enumerate(names)}
        self.seen = np.zeros((len(paintings), len(names)), np.float32)
        for row, one in enumerate(paintings):
            for name, salience in one.seen.items():
                if name in column:
                    self.seen[row, column[name]] = salience
        self.captions = [
            [self._add(one.captions[language]) for language in languages] for one in paintings
        ]
        self.lines = [self._add(", ".join(one.facts)) if one.facts else None for one in paintings]
        self._requests: list[tuple[int, int, int]] = []
        said = [(concepts[name].en, concepts[name].fr) for name in names]
        for at, both in enumerate(said):
            for language in languages:
                for opening in _OPENINGS[language]:
                    self._ask(opening + both[language], at, at)
        chance = Random(seed)
        for row in range(len(paintings)):
            self._pairs(self.seen[row], said, chance)
        self.requests = np.array([one[0] for one in self._requests])
        self.needs = np.array([one[1:] for one in self._requests])

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
            fits = np.eye(len(rows), dtype=np.float32)[[at for at, _ in told]]
            return np.array([line for _, line in told]), fits
        most = min(requests, len(self.requests))
        some = rng.choice(len(self.requests), most, replace=False)
        return self.requests[some], self.fitting(some, rows)

    def fitting(self, requests: NDArray[np.intp], rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """(requests, rows): how well a painting answers; 0 where a concept is not seen."""
        one, other = (self.seen[rows][:, self.needs[requests, at]].T for at in (0, 1))
        fits: NDArray[np.float32] = np.where((one > 0) & (other > 0), (one + other) / 2, 0)
        return fits

    def _add(self, text: str) -> int:
        self.texts.append(text)
        return len(self.texts) - 1

    def _ask(self, text: str, one: int, other: int) -> None:
        self._requests.append((self._add(text), one, other))

    def _pairs(
        self, seen: NDArray[np.float32], said: Sequence[tuple[str, str]], chance: Random
    ) -> None:
        """Two things at once that one painting shows; what is main is asked for most."""
        there = np.flatnonzero(seen).tolist()
        if len(there) < 2:
            return
        weights = [3 if seen[at] == 2 else 1 for at in there]
        for _ in range(_PAIRS):
            one, other = chance.choices(there, weights, k=2)
            language = chance.choice(self._languages)
            opening = chance.choice(_OPENINGS[language])
            joint = chance.choice(_JOINTS[language])
            if one != other:
                self._ask(opening + said[one][language] + joint + said[other][language], one, other)
