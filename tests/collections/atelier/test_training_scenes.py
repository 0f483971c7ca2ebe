"""Training scenes: never a gallery scene, never what is held out; rendering that resumes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmark.collections.atelier import training_folder as rendering
from benchmark.collections.atelier import training_scenes
from benchmark.collections.atelier.painters import PAINTERS
from benchmark.collections.atelier.vocabulary import CONCEPTS, STYLES


def test_no_training_scene_is_a_gallery_scene_or_shows_what_is_held_out() -> None:
    scenes = [training_scenes.training_scene(index) for index in range(2_000)]
    assert len(training_scenes.gallery_keys()) == 2_500
    assert all(scene.seed >= training_scenes.FIRST_SEED for scene in scenes)
    assert not {scene.key() for scene in scenes} & training_scenes.gallery_keys()
    for scene in scenes:
        assert training_scenes.unseen(scene.facts()) == ()


def test_what_is_held_out_exists() -> None:
    assert len(training_scenes.UNSEEN_PAIRS) == 8
    assert len(training_scenes.UNSEEN_PAINTERS) == 5
    assert {name for pair in training_scenes.UNSEEN_PAIRS for name in pair} <= set(CONCEPTS)
    assert {painter.name for painter in PAINTERS} >= training_scenes.UNSEEN_PAINTERS
    assert training_scenes.UNSEEN_STYLE in STYLES
    for colour, concept in training_scenes.UNSEEN_COLOURS:
        assert colour in CONCEPTS[concept].colours


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, ()),
        ({"style": "tenebrist"}, ("style",)),
        ({"painter": "Zelda Pirokov"}, ("painter",)),
        ({"objects": [("", "horse"), ("", "bridge")]}, ("pair",)),
        ({"objects": [("white", "windmill")]}, ("colour",)),
        ({"objects": [("red", "windmill"), ("white", "horse")]}, ()),
    ],
)
def test_unseen(facts: dict[str, object], found: tuple[str, ...]) -> None:
    things = facts.get("objects", [("red", "house")])
    assert isinstance(things, list)
    whole = {
        "style": "fauve",
        "painter": "Honorine Vaucresson",
        **facts,
        "objects": [{"colour": colour, "concept": concept} for colour, concept in things],
    }
    assert training_scenes.unseen(whole) == found


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "CHUNK", 3)


@pytest.mark.usefixtures("small_chunks")
def test_rendering_resumes_and_gives_the_same(tmp_path: Path) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    told: list[tuple[int, int]] = []
    rendering.render_training(7, 0, whole, lambda done, of: told.append((done, of)))
    assert told[-1] == (7, 7)
    rendering.render_training(4, 0, parts, lambda *_: None)
    first = (parts / "00000000" / "00000000.jpg").stat().st_mtime_ns
    rendering.render_training(7, 0, parts, lambda *_: None)
    assert (parts / "00000000" / "00000000.jpg").stat().st_mtime_ns == first
    assert (parts / "metadata.jsonl").read_bytes() == (whole / "metadata.jsonl").read_bytes()
    rows = [json.loads(line) for line in (whole / "metadata.jsonl").open(encoding="utf-8")]
    assert [row["id"] for row in rows] == [f"train000-{i:08d}" for i in range(7)]
    for row in rows:
        picture = (whole / row["file_name"]).read_bytes()
        assert picture == (parts / row["file_name"]).read_bytes()
        assert row["text"] and row["text_fr"] and row["facts"]["objects"]


@pytest.mark.usefixtures("small_chunks")
def test_a_chunk_that_was_cut_off_is_drawn_again(tmp_path: Path) -> None:
    rendering.render_training(3, 0, tmp_path, lambda *_: None)
    wanted = (tmp_path / "metadata.jsonl").read_bytes()
    (tmp_path / "00000000" / "rows.jsonl").unlink()
    rendering.render_training(3, 0, tmp_path, lambda *_: None)
    assert (tmp_path / "metadata.jsonl").read_bytes() == wanted
