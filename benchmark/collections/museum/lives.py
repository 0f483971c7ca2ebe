"""Painters' lives, and whether their works are in the public domain.

painters.csv holds what was found (artist, born, died, source): the years that museums publish
under CC0, matched by name (`biographies`), and for well-known painters missing there those of any
general reference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from benchmark.collections.museum.paths import MUSEUM
from benchmark.collections.museum.small_tables import lines

PAINTERS = MUSEUM / "painters.csv"
BOUNDED = "bounded by the date of the work"
LAST_DEATH = 1955
"""Dead for 70 years or more, counted in 2026."""
LAST_WORK = 1870
"""Who painted in this year at 15 would have been 100 in LAST_DEATH."""


@dataclass(frozen=True)
class Life:
    """The years of a painter, None where not known, and who says so."""

    born: int | None
    died: int | None
    source: str


UNKNOWN = Life(None, None, BOUNDED)


@cache
def lives() -> Mapping[str, Life]:
    """Painter -> life, for those whose life is known."""
    return {
        line["artist"]: Life(_year(line["born"]), _year(line["died"]), line["source"])
        for line in lines(PAINTERS)
    }


def protected(artists: Sequence[str], last_year: int) -> str:
    """Why a work is not taken as being in the public domain; "" where it is."""
    known = [lives().get(artist, UNKNOWN) for artist in artists] or [UNKNOWN]
    late = [life.died for life in known if life.died is not None and life.died > LAST_DEATH]
    if late:
        return f"the painter died in {max(late)}, after {LAST_DEATH}"
    if last_year > LAST_WORK and any(life.died is None for life in known):
        return f"the painter's death is not known and the work is later than {LAST_WORK}"
    return ""


def _year(cell: str) -> int | None:
    return int(cell) if cell else None
