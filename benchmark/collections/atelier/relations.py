"""What follows from where things stand: the main subject, and who is left of whom."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.collections.atelier.layout import box
from benchmark.collections.atelier.scene import Place, Relation, Thing
from benchmark.collections.atelier.vocabulary import CONCEPTS


def main(things: Sequence[Thing], places: Sequence[Place]) -> int:
    """The index of the main subject: the first thing, unless another covers clearly more."""
    if not places or things[0].carrier >= 0:
        return 0
    cover = [0.0] * len(things)
    for place in places:
        x0, x1, y0, y1 = box(things, place)
        cover[place.thing] += (x1 - x0) * (y1 - y0)
    cover[0] *= 1.25
    return cover.index(max(cover))


def relations(genre: str, things: Sequence[Thing], places: Sequence[Place]) -> tuple[Relation, ...]:
    """What holds between the groups of a scene and can be seen beyond doubt."""
    found: list[Relation] = []
    for index, thing in enumerate(things):
        if thing.carrier >= 0 and _is_person(things[thing.carrier]):
            found.append((thing.carrier, "holding", index))
        elif thing.carrier >= 0 and _is_person(thing):
            found.append((index, "riding", thing.carrier))
    spans = {i: [p for p in places if p.thing == i] for i in range(len(things))}
    for a, mine in spans.items():
        for b, theirs in spans.items():
            if a != b and mine and theirs:
                aloft = genre == "abstract" or _hangs(things[a])
                for name in _between(mine, theirs, things):
                    doubtful = {"above": not aloft, "in front of": _hangs(things[b])}
                    if not doubtful.get(name, False):
                        found.append((a, name, b))
    return tuple(found)


def _hangs(thing: Thing) -> bool:
    return bool({"sky", "wall"} & set(CONCEPTS[thing.concept].places))


def _is_person(thing: Thing) -> bool:
    return "person" in CONCEPTS[thing.concept].broader


def _between(mine: list[Place], theirs: list[Place], things: Sequence[Thing]) -> list[str]:
    def extent(places: list[Place]) -> tuple[float, float, float, float]:
        lefts, rights, feet, tops = zip(*(box(things, place) for place in places), strict=True)
        return min(lefts), max(rights), min(feet), max(tops)

    left, right, foot, top = extent(mine)
    left2, right2, foot2, top2 = extent(theirs)
    names = []
    if right < left2 + 0.03 and abs(foot - foot2) < 0.3:
        names.append("left of")
    shared = min(right, right2) - max(left, left2)
    overlap = shared / min(right - left, right2 - left2)
    if overlap > 0.5 and foot > top2 - 0.05:
        names.append("above")
    elif overlap > 0.5 and foot2 - foot > 0.07 and foot < 0.3 and top2 > top - 0.02:
        names.append("in front of")
    return names
