"""One thing in the frame of a pen, and things in hands."""

from __future__ import annotations

from benchmark.collections.atelier.forms.birds import FLYING
from benchmark.collections.atelier.forms.catalogue import FORMS
from benchmark.collections.atelier.grips import GRIPS
from benchmark.collections.atelier.pen import RGB, Pen
from benchmark.collections.atelier.scene import Scene, Thing
from benchmark.collections.atelier.vocabulary import COLOURS, CONCEPTS


def shape(scene: Scene, pen: Pen, thing: Thing, nth: int) -> None:
    """One single thing in the frame of the pen."""
    look = scene.circumstances()
    aloft = scene.genre != "animals" and thing.carrier < 0
    shapes = FLYING if thing.concept in FLYING and aloft else FORMS
    own = (scene.seed + 7 * nth) % 9973 if CONCEPTS[thing.concept].broader[:1] == ("person",) else 0
    varied = look if not own else type(look)(**{**vars(look), "variant": own})
    shapes[thing.concept](pen, rgb(thing), varied)


def hold(scene: Scene, pen: Pen, held: Thing, hand: tuple[float, float], scale: float) -> None:
    height, grip = GRIPS[held.concept]
    height *= scale
    foot = max(0.02, hand[1] - grip * height)  # nothing hangs out of the picture
    shape(scene, pen.at(hand[0], foot, height), held, 0)


def rgb(thing: Thing) -> RGB:
    return COLOURS[thing.colour][0] if thing.colour else (150, 140, 130)
