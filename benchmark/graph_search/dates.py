"""Dates said in words, English and French, as years from and to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from benchmark.graph_search.words import folded

_ORDINALS = {
    11: "eleventh onzieme xie", 12: "twelfth douzieme xiie", 13: "thirteenth treizieme xiiie",
    14: "fourteenth quatorzieme xive", 15: "fifteenth quinzieme xve",
    16: "sixteenth seizieme xvie", 17: "seventeenth dix-septieme xviie",
    18: "eighteenth dix-huitieme xviiie", 19: "nineteenth dix-neuvieme xixe",
    20: "twentieth vingtieme xxe", 21: "twenty-first vingt-et-unieme xxie",
}  # fmt: skip
_CENTURY = {
    spoken.replace("-", " "): number
    for number, all_ in _ORDINALS.items()
    for spoken in all_.split()
}
_NAMES = "|".join(sorted(_CENTURY, key=len, reverse=True))
_PARTS = {
    "early": (0, 35), "debut": (0, 35), "beginning": (0, 35), "first half": (0, 50),
    "premiere moitie": (0, 50), "mid": (30, 70), "middle": (30, 70), "milieu": (30, 70),
    "late": (65, 99), "end": (65, 99), "fin": (65, 99), "second half": (50, 99),
    "seconde moitie": (50, 99), "deuxieme moitie": (50, 99),
}  # fmt: skip
_PART = "|".join(_PARTS)
_BEFORE, _AFTER = ("before", "avant"), ("after", "apres", "since", "depuis")
_ABOUT = ("around", "about", "circa", "c", "vers", "environ")
_HOW = rf"(?:(?P<how>{'|'.join((*_BEFORE, *_AFTER, *_ABOUT))}) (?:the |les? |la )?)?"
_CENTURIES = re.compile(
    rf"\b{_HOW}(?:(?P<part>{_PART}) (?:of the |of |du |de la |in the )?)?"
    rf"(?P<name>{_NAMES}|\d\d ?(?:th|st|nd|rd|e|eme))(?: ?(?:century|centuries|siecles?|s\b))"
)
_DECADES = re.compile(
    rf"\b{_HOW}(?:(?:in )?the )?(?:(?P<year>1[0-9]\d0)s|annees (?P<fr>1[0-9]\d0))\b"
)
_BETWEEN = re.compile(r"\b(?:between|entre|from|de) (1[0-9]\d\d) (?:and|et|to|a) (1[0-9]\d\d)\b")
_YEAR = re.compile(rf"\b{_HOW}(?P<year>1[0-9]\d\d|20[0-2]\d)\b")


@dataclass(frozen=True)
class Years:
    """A span of years, both ends included, and the places of the words that said it."""

    first: int
    last: int
    places: frozenset[int]


def years(text: str) -> list[Years]:
    """Every span of years that a text names, in order; none overlaps another."""
    every = folded(text)
    line, starts = " ".join(every), []
    at = 0
    for word in every:
        starts.append(at)
        at += len(word) + 1
    found: list[Years] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(line):
            places = frozenset(
                place for place, start in enumerate(starts) if match.start() <= start < match.end()
            )
            if not any(places & other.places for other in found):
                first, last = read(match)
                found.append(Years(first, last, places))
    return sorted(found, key=lambda one: min(one.places))


def _century(match: re.Match[str]) -> tuple[int, int]:
    name = match["name"]
    number = _CENTURY.get(name) or int(re.sub(r"\D", "", name))
    first, last = _PARTS[match["part"]] if match["part"] else (0, 99)
    start = 100 * (number - 1)
    return _as_said(match["how"], start + first, start + last)


def _decade(match: re.Match[str]) -> tuple[int, int]:
    first = int(match["year"] or match["fr"])
    last = first + (9 if first % 100 else 99)  # "the 1800s" are a century
    return _as_said(match["how"], first, last)


def _between(match: re.Match[str]) -> tuple[int, int]:
    return min(int(match[1]), int(match[2])), max(int(match[1]), int(match[2]))


def _year(match: re.Match[str]) -> tuple[int, int]:
    return _as_said(match["how"], int(match["year"]), int(match["year"]))


def _as_said(how: str | None, first: int, last: int) -> tuple[int, int]:
    """The years before, after, since or around a span."""
    if how in _BEFORE:
        return 0, first - 1
    if how in _AFTER:
        return (last + 1 if how in ("after", "apres") else first), 9999
    return (first - 5, last + 5) if how in _ABOUT else (first, last)


_READERS = ((_CENTURIES, _century), (_BETWEEN, _between), (_DECADES, _decade), (_YEAR, _year))
