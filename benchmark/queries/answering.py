"""From what a topic asks to scenes that answer it, for whoever hangs the gallery."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from benchmark.collections.atelier.sampling import sample_scene
from benchmark.collections.atelier.scene import Scene
from benchmark.collections.atelier.scene_request import Ask, SceneRequest
from benchmark.queries.expressions import grade

Json = Mapping[str, Any]


# What tends to bring a mood about (see `sampling`).
_MAKES: dict[str, tuple[tuple[str, str], ...]] = {
    "joyful": (("palette", "bright"), ("hour", "day"), ("weather", "clear")),
    "dramatic": (("weather", "storm"),),
    "melancholy": (("weather", "rain"),),
    "mysterious": (("hour", "night"),),
}


def scenes(relevance: Json, seeds: Iterator[int], tries: int) -> Iterator[tuple[int, Scene]]:
    """Scenes made to fit an expression, or nearly, with the grade each turns out to have.

    Every third try leaves out one constraint or takes a refusal back: the near misses without
    which a test of binding, counting or negation tests nothing.
    """
    for number in range(tries):
        seed = next(seeds)
        scene = sample_scene(seed, request_of(relevance, Random(seed), near_miss=number % 3 == 2))
        found = grade(relevance, scene.facts())
        if found:
            yield found, scene


def request_of(relevance: Json, rng: Random, near_miss: bool = False) -> SceneRequest:
    """A request that makes a scene likely to fit an expression."""
    hard, soft = list(relevance["subject"]), list(relevance.get("soft", []))
    refused = list(relevance.get("not", []))
    if near_miss:
        if refused and rng.random() < 0.5:
            hard.append(refused.pop(rng.randrange(len(refused))))
        elif soft:
            coloured = [i for i, c in enumerate(soft) if "colour" in c]
            if len(coloured) > 1 and rng.random() < 0.6:  # the colours change places
                i, j = coloured[:2]
                soft[i], soft[j] = (
                    {**soft[i], "colour": soft[j]["colour"]},
                    {**soft[j], "colour": soft[i]["colour"]},
                )
            else:
                for _ in range(rng.choice((1, 1, 2))):
                    soft = rng.sample(soft, max(0, len(soft) - 1))
        else:
            hard = [_loosened(constraint) for constraint in hard]
    facts: dict[str, str] = {}
    asks: dict[str, Ask] = {}
    relation, first = "", ""
    for constraint in (*hard, *soft):
        if "any" in constraint:
            constraint = rng.choice(constraint["any"])
        if "relation" in constraint:
            relation = constraint["relation"]
            for side in ("of", "to"):
                ask(asks, constraint[side])
        elif "concept" in constraint:
            ask(asks, constraint)
        else:
            ((name, wanted),) = constraint.items()
            value = rng.choice(wanted) if isinstance(wanted, list) else wanted
            if name == "main":
                first = value
                ask(asks, {"concept": value})
            else:
                facts[name] = value
    for name, value in _MAKES.get(facts.get("mood", ""), ()):
        if rng.random() < 0.7:
            facts.setdefault(name, value)
    things = sorted(asks.values(), key=lambda one: one.concept != first)
    absent = tuple(c["concept"] for c in refused if "concept" in c and "colour" not in c)
    return SceneRequest(facts, tuple(things), absent, relation)


def _loosened(constraint: Json) -> Json:
    return {"concept": constraint["concept"]} if "concept" in constraint else constraint


def ask(asks: dict[str, Ask], thing: Json) -> None:
    """Two constraints on one concept are one request, unless their colours differ."""
    name, colour, count = thing["concept"], thing.get("colour"), thing.get("count")
    for key, known in asks.items():
        if known.concept == name and (known.colour is None or colour in (None, known.colour)):
            asks[key] = Ask(name, known.colour or colour, known.count or count)
            return
    asks[f"{name} {colour}"] = Ask(name, colour, count)
