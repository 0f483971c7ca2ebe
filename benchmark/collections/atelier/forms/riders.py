"""People on the back of a horse or a donkey, from the side, facing right."""

from __future__ import annotations

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.forms.kinds import DARK
from benchmark.collections.atelier.forms.people import crown, hair_of, skin_of
from benchmark.collections.atelier.pen import RGB, Pen, darker, lighter

_STEEL: RGB = (168, 174, 184)


def rider(pen: Pen, colour: RGB, look: Circumstances, name: str) -> None:
    """A person seated at the origin; one unit is their standing height."""
    skin, hair = skin_of(look), hair_of(look)
    knight = name == "knight"
    cloth = _STEEL if knight else colour
    size = 0.72 if name == "child" else 1.0
    own = pen.at(0, 0, size)
    own.blob(
        [(-0.16, 0.1), (0.0, 0.12), (0.14, 0.04), (0.04, -0.04), (-0.16, -0.04)], (120, 66, 40)
    )
    leg = darker(cloth, 0.25 if name == "woman" else 0.5)
    if name == "woman":
        own.blob([(-0.14, 0.12), (0.1, 0.14), (0.2, -0.14), (0.14, -0.36), (-0.06, -0.32)], leg)
    else:
        own.curve([(-0.04, 0.06), (0.16, 0.0), (0.1, -0.26)], 0.12, leg)
        own.blob([(0.04, -0.26), (0.16, -0.24), (0.26, -0.34), (0.06, -0.36)], DARK)
    own.blob(
        [(-0.14, 0.04), (-0.13, 0.3), (-0.06, 0.44), (0.08, 0.42), (0.12, 0.22), (0.1, 0.04)], cloth
    )
    own.blob([(-0.14, 0.06), (-0.13, 0.3), (-0.06, 0.4), (-0.04, 0.1)], darker(cloth, 0.2))
    own.curve([(0.02, 0.36), (0.12, 0.22), (0.28, 0.2)], 0.085, darker(cloth, 0.16))
    own.oval(0.29, 0.2, 0.04, 0.04, skin)
    own.curve([(0.29, 0.19), (0.42, 0.18), (0.54, 0.3)], 0.02, DARK)
    own.oval(0.0, 0.54, 0.085, 0.1, _STEEL if knight else skin)
    if knight:
        own.box(0.05, 0.54, 0.09, 0.025, DARK)
        own.curve([(-0.02, 0.64), (-0.14, 0.7), (-0.24, 0.6)], 0.06, (196, 40, 40))
        own.line([(0.2, 0.0), (0.42, 0.86)], 0.025, (120, 84, 50))
        own.poly([(0.4, 0.82), (0.44, 0.96), (0.45, 0.8)], lighter(_STEEL, 0.4))
        return
    own.oval(0.05, 0.55, 0.015, 0.018, DARK)
    long = name == "woman"
    own.blob(
        [(0.06, 0.62), (0.0, 0.66), (-0.09, 0.6), (-0.12, 0.36 if long else 0.5), (-0.04, 0.46)],
        hair,
    )
    if name == "king":
        crown(own.at(0, 0.61, 0.1))
    elif name == "man":
        own.box(0, 0.6, 0.22, 0.025, DARK)
        own.box(-0.01, 0.61, 0.13, 0.07, DARK)
