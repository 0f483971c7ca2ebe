"""Facts of a painting, from the manifest and from what was annotated."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmark.queries.museum.painting_facts import occurring, painting_facts
from benchmark.queries.museum.visual_concepts import Concept

ROWS = [
    {"id": "Q1", "title": "A Dog", "artist": "Ann", "year": 1600, "movements": ["Baroque"],
     "genres": [], "museums": ["Louvre"], "materials": ["Oil"], "depicts": ["Dog"]},
    {"id": "Q2", "title": "Sea", "artist": "", "year": None, "movements": [], "genres": ["Marine"],
     "museums": [], "materials": [], "depicts": []},
]  # fmt: skip
CONCEPTS = {
    "animal": Concept("animal", "", "animal", "animal", "", "", ""),
    "dog": Concept("dog", "animal", "dog", "chien", "a dog", "", ""),
}


def test_facts_join_the_catalogue_and_the_eye(tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "paintings.parquet")
    found = painting_facts(tmp_path / "paintings.parquet", CONCEPTS, {"Q1": {"dog": 2}})
    assert found == {
        "Q1": {
            "shows": {"dog": 2, "animal": 2}, "title": "A Dog", "year": 1600, "work": ["Q1"],
            "painter": ["Ann"], "century": ["16th"], "style": ["Baroque"], "genre": [],
            "museum": ["Louvre"], "material": ["Oil"], "depicts": ["Dog"],
        },
        "Q2": {
            "shows": {}, "title": "Sea", "year": None, "work": ["Q2"], "painter": [],
            "century": [], "style": [], "genre": ["Marine"], "museum": [], "material": [],
            "depicts": [],
        },
    }  # fmt: skip
    assert occurring(found.values())["shows"] == {"dog", "animal"}
    assert occurring(found.values())["genre"] == {"Marine"}
