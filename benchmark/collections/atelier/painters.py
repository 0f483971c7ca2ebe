"""The invented painters of the atelier and the sacred figures they paint."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from benchmark.collections.atelier.hands.touch import Touch
from benchmark.collections.atelier.vocabulary import WORLD


@dataclass(frozen=True)
class Painter:
    """A painter's life, school, master, and habits of hand.

    `frame` is the colour of a margin left around the picture, if any; `favourites` are genres.
    """

    name: str
    born: int
    died: int
    school: str
    style: str
    second: str
    palette: str
    master: str
    touch: Touch
    frame: str
    favourites: tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """A sacred or mythological figure, known by what it holds or what is beside it.

    `holds` and `beside` are (concept, count), or None. `source` is the entry in James Hall,
    Dictionary of Subjects and Symbols in Art (1974), that gives the attribute.
    """

    name: str
    fr: str
    kind: str
    sex: str
    age: str
    dress: str
    halo: bool
    beard: bool
    hair: str
    holds: tuple[str, int] | None
    beside: tuple[str, int] | None
    colour: str
    source: str


def _rows(name: str) -> list[dict[str, str]]:
    with (WORLD / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _attribute(text: str) -> tuple[str, int] | None:
    if not text:
        return None
    first, _, rest = text.partition(" ")
    return (rest, int(first)) if first.isdigit() else (text, 1)


PAINTERS: tuple[Painter, ...] = tuple(
    Painter(
        name=row["name"],
        born=int(row["born"]),
        died=int(row["died"]),
        school=row["school"],
        style=row["style"],
        second=row["second"],
        palette=row["palette"],
        master=row["master"],
        touch=Touch(float(row["scale"]), float(row["slant"]), float(row["strength"])),
        frame=row["frame"],
        favourites=tuple(row["favourites"].split("|")),
    )
    for row in _rows("painters.csv")
)
FIGURES: dict[str, Figure] = {
    row["name"]: Figure(
        name=row["name"],
        fr=row["fr"],
        kind=row["kind"],
        sex=row["sex"],
        age=row["age"],
        dress=row["dress"],
        halo=row["halo"] == "1",
        beard=row["beard"] == "1",
        hair=row["hair"],
        holds=_attribute(row["holds"]),
        beside=_attribute(row["beside"]),
        colour=row["colour"],
        source=row["source"],
    )
    for row in _rows("figures.csv")
}
SCHOOLS: tuple[str, ...] = tuple(dict.fromkeys(painter.school for painter in PAINTERS))
