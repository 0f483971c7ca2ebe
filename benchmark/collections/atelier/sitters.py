"""Portraits and sacred figures, with what they are known by."""

from __future__ import annotations

from benchmark.collections.atelier.depict import hold, rgb, shape
from benchmark.collections.atelier.forms.busts import BUSTS, HAND_BUST
from benchmark.collections.atelier.forms.figures import HAND_FIGURE, figure
from benchmark.collections.atelier.painters import FIGURES
from benchmark.collections.atelier.pen import GROUND, Pen
from benchmark.collections.atelier.scene import Scene, Thing

_THINGS = GROUND + 1


def sitter(scene: Scene, pen: Pen, width: float) -> None:
    """A portrait: the sitter, and what the hand holds."""
    person, *held = scene.things
    own = pen.on(_THINGS).at(width / 2, 0.0, 1.0, bool(scene.seed % 2))
    for thing in held:
        if thing.concept == "umbrella":  # behind the head, or it would hide the face
            shape(scene, own.on(_THINGS + 1).at(0.08, 0.36, 0.64), thing, 0)
    BUSTS[person.concept](own, rgb(person), scene.circumstances())
    for part, thing in enumerate((t for t in held if t.concept != "umbrella"), _THINGS + 1):
        hold(scene, own.on(part), thing, HAND_BUST, 1.5)


def sacred(scene: Scene, pen: Pen, width: float) -> None:
    """A figure with its attributes, in the middle of the picture."""
    known = FIGURES[scene.figure]
    person, *attributes = scene.things
    aside = [thing for thing in attributes if thing.carrier < 0]
    x = width * (0.5 if not aside else 0.6)
    own = pen.on(_THINGS).at(x, 0.06, 0.84)
    for part, thing in enumerate(aside, _THINGS + 1):
        _beside(scene, pen.on(part), thing, width)
    held = [thing for thing in attributes if thing.carrier >= 0]
    behind = [thing for thing in held if thing.concept == "diagonal cross"]
    for thing in behind:
        shape(scene, own.on(_THINGS + 3).at(0.05, 0.05, 0.85), thing, 0)
    figure(own, rgb(person), scene.circumstances(), known)
    for thing in held:
        if thing.concept == "arrow":
            spots = ((0.04, 0.62, False), (-0.03, 0.5, True), (0.02, 0.3, False))
            for x, y, mirror in spots[: thing.count]:
                shape(scene, own.on(_THINGS + 4).at(x, y, 0.06, mirror), thing, 0)
        elif thing.concept == "key":
            for nth in range(thing.count):
                spot = own.on(_THINGS + 4).at(
                    HAND_FIGURE[0] + 0.02, HAND_FIGURE[1] - 0.1 * nth, 0.12
                )
                shape(scene, spot, thing, nth)
        elif thing not in behind:
            hold(scene, own.on(_THINGS + 4), thing, HAND_FIGURE, 1.15)


def _beside(scene: Scene, pen: Pen, thing: Thing, width: float) -> None:
    """What accompanies a figure: at its feet, in the air, or behind."""
    x = width * 0.24
    if thing.concept == "tower":
        shape(scene, pen.at(x, 0.12, 0.62), thing, 0)
    elif thing.concept in ("eagle", "songbird"):
        for nth in range(thing.count):
            shape(scene, pen.at(x - 0.02 + 0.03 * (nth % 2), 0.3 + 0.2 * nth, 0.11), thing, nth)
    elif thing.concept == "owl":
        shape(scene, pen.at(x, 0.08, 0.26), thing, 0)
    else:
        height = {"dragon": 0.32, "deer": 0.36, "lion": 0.24}.get(thing.concept, 0.2)
        shape(scene, pen.at(x, 0.05, height), thing, 0)
