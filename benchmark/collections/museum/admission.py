"""Which paintings hang in the two galleries, and why the others do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from benchmark.collections.museum.cleaning import depicted, span, spelled, within
from benchmark.collections.museum.lives import UNKNOWN, Life, lives, protected
from benchmark.collections.museum.paths import TABLES
from benchmark.collections.museum.small_tables import lines
from benchmark.collections.museum.source_table import Row, read


@dataclass(frozen=True)
class Work:
    """A painting with clean facts; `years` is None where the table's date cannot be right."""

    row: Row
    artists: tuple[str, ...]
    years: tuple[int, int] | None
    movements: tuple[str, ...]
    genres: tuple[str, ...]
    materials: tuple[str, ...]
    museums: tuple[str, ...]
    depicts: tuple[str, ...]

    @property
    def lives(self) -> tuple[Life, ...]:
        """One a painter; that of an unknown painter where none is named."""
        return tuple(lives().get(artist, UNKNOWN) for artist in self.artists) or (UNKNOWN,)


@dataclass(frozen=True)
class Left:
    """A painting that does not hang, and why."""

    qid: str
    title: str
    reason: str


def clean(row: Row) -> Work:
    """A row of the table as a work.

    Several painters stand in the order of their names, since the table's order says nothing.
    """
    artists = tuple(sorted(spelled("creator", row.creators)))
    years = span(row.inception)
    known = [lives().get(artist, UNKNOWN) for artist in artists] or [UNKNOWN]
    return Work(
        row=row,
        artists=artists,
        years=years if any(within(years, life.born, life.died) for life in known) else None,
        movements=spelled("movement", row.movements),
        genres=spelled("genre", row.genres),
        materials=spelled("material", row.materials),
        museums=spelled("museum", row.museums),
        depicts=depicted(row),
    )


def museum() -> tuple[list[Work], list[Left]]:
    """The works in the public domain, each once, and those left out."""
    works = [clean(row) for row in read()]
    again = repeated(works)
    taken: list[Work] = []
    left: list[Left] = []
    for work in works:
        # The table's date bounds a life that is not known, so it is asked as it stands there.
        reason = protected(work.artists, span(work.row.inception)[1]) or again.get(work.row.qid)
        if reason:
            left.append(Left(work.row.qid, work.row.title, reason))
        else:
            taken.append(work)
    return taken, left


def repeated(works: Iterable[Work]) -> dict[str, str]:
    """Id -> why, of each work in no museum whose title, painters and date are those of one that
    is in a museum. Works in two museums are two, however alike."""
    alike: defaultdict[tuple[object, ...], list[Work]] = defaultdict(list)
    for work in works:
        if work.artists and work.years:
            alike[work.row.title.casefold(), work.artists, work.years].append(work)
    return {
        work.row.qid: f"the same title, painter and date as {kept.row.qid}, and in no museum"
        for group in alike.values()
        for kept in [work for work in group if work.museums][:1]
        for work in group
        if not work.museums
    }


def core() -> tuple[list[Work], list[Left]]:
    """The works of `museum` with a picture that shows them, and the others that have a picture."""
    seen = pictured()
    taken, protected_ = museum()
    wrong = [
        Left(work.row.qid, work.row.title, _why(seen[work.row.qid]))
        for work in taken
        if work.row.qid in seen and seen[work.row.qid]["verdict"] != "ok"
    ]
    out = {left.qid for left in wrong}
    left = [*wrong, *(left for left in protected_ if left.qid in seen)]
    order = {qid: place for place, qid in enumerate(seen)}
    return (
        [work for work in taken if work.row.qid in seen and work.row.qid not in out],
        sorted(left, key=lambda left: order[left.qid]),
    )


@cache
def pictured() -> Mapping[str, Mapping[str, str]]:
    """Id -> verdict (ok, wrong, doubtful) and reason, of each picture that was looked at."""
    return {line["qid"]: line for line in lines(TABLES / "pictured.csv")}


def _why(line: Mapping[str, str]) -> str:
    return f"{line['verdict']} picture: {line['reason'][:1].lower()}{line['reason'][1:]}"
