"""The committed gallery, and the promise that training never sees its scenes."""

from __future__ import annotations

import io
import json
import re
from functools import cache
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from benchmark.collections.atelier import vocabulary
from benchmark.collections.atelier.draw import render
from benchmark.collections.atelier.gallery import GALLERY, SEEDS, SIZE
from benchmark.collections.atelier.scene import key_of, sample_scene
from benchmark.collections.atelier.training import gallery_keys, training_pair, training_scene


@cache
def rows() -> list[dict[str, Any]]:
    table: list[dict[str, Any]] = pq.read_table(GALLERY).to_pylist()
    return table


def test_the_gallery_has_300_paintings_of_192_pixels() -> None:
    assert len(rows()) == SIZE == 300
    assert GALLERY.stat().st_size < 4_000_000
    for row in rows():
        with Image.open(io.BytesIO(row["image"]["bytes"])) as picture:
            assert max(picture.size) == 192, row["id"]


def test_ids_and_scenes_are_unique() -> None:
    assert len({row["id"] for row in rows()}) == 300
    assert len(gallery_keys()) == 300


def test_every_fact_is_in_the_vocabulary() -> None:
    for row in rows():
        facts = json.loads(row["facts"])
        assert facts["genre"] in vocabulary.GENRES
        assert facts["manner"] in vocabulary.MANNERS
        for thing in facts["objects"]:
            concept = vocabulary.CONCEPTS[thing["concept"]]
            assert tuple(thing["broader"]) == concept.broader
            assert 1 <= thing["count"] <= concept.most


def test_titles_do_not_give_the_scene_away() -> None:
    """Under half of the titles name the main subject; catalogue search must not be enough."""
    named = 0
    for row in rows():
        main = vocabulary.CONCEPTS[json.loads(row["facts"])["objects"][0]["concept"]]
        words = set(re.findall(r"\w+", row["title"].lower()))
        named += bool(words & {main.en, main.en_plural})
    assert 0.2 < named / 300 < 0.5


def test_no_title_has_a_plural_after_an_article() -> None:
    """Regression: "Study of a Women"."""
    plurals = {c.en_plural.title() for c in vocabulary.CONCEPTS.values() if c.en_plural != c.en}
    for row in rows():
        found = re.search(r"\ba (\w+)", row["title"])
        assert found is None or found.group(1) not in plurals, row["title"]


def test_metadata_handed_out_holds_no_facts() -> None:
    from benchmark.collections.folder import PUBLIC
    from benchmark.collections.registry import BUILT_IN

    assert BUILT_IN["atelier"] == GALLERY.parent
    assert "facts" not in PUBLIC


def test_no_training_scene_is_a_gallery_scene() -> None:
    scenes = [training_scene(index) for index in range(2_000)]
    assert all(scene.seed >= SEEDS.stop for scene in scenes)
    assert not {scene.key() for scene in scenes} & gallery_keys()


def test_keys_read_from_facts_are_those_of_scenes() -> None:
    scene = sample_scene(123)
    assert key_of(json.loads(json.dumps(scene.facts()))) == scene.key()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**9))
def test_a_picture_follows_from_its_seed(seed: int) -> None:
    once, again = render(sample_scene(seed)), render(sample_scene(seed))
    assert max(once.size) == 192
    np.testing.assert_array_equal(np.asarray(once), np.asarray(again))


@pytest.mark.parametrize("index", [0, 7, 4_242])
def test_captions_name_something_that_is_there(index: int) -> None:
    _, english, french = training_pair(index)
    things = [vocabulary.CONCEPTS[t.concept] for t in training_scene(index).things]
    assert any(c.en in english.lower() or c.en_plural in english.lower() for c in things), english
    assert any(c.fr in french.lower() or c.fr_plural in french.lower() for c in things), french
