"""Requests for paintings, each with what a painting must show for it, and must not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from benchmark.errors import BadInput
from benchmark.parsing import text_lines
from benchmark.queries.museum.visual_concepts import Concept

NAME = "requests.tsv"
_OPENINGS = (
    ("", "", "", "", "a painting of ", "I am looking for ", "something with ", "show me "),
    ("", "", "", "", "un tableau avec ", "je cherche ", "quelque chose avec ", "montrez-moi "),
)
_JOINTS = ((", ", " and ", " with "), (", ", " et ", " avec "))
_PAIRS = 3
"""Requests for two concepts at once that are made of each painting."""


@dataclass(frozen=True)
class Request:
    """English and French for one wish. `needs`: of each group one concept; `bars`: none of all."""

    said: tuple[str, str]
    needs: tuple[tuple[str, ...], ...]
    bars: tuple[str, ...] = ()

    def fits(self, seen: Mapping[str, int]) -> float:
        """How well a painting of these concepts (2 main, 1 present) answers: 0 to 2."""
        if any(one in seen for one in self.bars):
            return 0
        found = [max(seen.get(one, 0) for one in group) for group in self.needs]
        return sum(found) / len(found) if found and all(found) else float(not found)


def read(path: Path, concepts: Mapping[str, Concept]) -> list[Request]:
    """Lines of needs, bars, English, French, tab-separated. Raises BadInput naming the line."""
    found = []
    for number, line in enumerate(text_lines(path), 1):
        parts = line.split("\t")
        if len(parts) != 4:
            raise BadInput(f"{path}:{number}", f"has {len(parts)} columns", "give 4")
        needs = tuple(tuple(one.split("|")) for one in parts[0].split())
        bars = tuple(parts[1].replace("|", " ").split())
        named = [*bars, *(one for group in needs for one in group)]
        if unknown := next((one for one in named if one not in concepts), None):
            raise BadInput(f"{path}:{number}", f"'{unknown}' is not in the vocabulary", "mend it")
        found.append(Request((parts[2], parts[3]), needs, bars))
    return found


def by_name(concepts: Mapping[str, Concept]) -> list[Request]:
    """Each concept by its own name, as such and as a request."""
    return [
        Request((english + one.en, french + one.fr), ((name,),))
        for name, one in concepts.items()
        if one.note
        for english, french in zip(*_OPENINGS, strict=True)
    ]


def of_two(
    seen: Sequence[Mapping[str, int]], concepts: Mapping[str, Concept], seed: int
) -> list[Request]:
    """Two things at once that a painting shows; what is main is asked for most."""
    chance, found = Random(seed), []
    for one in seen:
        there = sorted(name for name in one if concepts[name].note)
        if len(there) < 2:
            continue
        weights = [3 if one[name] == 2 else 1 for name in there]
        for _ in range(_PAIRS):
            first, second = chance.choices(there, weights, k=2)
            way, joint = chance.randrange(len(_OPENINGS[0])), chance.randrange(len(_JOINTS[0]))
            said = [
                f"{_OPENINGS[language][way]}{one}{_JOINTS[language][joint]}{other}"
                for language, (one, other) in enumerate(
                    zip(_names(concepts[first]), _names(concepts[second]), strict=True)
                )
            ]
            if first != second:
                found.append(Request((said[0], said[1]), ((first,), (second,))))
    return found


def _names(concept: Concept) -> tuple[str, str]:
    return concept.en, concept.fr


def fitting(requests: Sequence[Request], seen: Sequence[Mapping[str, int]]) -> NDArray[np.float16]:
    """(requests, paintings): how well each painting answers, as `Request.fits` has it."""
    names = sorted(set().union(*seen))
    table = {name: np.array([one.get(name, 0) for one in seen], np.float16) for name in names}
    never = np.zeros(len(seen), np.float16)
    found = np.ones((len(requests), len(seen)), np.float16)
    for row, request in zip(found, requests, strict=True):
        groups = [np.max([table.get(one, never) for one in g], axis=0) for g in request.needs]
        if groups:
            row[:] = np.where(np.all(groups, axis=0), np.mean(groups, axis=0), 0)
        for name in request.bars:
            row[table.get(name, never) > 0] = 0
    return found
