"""What the gallery must hold whatever chance brings, with its near misses.

A controlled test needs the wrong pictures as much as the right ones: beside red
boats with white houses hang white boats with red houses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmark.collections.atelier.scene import Scene


@dataclass(frozen=True)
class Commission:
    """A wish for some number of scenes: things as "count colour concept", then facts.

    In a thing, "*" stands for any count or colour. A thing after "no" must be absent.
    """

    number: int
    things: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()

    def met_by(self, scene: Scene) -> bool:
        """Whether a scene is one that was wished for."""
        if any(getattr(scene, name) != value for name, value in self.facts):
            return False
        if any(thing.concept in self.absent for thing in scene.things):
            return False
        return all(_held(wish, scene) for wish in self.things)


def _held(wish: str, scene: Scene) -> bool:
    count, colour, concept = wish.split()
    return any(
        thing.concept == concept
        and colour in ("*", thing.colour)
        and count in ("*", str(thing.count))
        for thing in scene.things
    )


def _with(*things: str) -> Callable[..., Commission]:
    def of(number: int, absent: str = "", **facts: str) -> Commission:
        return Commission(number, things, tuple(absent.split()), tuple(facts.items()))

    return of


COMMISSIONS: tuple[Commission, ...] = (
    # attribute binding, and the swapped colours
    _with("* red boat", "* white house")(4, genre="marine"),
    _with("* white boat", "* red house")(4, genre="marine"),
    _with("* blue boat", "* yellow house")(2, genre="marine"),
    _with("* red apple", "* green pear")(4),
    _with("* green apple", "* yellow pear")(4),
    _with("* yellow apple", "* green pear")(2),
    _with("* black dog", "* white house")(3),
    _with("* white dog", "* red house")(2),
    _with("1 red woman", "* black dog")(3, genre="portrait"),
    _with("1 black woman", "* * dog")(2, genre="portrait"),
    # counting, and the neighbouring counts
    _with("3 * boat")(4, genre="marine"),
    _with("2 * boat")(3, genre="marine"),
    _with("5 * apple")(3),
    _with("4 * apple")(2),
    _with("2 * candle")(4),
    _with("3 * candle")(2),
    _with("2 * horse")(4),
    _with("3 * horse")(2),
    # subject with manner
    _with("* * boat")(4, manner="pointillist"),
    _with("* * horse")(4, manner="woodcut"),
    _with("* * church")(4, manner="watercolour"),
    _with("* * house")(3, manner="fauve"),
    _with("1 * woman")(4, manner="impressionist", genre="portrait"),
    # absence, and presence of the thing refused
    _with()(5, absent="boat", genre="marine"),
    _with("* * church")(3, absent="tree", genre="landscape"),
    _with("* * church", "* * tree")(3),
    _with("* * skull")(3, absent="candle"),
    _with("* * skull", "* * candle")(3),
    _with("1 * man")(3, genre="portrait"),
    _with("1 * woman")(3, genre="portrait", absent="dog bird book flower"),
    # several constraints, and light
    _with("* * boat", "* * moon")(4, genre="marine"),
    _with("* * lighthouse")(4, weather="storm"),
    _with("* * windmill", "* * sun")(4),
    _with("* * bridge")(3, hour="dusk"),
    _with("* * mountain", "* * tree")(3, season="autumn"),
    _with("* * tree")(3, season="winter", weather="snow"),
    _with("* * house")(3, season="winter"),
    _with("* * vase", "* yellow flower")(4),
    _with("* * vase", "* red flower")(3),
    _with("* * fish")(4),
    _with("* * cow")(4),
    _with("* * bird")(4, genre="animals"),
    _with("1 * woman", "* * bird")(2, genre="portrait"),
    _with("* * woman")(3, weather="rain"),
    _with()(4, weather="fog", genre="marine"),
    _with()(4, season="spring", hour="dawn"),
)
