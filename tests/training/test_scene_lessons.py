from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from benchmark.collections.atelier.training_scenes import training_scene
from benchmark.training import scene_lessons
from benchmark.training.query_text import SyntheticQuery
from benchmark.training.scene_lessons import SEED, SceneLessons
from benchmark.training.synthetic_queries import synthetic_query

SCENES = 24


class Heard:
    """Stands for a sentence encoder: what it was given, and of each its length."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts = list(texts)
        return np.array([[len(one), 1] for one in texts], np.float32)


@pytest.fixture(scope="module")
def facts() -> list[dict[str, Any]]:
    return [training_scene(index, SEED).facts() for index in range(SCENES)]


def lessons(told: float, languages: Sequence[int] = (0, 1)) -> tuple[SceneLessons, Heard]:
    heard = Heard()
    return SceneLessons(SCENES, heard, languages, told), heard


def holds(tag: str, facts: Mapping[str, Any], turned: bool) -> bool:
    """Whether a tag is true of a picture, or of its mirror image, worked out from its facts."""

    def are(thing: Mapping[str, Any], kind: str) -> bool:
        return kind in (thing["concept"], *thing["broader"])

    if ":" not in tag:
        for first, how, second in facts["relations"]:
            if turned and how == "left of":
                first, second = second, first
            pair = [facts["objects"][at] for at in (first, second)]
            if any(
                tag == f"{one} {how} {two}"
                for one in (pair[0]["concept"], *pair[0]["broader"])
                for two in (pair[1]["concept"], *pair[1]["broader"])
            ):
                return True
        return False
    asked, kind = tag.split(":", 1)
    if asked in facts:
        return bool(facts[asked] == kind)
    there = [thing for thing in facts["objects"] if are(thing, kind)]
    counts = [thing["count"] for thing in there]
    if asked.isdigit():  # 0 says that there are too many to count
        return bool(there) and int(asked) == (0 if 0 in counts else sum(counts))
    return bool(there) if asked == "thing" else any(one["colour"] == asked for one in there)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[SyntheticQuery]]:
    """The queries that were made, as they were made."""
    made: list[SyntheticQuery] = []

    def spied(facts: Mapping[str, Any], language: int, chance: Random) -> SyntheticQuery:
        made.append(synthetic_query(facts, language, chance))
        return made[-1]

    monkeypatch.setattr(scene_lessons, "synthetic_query", spied)
    yield made


def test_queries_fit_what_the_facts_say_in_a_mirror_too(
    asked: list[SyntheticQuery], facts: list[dict[str, Any]]
) -> None:
    learn, heard = lessons(0)
    ways, sides, others = set(), 0, 0
    for seed in range(12):
        asked.clear()
        batch = learn(12, np.random.default_rng(seed))
        rows = batch.rows.tolist()
        assert len({row % SCENES for row in rows}) == len(rows) == len(asked) == 12
        assert heard.texts == [one.text for one in asked]
        assert batch.sentences.tolist() == [[len(one), 1] for one in heard.texts]
        wanted = [
            [
                all(holds(tag, facts[row % SCENES], row >= SCENES) for tag in one.needs)
                and not any(holds(tag, facts[row % SCENES], row >= SCENES) for tag in one.bars)
                for row in rows
            ]
            for one in asked
        ]
        assert batch.fits.dtype == torch.float32
        assert batch.fits.tolist() == wanted
        assert batch.fits.diagonal().tolist() == [1] * 12
        ways |= {row >= SCENES for row in rows}
        sides += sum(
            any(" left of " in tag for tag in one.needs) and row >= SCENES
            for one, row in zip(asked, rows, strict=True)
        )
        others += int(batch.fits.sum()) - 12
    assert ways == {False, True}
    assert sides and others  # so that it was asked for left and right, and for several at once


def test_what_is_left_of_a_thing_is_right_of_it_in_a_mirror(
    facts: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    at, tag = next(
        (at, f"{one['objects'][first]['concept']} left of {one['objects'][second]['concept']}")
        for at, one in enumerate(facts)
        for first, how, second in one["relations"]
        if how == "left of"
        and one["objects"][first]["concept"] != one["objects"][second]["concept"]
    )
    query = SyntheticQuery(subjects=["asked"], needs=[tag])
    monkeypatch.setattr(scene_lessons, "synthetic_query", lambda *_: query)
    learn, _ = lessons(0)
    found = {}
    for seed in range(40):
        batch = learn(SCENES, np.random.default_rng(seed))
        found |= dict(zip(batch.rows.tolist(), batch.fits[0].tolist(), strict=True))
    assert (found[at], found[at + SCENES]) == (1, 0)


@pytest.mark.parametrize(
    ("languages", "begin"), [((0,), {"en"}), ((1,), {"fr"}), ((0, 1), {"en", "fr"})]
)
def test_captions_are_of_their_own_scenes_and_never_in_a_mirror(
    languages: tuple[int, ...], begin: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("english", "french"):
        said = f"{name[:2]} {{}}".format
        monkeypatch.setattr(
            scene_lessons.captions, name, lambda scene, rng, said=said: said(scene.seed)
        )
    learn, heard = lessons(1, languages)
    for seed in range(5):
        batch = learn(6, np.random.default_rng(seed))
        rows = batch.rows.tolist()
        assert max(rows) < SCENES and len(set(rows)) == 6
        said_of = [int(one.split()[1]) for one in heard.texts]
        assert said_of == [training_scene(row, 2).seed for row in rows]
        assert torch.equal(batch.fits, torch.eye(6))
        assert batch.sentences.shape == (6, 2)
        assert {one.split()[0] for one in heard.texts} <= begin
    assert {one.split()[0] for one in heard.texts} == begin


def test_shares_of_captions_and_queries(asked: list[SyntheticQuery]) -> None:
    learn, _ = lessons(0.25)
    captions = 0
    for seed in range(80):
        asked.clear()
        learn(2, np.random.default_rng(seed))
        captions += not asked
    assert 10 <= captions <= 30


def test_one_language_and_no_more_scenes_than_there_are(asked: list[SyntheticQuery]) -> None:
    learn, _ = lessons(0, (1,))
    assert len(learn(99, np.random.default_rng(0)).rows) == SCENES
    assert {one.language for one in asked} == {1}
