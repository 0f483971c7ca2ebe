"""Painters' years out of what three museums publish under CC0, matched by name.

    python -m benchmark.collections.museum.biographies FOLDER

writes painters.csv anew. FOLDER holds constituents.csv and constituents_altnames.csv of
NationalGalleryOfArt/opendata, artist_data.csv of tategallery/collection and creators.csv of
WaltersArtMuseum/api-thewalters-org. Rows of painters.csv from a general reference stay.
"""

from __future__ import annotations

import re
import statistics
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmark.collections.museum.cleaning import AFTER_DEATH, FIRST_WORK, span, spelled
from benchmark.collections.museum.lives import PAINTERS
from benchmark.collections.museum.small_tables import lines, write
from benchmark.collections.museum.source_table import read
from benchmark.errors import BadInput, one_line

GENERAL = "general reference"
AGREEMENT = 10
"""Museums that put a death further apart, in years, speak of different people."""
_ROUGH = re.compile(r"active|born|after|before|century|\bfl\b", re.IGNORECASE)
_YEARS = re.compile(r"(\d{4})\s*[-–]\s*(?:ca?\. ?)?(\d{4})")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "đ": "d", "ß": "ss"})
Years = tuple[int, int]


def folded(name: str) -> str:
    """A name without accents, case, punctuation and order: "Léger, Fernand" is Fernand Leger."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return " ".join(sorted(re.findall(r"\w+", re.sub(r"[\u0300-\u036f]", "", plain))))


def national_gallery(folder: Path) -> Iterator[tuple[str, str]]:
    """(name, years as written) of the National Gallery of Art in Washington."""
    people = {
        row["constituentid"]: (row, f"{row['beginyear']}-{row['endyear']}")
        for row in lines(folder / "constituents.csv")
        if row["constituenttype"] == "individual" and not _ROUGH.search(row["displaydate"])
    }
    for row, years in people.values():
        yield row["preferreddisplayname"], years
        yield row["forwarddisplayname"], years
    for row in lines(folder / "constituents_altnames.csv"):
        if row["constituentid"] in people:
            yield row["displayname"], people[row["constituentid"]][1]
            yield row["forwarddisplayname"], people[row["constituentid"]][1]


def tate(folder: Path) -> Iterator[tuple[str, str]]:
    """(name, years as written) of the Tate."""
    for row in lines(folder / "artist_data.csv"):
        if not _ROUGH.search(row["dates"]):
            yield row["name"], f"{row['yearOfBirth']}-{row['yearOfDeath']}"


def walters(folder: Path) -> Iterator[tuple[str, str]]:
    """(name, years as written) of the Walters Art Museum."""
    for row in lines(folder / "creators.csv"):
        if not _ROUGH.search(row["date"]):
            yield row["name"], row["date"]
            yield row["sort_name"], row["date"]


SOURCES = {
    "National Gallery of Art, open data, CC0": national_gallery,
    "Tate, collection data, CC0": tate,
    "Walters Art Museum, open data, CC0": walters,
}
"""Who says it -> how it is read; the first that knows a painter is believed."""


def known(named: Iterator[tuple[str, str]]) -> dict[str, Years]:
    """Folded name -> years of birth and death, where a museum knows one such person alone."""
    found: defaultdict[str, set[Years]] = defaultdict(set)
    for name, written in named:
        years = _YEARS.search(written)
        if years and folded(name):
            found[folded(name)].add((int(years[1]), int(years[2])))
    return {name: next(iter(lives)) for name, lives in found.items() if len(lives) == 1}


def match(
    name: str, worked: Sequence[int], museums: Mapping[str, Mapping[str, Years]]
) -> tuple[Years, str] | None:
    """A painter's years and who says so; None where museums differ or the works do not fit.

    `worked`: the first year of each work; their median lies in the life.
    """
    key = folded(name)
    said = {source: lives[key] for source, lives in museums.items() if key in lives}
    deaths = [died for _, died in said.values()]
    if not said or max(deaths) - min(deaths) > AGREEMENT:
        return None
    source, (born, died) = next(iter(said.items()))
    usual = statistics.median_low(worked)
    fits = born + FIRST_WORK <= usual <= died + AFTER_DEATH
    return ((born, died), source) if fits else None


def rewrite(folder: Path) -> None:
    """Write painters.csv anew from the museums' files in a folder."""
    museums = {source: known(people(folder)) for source, people in SOURCES.items()}
    kept = {row["artist"]: row for row in lines(PAINTERS) if row["source"] == GENERAL}
    worked: defaultdict[str, list[int]] = defaultdict(list)
    for row in read():
        for artist in spelled("creator", row.creators):
            worked[artist].append(span(row.inception)[0])
    rows = {artist: tuple(row.values()) for artist, row in kept.items()}
    for artist in worked.keys() - kept.keys():
        if found := match(artist, worked[artist], museums):
            (born, died), source = found
            rows[artist] = (artist, str(born), str(died), source)
    columns = ("artist", "born", "died", "source")
    write(PAINTERS, columns, (rows[artist] for artist in sorted(rows)))


if __name__ == "__main__":
    with one_line():
        if len(sys.argv) != 2:
            raise BadInput("biographies", "names no folder", "give that of the museums' files")
        rewrite(Path(sys.argv[1]))
