"""The vocabulary: read with its mistakes named, closed upwards, and written as SKOS."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from benchmark.errors import BadInput
from benchmark.queries.museum.visual_concepts import PREFIXES, above, closed, read, skos

HEAD = "concept,broader,en,fr,note,wikidata,iconclass\n"
ROWS = "animal,,animal,animal,,Q729,\nbird,animal,bird,oiseau,any bird,Q5113,25F3\n"
DOVE = "dove,bird,dove,colombe,a white dove,,\n"


def written(folder: Path, rows: str) -> Path:
    path = folder / "vocabulary.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return path


def test_what_is_seen_is_seen_of_all_that_is_broader(tmp_path: Path) -> None:
    concepts = read(written(tmp_path, ROWS + DOVE))
    assert list(above(concepts, "dove")) == ["dove", "bird", "animal"]
    assert closed(concepts, {"dove": 1, "bird": 2}) == {"dove": 1, "bird": 2, "animal": 2}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ROWS + ROWS, ":4: concept: 'animal' is empty or stands twice"),
        (DOVE, ":2: broader: 'bird' does not stand above it"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, rows: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read(written(tmp_path, rows))


def test_other_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "vocabulary.csv"
    path.write_text("concept,broader\na,\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"vocabulary\.csv:1: has other columns; give concept, bro"):
        read(path)


def test_skos_can_be_asked_for_all_birds_in_french(tmp_path: Path) -> None:
    store = ox.Store()
    store.extend(ox.Quad(*t) for t in skos(read(written(tmp_path, ROWS + DOVE))))
    found = store.query(
        "SELECT ?label WHERE { ?c skos:broader* concept:bird ; skos:prefLabel ?label "
        "FILTER(LANG(?label) = 'fr') } ORDER BY ?label",
        prefixes=PREFIXES,
    )
    assert isinstance(found, ox.QuerySolutions)
    assert [row["label"].value for row in found] == ["colombe", "oiseau"]
    matched = store.query("ASK { concept:bird skos:closeMatch wd:Q5113, iconclass:25F3 }",
                          prefixes=PREFIXES)  # fmt: skip
    assert bool(matched)
