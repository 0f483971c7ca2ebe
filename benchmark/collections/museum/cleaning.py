"""The stated rules by which the table's rows become facts; docs/museum.md says each in a sentence.

Spellings are mended, and values that are none are dropped, by spellings.csv (field, as written,
what is meant or nothing); tags that are no depiction are dropped by dropped_tags.txt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from benchmark.collections.museum.paths import MUSEUM
from benchmark.collections.museum.small_tables import lines
from benchmark.collections.museum.source_table import Row

FIRST_WORK = 8
"""No painter is younger in a year that is believed."""
AFTER_DEATH = 1
"""A work finished by others, or a death dated roughly."""
_FIRST_CENTURY = 100


@cache
def spellings() -> Mapping[tuple[str, str], str]:
    """(field, as written) -> what is meant, "" for what is no value."""
    table = lines(MUSEUM / "spellings.csv")
    return {(line["field"], line["written"]): line["meant"] for line in table}


@cache
def dropped_tags() -> frozenset[str]:
    """The tags of `depicts` that the galleries do without."""
    text = (MUSEUM / "dropped_tags.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def spelled(field: str, values: Iterable[str]) -> tuple[str, ...]:
    """The values as they are meant, each once, without those that are none."""
    meant = (spellings().get((field, value), value) for value in values)
    return tuple(dict.fromkeys(value for value in meant if value))


def depicted(row: Row) -> tuple[str, ...]:
    """What a painting's tags say that it shows, without the tags that say nothing of it."""
    return tuple(tag for tag in spelled("depicts", row.depicts) if tag not in dropped_tags())


def span(inception: str) -> tuple[int, int]:
    """First and last year of an inception such as 1412-1420; of a single year twice the same."""
    first, _, last = inception.partition("-")
    return int(first), int(last or first)


def within(years: tuple[int, int], born: int | None, died: int | None) -> bool:
    """Whether a painter can have made a work in any of the years, as far as the life is known."""
    first, last = years
    return not (
        (born is not None and last < born + FIRST_WORK)
        or (died is not None and first > died + AFTER_DEATH)
    )


def stated(years: tuple[int, int]) -> str:
    """A date as a gallery writes it: 1447, 1412-1420; the table's 1 and 50 are "1st century"."""
    first, last = years
    if last < _FIRST_CENTURY:
        return "1st century"
    return str(first) if first == last else f"{first}-{last}"


def latin(title: str) -> bool:
    """Whether a title is in Latin script, and so tagged as English, as the table was asked for."""
    return re.search(r"[^\W\d_\u0041-\u024f\u1e00-\u1eff]", title) is None
