from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image, ImageOps

from benchmark.collections.atelier.training_scenes import training_pair
from benchmark.pretrained import efficientnet
from benchmark.pretrained.features import LIKELY, WIDTH, Features
from benchmark.training import encoded_worlds as module
from benchmark.training.described_paintings import DescribedPaintings, opened
from benchmark.training.encoded_worlds import World, of_paintings, of_scenes
from benchmark.training.painting_requests import by_name, of_two
from benchmark.training.recipe import Job
from benchmark.training.recipes.heads import HeadsRecipe, Scenes
from tests.training import described

RECIPE = HeadsRecipe(
    captions=0, lines=0, requests=4, batch=2, steps=1, learning_rate=1e-3, warm_up=0, weight_decay=0
)


class Letters:
    """Stands for a sentence encoder: how often each letter comes."""

    width = 256
    languages = (0, 1)

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        counts = np.zeros((len(texts), self.width), np.float32)
        for row, text in zip(counts, texts, strict=True):
            np.add.at(row, np.frombuffer(text.encode(), np.uint8), 1)
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)


LETTERS: Any = Letters()


@pytest.fixture(scope="module")
def network() -> Any:
    return efficientnet.network()


@pytest.fixture(autouse=True)
def _once(network: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(efficientnet, "network", lambda: network)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all is, and what was seen stays from one test to the next."""
    return tmp_path_factory.mktemp("worlds")


@pytest.fixture(scope="module")
def paintings(home: Path) -> DescribedPaintings:
    described.queries(home / "queries")
    (home / "pictures").mkdir()
    rng = np.random.default_rng(0)
    for n in range(12):
        patches = Image.fromarray(rng.integers(0, 256, (8, 6 + n // 6 * 6, 3), np.uint8))
        patches.resize((90, 90 - n)).save(home / "pictures" / f"{n}.png")
    return opened(home / "queries", home / "pictures")


def job(home: Path, told: list[tuple[str, int, int]] | None = None) -> Job:
    told = told if told is not None else []
    return Job(home, home / "cache", "cpu", lambda *one: told.append(one), home / "pictures")


def painted(
    paintings: DescribedPaintings, network: Any, home: Path, rows: list[int], dev: int = 0
) -> World:
    recipe = RECIPE.model_copy(update={"dev": dev})
    return of_paintings(paintings, np.array(rows), recipe, LETTERS, network, 64, job(home))


def near(ours: np.ndarray, wanted: np.ndarray) -> None:
    """Each row is nearest to its own, and near: states are kept in half precision."""
    units = [one / np.linalg.norm(one, axis=1, keepdims=True) for one in (ours, wanted)]
    cosines = units[0] @ units[1].T
    assert cosines.argmax(1).tolist() == list(range(len(ours)))
    assert cosines.diagonal().min() > 0.99


def test_paintings_are_seen_as_the_encoder_sees_them_and_in_a_mirror(
    paintings: DescribedPaintings, network: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BATCH", 5)
    world = painted(paintings, network, home, list(range(12)))
    assert world.features.shape == (24, WIDTH) and len(world.states) == 24
    upright = [paintings.picture(row) for row in range(12)]
    near(world.features, Features(64)([*upright, *map(ImageOps.mirror, upright)]))
    likely = world.likely(np.array([7, 19]))
    assert np.array_equal(likely, world.features[[7, 19], 2560:3560])
    np.testing.assert_allclose(likely.sum(1), 1, atol=1e-3)


def test_what_is_learned_from_is_of_the_rows_that_are_named(
    paintings: DescribedPaintings, network: Any, home: Path
) -> None:
    world = painted(paintings, network, home, [1, 4, 9])
    assert np.array_equal(world.to_learn(), world.features[[1, 4, 9, 13, 16, 21]])
    seen = set()
    for seed in range(20):
        rows = world.lesson(2, np.random.default_rng(seed)).rows.tolist()
        seen |= set(rows)
    assert seen == {1, 4, 9, 13, 16, 21}


def test_texts_are_captions_lines_and_requests_of_the_paintings_learned_from(
    paintings: DescribedPaintings, network: Any, home: Path
) -> None:
    # In two languages: a caption of each, 6 written requests, 5 concepts told in 8 ways, pairs;
    # in one: a line of each.
    some = [1, 4, 9]
    pairs = of_two([paintings.paintings[row].seen for row in some], paintings.concepts, 0)
    assert len(by_name(paintings.concepts)) == 40
    world = painted(paintings, network, home, some)
    assert world.texts == 2 * (3 + 6 + 40 + len(pairs)) + 3
    assert painted(paintings, network, home, some, dev=9).texts == world.texts - 2 * 2


def test_a_digest_tells_worlds_apart(
    paintings: DescribedPaintings, network: Any, home: Path
) -> None:
    one, same, rows, held_out = (
        painted(paintings, network, home, rows, dev).digest
        for rows, dev in (([1, 4], 0), ([1, 4], 0), ([1, 5], 0), ([1, 4], 2))
    )
    assert one == same
    assert len({one, rows, held_out}) == 3


DRAWN = Scenes(scenes=3, share=0.5, captions=0)


@pytest.fixture(scope="module")
def scenes(network: Any, home: Path) -> tuple[World, list[tuple[str, int, int]]]:
    told: list[tuple[str, int, int]] = []
    return of_scenes(DRAWN, LETTERS, network, 64, job(home, told)), told


def test_scenes_are_drawn_and_seen(scenes: tuple[World, list[tuple[str, int, int]]]) -> None:
    world, told = scenes
    assert told == [("drawing", 3, 3)]
    upright = [training_pair(index, 2)[0] for index in range(3)]
    assert world.features.shape == (6, WIDTH)
    near(world.features, Features(64)([*upright, *map(ImageOps.mirror, upright)]))
    assert world.rows.tolist() == [0, 1, 2]
    assert world.texts == 0  # they are made as they are wanted
    batch = world.lesson(3, np.random.default_rng(0))
    assert sorted(row % 3 for row in batch.rows) == [0, 1, 2]
    assert batch.sentences.shape == (3, 256) and batch.fits.shape == (3, 3)


def test_enough_scenes_are_enough_to_find_components(
    scenes: tuple[World, list[tuple[str, int, int]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, _ = scenes
    assert np.array_equal(world.to_learn(), world.features)
    monkeypatch.setattr(module, "_ENOUGH", 2)
    assert np.array_equal(world.to_learn(), world.features[[0, 1, 3, 4]])


def test_scenes_of_another_renderer_or_number_are_another_world(
    scenes: tuple[World, list[tuple[str, int, int]]],
    network: Any,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world, _ = scenes
    kept = torch.ones(120, 3, 3).half()
    states = module.States([kept] * 6, [torch.ones(592)] * 6)
    asked: list[list[str]] = []

    def instead(keys: list[str], *_: object) -> Any:
        asked.append(keys)
        return states

    monkeypatch.setattr(module, "frozen_states", instead)
    two = Scenes(scenes=2, share=0.5, captions=1)
    fewer = of_scenes(two, LETTERS, network, 64, job(home))
    told = [fewer.lesson(2, np.random.default_rng(seed)).rows.tolist() for seed in range(9)]
    assert {row for rows in told for row in rows} == {0, 1}  # captions alone: none in a mirror
    monkeypatch.setattr(module, "renderer", lambda: "other")
    other = of_scenes(DRAWN, LETTERS, network, 64, job(home))
    assert len({world.digest, fewer.digest, other.digest}) == 3
    assert asked[1] == ["other-2-0", "other-2-1", "other-2-2"]
    assert np.isfinite(other.features[:, LIKELY]).all()
