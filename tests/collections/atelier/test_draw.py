"""Pictures: the same for the same scene, of the promised size, every thing visible in its plan."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from benchmark.collections.atelier import finish
from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.draw import LONGEST, flat, render
from benchmark.collections.atelier.forms.catalogue import FORMS
from benchmark.collections.atelier.hands.touch import Touch
from benchmark.collections.atelier.pen import Pen
from benchmark.collections.atelier.sampling import sample_scene
from benchmark.collections.atelier.scene_request import Ask, SceneRequest
from benchmark.collections.atelier.vocabulary import COLOURS, CONCEPTS, SETTINGS, STYLES


@pytest.mark.parametrize("seed", range(0, 60, 5))
def test_a_picture_follows_from_its_scene(seed: int) -> None:
    once, again = render(sample_scene(seed)), render(sample_scene(seed))
    assert max(once.size) == LONGEST == 224
    assert once.mode == "RGB"
    np.testing.assert_array_equal(np.asarray(once), np.asarray(again))


@pytest.mark.parametrize("name", FORMS)
def test_a_form_fills_its_frame_in_its_colour(name: str) -> None:
    """Drawn one unit high, it covers a tenth of its box at least and stays near it."""
    concept = CONCEPTS[name]
    for colour in concept.colours:
        image = Image.new("RGB", (900, 400), (1, 2, 3))
        pen = Pen(ImageDraw.Draw(image), 450, 300, 150)
        FORMS[name](pen, COLOURS[colour][0] if colour else (150, 140, 130), Circumstances("meadow"))
        drawn = np.any(np.asarray(image) != (1, 2, 3), axis=2)
        ys, xs = np.nonzero(drawn)
        assert 150 * 0.75 < ys.max() - ys.min() < 150 * 1.6, name
        assert drawn.sum() > 0.1 * 150 * 150 * concept.ratio * (0.3 if concept.ratio < 0.5 else 1)
        assert xs.max() - xs.min() < 150 * concept.ratio * 1.5 + 60, name


@pytest.mark.parametrize("setting", [name for name in SETTINGS if name not in ("chapel", "wall")])
def test_every_single_thing_can_be_seen(setting: str) -> None:
    """Each place has its own number in the plan, and most of it is not hidden."""
    for seed in range(12):
        scene = sample_scene(seed, SceneRequest({"setting": setting}))
        if scene.setting != setting or not scene.places:
            continue
        _, plan = flat(scene, np.random.default_rng(0))
        counts = np.bincount(np.asarray(plan).ravel(), minlength=len(scene.places) + 2)
        assert all(counts[2 : len(scene.places) + 2] > 30), (seed, scene.things)


@pytest.mark.parametrize("style", STYLES)
def test_a_hand_keeps_size_and_finite_values(style: str) -> None:
    scene = sample_scene(11)
    image, plan = flat(scene, np.random.default_rng(0))
    for touch in (Touch(0.7, -1.0, 0.7), Touch(1.4, 1.0, 1.3)):
        painted = finish.paint(image, plan, "warm", style, touch, np.random.default_rng(1))
        pixels = np.asarray(painted, dtype=float)
        assert painted.size == image.size
        assert 5 < pixels.mean() < 250
        assert pixels.std() > 10


def test_no_two_hands_paint_alike() -> None:
    scene = sample_scene(4, SceneRequest({"genre": "still life"}, (Ask("apple", "red", 3),)))
    image, plan = flat(scene, np.random.default_rng(0))
    pictures = [
        np.asarray(
            finish.paint(image, plan, "warm", style, Touch(), np.random.default_rng(1)), float
        )
        for style in STYLES
    ]
    for i, one in enumerate(pictures):
        for other in pictures[:i]:
            assert np.abs(one - other).mean() > 8


@pytest.mark.parametrize("style", [name for name in STYLES if name != "tenebrist"])
def test_a_red_thing_stays_the_reddest_part(style: str) -> None:
    """Whatever the hand does around it, a red barn is redder than what surrounds it."""
    request = SceneRequest(
        {"genre": "landscape", "hour": "day", "weather": "clear", "season": "summer"},
        (Ask("barn", "red", 1),),
    )
    scene = sample_scene(2, request)
    image, plan = flat(scene, np.random.default_rng(0))
    painted = finish.paint(image, plan, "cool", style, Touch(), np.random.default_rng(1))
    pixels, parts = np.asarray(painted, dtype=float), np.asarray(plan)
    part = 2 + [scene.things[place.thing].concept for place in scene.places].index("barn")
    redness = pixels[..., 0] - pixels[..., 1:].mean(axis=2)
    assert redness[parts == part].mean() > redness[parts < 2].mean() + 10
