"""A text's words linked to terms of a graph: what is wanted, and what is not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmark.graph_search.dates import Years, years
from benchmark.graph_search.labels import Labels, Terms
from benchmark.graph_search.words import LANGUAGES, Word, folded, stems, words

_NOT = frozenset(
    ("no", "not", "without", "never", "neither", "nor", "except", "excluding",
     "sans", "pas", "ni", "jamais", "sauf")
)  # fmt: skip
_ENDS = re.compile(r"[.;:!?]|\bbut\b|\bmais\b", re.IGNORECASE)


LONGEST = 4096
"""Characters of a text that are read."""


@dataclass(frozen=True)
class Mention:
    """Words of a text that mean terms of the graph, as said; `negated`: it is not to be shown."""

    said: str
    terms: Terms
    negated: bool


@dataclass(frozen=True)
class Linked:
    """All that a text says: terms, spans of years, and the words that no term answers to.

    `other_dates`: those that are not to be shown; `words`: all but those of what is not.
    """

    mentions: tuple[Mention, ...]
    dates: tuple[Years, ...]
    other_dates: tuple[Years, ...]
    unknown: tuple[Word, ...]
    words: tuple[Word, ...]

    @property
    def nothing(self) -> bool:
        """Whether no word of the text is known."""
        return not (self.mentions or self.dates or self.other_dates)


def link(text: str, labels: Labels) -> Linked:
    """Link a text: the longest runs of words first, then words that are spelt nearly like one."""
    text = text[:LONGEST]
    dates, every = years(text), words(text)
    dated = frozenset[int]().union(*(one.places for one in dates))
    said = [word for word in every if word.folded not in _NOT]
    left = [word for word in said if word.place not in dated]
    negated = _negated(text)
    mentions: list[tuple[int, Mention]] = []
    for length in range(min(labels.longest, len(left)), 0, -1):
        start = 0
        while start + length <= len(left):
            run = left[start : start + length]
            terms = labels.meaning({one: stems(run, one) for one in LANGUAGES})
            if terms and _together(run, said):
                mentions.append((run[0].place, _mention(run, terms, negated)))
                del left[start : start + length]
            else:
                start += 1
    unknown = []
    for word in left:
        meant = labels.spelt_like(word.folded)
        terms = _spelt(meant, labels) if meant else {}
        if terms:
            mentions.append((word.place, _mention([word], terms, negated)))
        else:
            unknown.append(word)
    found = tuple(mention for _, mention in sorted(mentions, key=lambda pair: pair[0]))
    other = [span for span in dates if _refused(span, every)]
    return Linked(
        found,
        tuple(span for span in dates if span not in other),
        tuple(other),
        tuple(unknown),
        tuple(word for word in said if word.place not in negated),
    )


def _mention(run: Sequence[Word], terms: Terms, negated: frozenset[int]) -> Mention:
    return Mention(" ".join(word.folded for word in run), terms, run[0].place in negated)


def _refused(span: Years, every: Sequence[Word]) -> bool:
    """Whether the last word before a span that says something is a negation: "not of the 1880s"."""
    before = [word.folded for word in every if word.place < min(span.places)]
    return bool(before) and before[-1] in _NOT


def _together(run: Sequence[Word], said: Sequence[Word]) -> bool:
    """Whether no other word that says something stands between the words of a run."""
    between = {word.place for word in said if run[0].place < word.place < run[-1].place}
    return between <= {word.place for word in run}


def _spelt(word: str, labels: Labels) -> Terms:
    run = words(word)
    return dict.fromkeys(labels.meaning({one: stems(run, one) for one in LANGUAGES}), "spelling")


def _negated(text: str) -> frozenset[int]:
    """The places of words after a negation, up to the end of what it governs."""
    found, place = set[int](), 0
    for part in _clauses(text):
        inside = False
        for word in folded(part):
            if word in _NOT:
                inside = True
            elif inside:
                found.add(place)
            place += 1
    return frozenset(found)


def _clauses(text: str) -> list[str]:
    """A text cut where a negation ends: at a full stop, and before "but"."""
    cuts = [0, *(match.start() for match in _ENDS.finditer(text)), len(text)]
    return [text[first:last] for first, last in pairwise(cuts)]
