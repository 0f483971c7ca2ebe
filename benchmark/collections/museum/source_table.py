"""The table that everything follows from: 9,336 paintings as Wikidata describes them (CC0).

A cell that holds several values parts them with commas; a full-width comma stands for one inside
a value.
"""

from __future__ import annotations

import csv
import io
import lzma
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from benchmark.collections.museum.paths import TABLES

SOURCE = "Wikidata, CC0"
TABLE = TABLES / "wikidata.csv.xz"
_FILE_PATH = "/wiki/Special:FilePath/"


@dataclass(frozen=True)
class Row:
    """One painting as the table has it."""

    qid: str
    title: str
    inception: str
    creators: tuple[str, ...]
    movements: tuple[str, ...]
    genres: tuple[str, ...]
    materials: tuple[str, ...]
    museums: tuple[str, ...]
    depicts: tuple[str, ...]
    file: str
    """Its picture's name at Commons, "" where the table has none."""


def read() -> list[Row]:
    """Every painting, in the order of its item's number."""
    text = lzma.decompress(TABLE.read_bytes()).decode()
    rows = [
        Row(
            qid=cells["qid"],
            title=" ".join(cells["title"].split()),
            inception=cells["inception"],
            creators=values(cells["creator"]),
            movements=values(cells["movement"]),
            genres=values(cells["genre"]),
            materials=values(cells["material"]),
            museums=values(cells["collection"]),
            depicts=values(cells["depicts"]),
            file=file_name(cells["commons_url"]),
        )
        for cells in csv.DictReader(io.StringIO(text))
    ]
    return sorted(rows, key=lambda row: number(row.qid))


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell, each once, in its order."""
    parts = (" ".join(part.replace("，", ", ").split()) for part in cell.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def file_name(address: str) -> str:
    """The name of the file that an address of Special:FilePath leads to."""
    return unquote(urlsplit(address).path.partition(_FILE_PATH)[2]).replace("_", " ")


def number(qid: str) -> int:
    """A painting's place: Q128910 is 128910."""
    return int(qid[1:])
