"""Flowers into vases, things into hands, and people onto horses."""

from __future__ import annotations

from random import Random

from benchmark.collections.atelier import cast
from benchmark.collections.atelier.scene import Thing
from benchmark.collections.atelier.scene_request import Ask, SceneRequest, pick, single
from benchmark.collections.atelier.vocabulary import CONCEPTS, is_a


def carry(
    genre: str,
    setting: str,
    weather: str,
    things: list[Thing],
    asked: list[Ask],
    request: SceneRequest,
    rng: Random,
) -> list[Thing]:
    """Puts flowers into a vase, things into hands, and people on horses."""
    things = list(things)
    if setting == "table":
        bunch = [i for i, thing in enumerate(things) if is_a(thing.concept, "flower")]
        if bunch and not any(thing.concept == "vase" for thing in things):
            things.append(single("vase", Ask(""), things, rng, first=False))
        vase = next((i for i, thing in enumerate(things) if thing.concept == "vase"), -1)
        for i in bunch:
            things[i] = Thing(things[i].concept, things[i].colour, things[i].count, vase)
        return things
    people = [i for i, t in enumerate(things) if t.concept in cast.HOLDERS and t.count == 1]
    mounts = [i for i, t in enumerate(things) if t.concept in cast.MOUNTS and t.count == 1]
    riders = [i for i in people if things[i].concept != "angel"]
    if mounts and not people and rng.random() < 0.3:
        things.append(
            single(rng.choice(("woman", "man", "knight")), Ask("", None, 1), [], rng, False)
        )
        riders = [len(things) - 1]
        people = list(riders)
    if mounts and riders and (request.relation == "riding" or rng.random() < 0.45):
        i = riders[0]
        things[i] = Thing(things[i].concept, things[i].colour, 1, mounts[0])
        people.remove(i)
    likely = {"portrait": 0.6, "figures": 0.4, "interior": 0.15}.get(genre, 0.12)
    for ask in asked:
        names = {
            name: share
            for name, share in cast.HELD.items()
            if is_a(name, ask.concept) and ask.colour in (None, *CONCEPTS[name].colours)
        }
        if people and names:
            held = single(pick(rng, names), Ask("", ask.colour, 1), [], rng, first=False)
            things.append(Thing(held.concept, held.colour, 1, people.pop(0)))
    for i in people:
        if rng.random() < likely and not asked:
            shares = {
                name: share for name, share in cast.HELD.items() if name not in request.absent
            }
            name = "umbrella" if weather == "rain" and rng.random() < 0.6 else pick(rng, shares)
            outdoors = setting not in cast.INDOORS
            if (name == "umbrella" and setting in ("room",)) or (
                name in ("cat", "glass", "skull", "letter") and outdoors and genre != "figures"
            ):
                continue
            held = single(name, Ask("", None, 1), [things[i]], rng, first=False)
            clothes = things[i].colour
            colour = held.colour
            if colour and colour == clothes:  # what is held must stand out from the clothes
                rest = [c for c in CONCEPTS[name].colours if c != clothes]
                colour = rng.choice(rest) if rest else colour
            things.append(Thing(name, colour, 1, i))
            break
    return things
