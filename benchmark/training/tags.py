"""What is true of a rendered picture, as a set of short tags that queries are matched by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from benchmark.collections.atelier.scene import MANY

SINGLE = (
    "genre", "setting", "season", "hour", "weather", "mood", "palette", "figure", "style",
    "painter", "school",
)  # fmt: skip
"""Facts with one value or none; their tag is "name:value"."""


def tags(facts: Mapping[str, Any]) -> set[str]:
    """Everything a query can ask of these facts.

    Things count as what they are and as every broader concept: "thing:dog", "red:dog",
    "2:animal", "dog left of horse".
    """
    found = {f"{name}:{facts[name]}" for name in SINGLE if facts[name]}
    for thing in facts["objects"]:
        for kind in kinds(thing):
            found |= {f"thing:{kind}", f"{number(facts, kind)}:{kind}"}
            if thing["colour"]:
                found.add(f"{thing['colour']}:{kind}")
    for first, relation, second in facts["relations"]:
        for one in kinds(facts["objects"][first]):
            found |= {f"{one} {relation} {two}" for two in kinds(facts["objects"][second])}
    return found


def kinds(thing: Mapping[str, Any]) -> Iterator[str]:
    """The concept of a thing and those above it, nearest first."""
    yield thing["concept"]
    yield from thing["broader"]


def number(facts: Mapping[str, Any], kind: str) -> int:
    """How many of a kind there are in all; MANY if some of them are too many to count."""
    counts = [thing["count"] for thing in facts["objects"] if kind in kinds(thing)]
    return MANY if MANY in counts else sum(counts)


def touched(facts: Mapping[str, Any], domain: Iterable[str]) -> bool:
    """Whether any tag begins with one of `domain`: "style:cubist", or "figure:" for any figure."""
    beginnings = tuple(domain)
    return any(tag.startswith(beginnings) for tag in tags(facts))


def mirrored(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of the picture seen in a mirror: what was left of a thing has it on its left."""
    turned = [
        [two, how, one] if how == "left of" else [one, how, two]
        for one, how, two in facts["relations"]
    ]
    return {**facts, "relations": turned}


class TagTable:
    """Which picture has which tag, and which pictures a query fits."""

    def __init__(self, facts: Iterable[Mapping[str, Any]]) -> None:
        self._column: dict[str, int] = {}
        columns: list[int] = []
        ends = [0]
        for one in facts:
            columns += [
                self._column.setdefault(tag, len(self._column)) for tag in sorted(tags(one))
            ]
            ends.append(len(columns))
        shape = (len(ends) - 1, len(self._column))
        self._table = csr_array((np.ones(len(columns), bool), columns, ends), shape=shape)

    def common(self, least: int) -> NDArray[np.intp]:
        """Columns of the tags of things and single facts that at least so many pictures have."""
        named = [
            column
            for tag, column in self._column.items()
            if tag.startswith(("thing:", *(f"{name}:" for name in SINGLE)))
        ]
        often = self._table.sum(axis=0)[named] >= least
        return np.array(named)[often]

    def labels(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.bool_]:
        """(rows, columns): whether a picture has a tag."""
        held: NDArray[np.bool_] = self._table[rows].toarray()[:, columns]
        return held

    def fitting(
        self, rows: NDArray[np.intp], asked: Sequence[tuple[Sequence[str], Sequence[str]]]
    ) -> NDArray[np.bool_]:
        """(asked, rows): whether a picture has all the tags a query needs and none that it bars."""
        held = self._table[rows].toarray()
        fit = np.ones((len(asked), len(rows)), bool)
        for one, (needs, bars) in zip(fit, asked, strict=True):
            for tag in needs:
                column = self._column.get(tag)
                one &= held[:, column] if column is not None else False
            for tag in bars:
                column = self._column.get(tag)
                if column is not None:
                    one &= ~held[:, column]
        return fit
