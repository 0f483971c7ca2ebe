"""The committed galleries: sizes, pins, pictures, titles, and the graph that describes them."""

from __future__ import annotations

import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from PIL import Image

from benchmark.collections import graph
from benchmark.collections.atelier import triples
from benchmark.collections.atelier.facts import facts as facts_of
from benchmark.collections.atelier.facts import published
from benchmark.collections.atelier.paths import GALLERY, GRAPH, PAINTINGS, SPLITS, graph_of
from benchmark.collections.atelier.sampling import sample_scene
from benchmark.collections.atelier.scene import key_of
from benchmark.collections.atelier.vocabulary import CONCEPTS, STYLES

SIZES = {"test": 2_000, "dev": 500}


@cache
def rows(split: str) -> list[dict[str, Any]]:
    table: list[dict[str, Any]] = pq.read_table(GALLERY / split / PAINTINGS).to_pylist()
    return table


@cache
def store(split: str) -> graph.Graph:
    return graph.load(graph_of(split))


@cache
def facts(split: str) -> dict[str, dict[str, Any]]:
    return published(split)


@pytest.mark.parametrize("split", SPLITS)
def test_sizes(split: str) -> None:
    assert len(rows(split)) == SIZES[split]
    assert [row["id"] for row in rows(split)] == sorted(facts(split))
    for row in rows(split)[::7]:
        with Image.open(io.BytesIO(row["image"]["bytes"])) as picture:
            assert max(picture.size) == 224, row["id"]


def test_both_galleries_stay_under_40_megabytes() -> None:
    paths = [GALLERY / split / PAINTINGS for split in SPLITS]
    assert sum(path.stat().st_size for path in paths) < 40e6


def test_no_scene_hangs_twice() -> None:
    keys = [key_of(known) for split in SPLITS for known in facts(split).values()]
    assert len(set(keys)) == len(keys) == 2_500


def test_rows_hold_no_facts_and_name_no_figure() -> None:
    """Saints are known by their attributes alone: no title names one."""
    from benchmark.collections.atelier.painters import FIGURES

    assert set(rows("test")[0]) == {
        "image", "id", "title", "artist", "date", "style", "genre", "school",
    }  # fmt: skip
    names = {word.lower() for name in FIGURES for word in name.split() if len(word) > 3}
    for row in rows("test"):
        assert not set(re.findall(r"\w+", row["title"].lower())) & names, row["title"]


def test_titles_do_not_give_the_scene_away() -> None:
    named = 0
    for row in rows("test"):
        main = CONCEPTS[facts("test")[row["id"]]["main"]]
        found = set(re.findall(r"\w+", row["title"].lower()))
        named += set(main.en.split()) <= found or set(main.en_plural.split()) <= found
    assert 0.1 < named / 2_000 < 0.35


def test_no_title_has_a_plural_after_an_article() -> None:
    """Regression: "Study of a Women"."""
    plurals = {c.en_plural.title() for c in CONCEPTS.values() if c.en_plural != c.en}
    for row in rows("test"):
        found = re.search(r"\ba (\w+)", row["title"])
        assert found is None or found.group(1) not in plurals, row["title"]


def test_every_style_and_painter_hangs_often_enough() -> None:
    shown = [known["style"] for known in facts("test").values()]
    assert set(shown) == set(STYLES)
    assert min(shown.count(style) for style in STYLES) > 100
    painters = [known["painter"] for known in facts("test").values()]
    assert len(set(painters)) == 40
    assert min(painters.count(name) for name in set(painters)) >= 15


def test_every_stated_thing_is_one_that_can_be_painted_so() -> None:
    for split in SPLITS:
        for name, known in facts(split).items():
            for thing in known["objects"]:
                concept = CONCEPTS[thing["concept"]]
                assert concept.places, name
                assert 0 <= thing["count"] <= concept.most, name
                assert thing["colour"] in concept.colours or known["figure"], (name, thing)
    shown = {o["concept"] for known in facts("test").values() for o in known["objects"]}
    assert len(shown) == 125


def test_a_graph_gives_back_the_facts_of_its_scenes(tmp_path: Path) -> None:
    scenes = [(f"p{seed:03d}", f"Title {seed}", sample_scene(seed)) for seed in range(150)]
    triples.write(scenes, tmp_path / GRAPH)
    read = facts_of(graph.load(tmp_path / GRAPH))
    for name, _, scene in scenes:
        wanted = json.loads(json.dumps(scene.facts()))
        wanted["relations"].sort()
        assert read[name] == wanted


def test_sparql_agrees_with_the_facts() -> None:
    """Asked in SPARQL, through SKOS broader, the graph says what the facts say."""
    found = store("test").select(
        """SELECT DISTINCT ?id WHERE { ?p schema:identifier ?id ; crm:P62_depicts ?c .
           ?c skos:broader* cim:concept:boat }""",
    )
    wanted = {
        name
        for name, known in facts("test").items()
        if any("boat" in (o["concept"], *o["broader"]) for o in known["objects"])
    }
    assert {row["id"] for row in found} == wanted
    assert len(wanted) > 100
    found = store("test").select(
        """SELECT ?id WHERE { ?p schema:identifier ?id ; crm:P65_shows_visual_item ?a .
           ?a cim:left-of ?b ; crm:P138_represents cim:concept:horse .
           ?b crm:P138_represents cim:concept:dog }""",
    )
    pairs = {
        name
        for name, known in facts("test").items()
        for i, relation, j in known["relations"]
        if relation == "left of"
        and known["objects"][i]["concept"] == "horse"
        and known["objects"][j]["concept"] == "dog"
    }
    assert {row["id"] for row in found} == pairs
    assert pairs


def test_the_examples_of_the_documentation_find_something() -> None:
    text = (Path(__file__).parents[3] / "docs" / "atelier.md").read_text(encoding="utf-8")
    blocks = re.findall(r"(?:^    .*\n)+", text, flags=re.MULTILINE)
    queries = [block for block in blocks if block.strip().startswith("SELECT")]
    assert len(queries) == 4
    for query in queries:
        assert store("test").select(query), query


def test_concepts_have_labels_in_both_languages() -> None:
    found = store("dev").select(
        """SELECT ?c WHERE { ?c a skos:Concept ; skos:prefLabel ?en, ?fr .
           FILTER(LANG(?en) = "en" && LANG(?fr) = "fr") }""",
    )
    concepts = store("dev").select("SELECT ?c WHERE { ?c a skos:Concept }")
    assert len(found) == len(concepts) > 200
