"""Relevance expressions: what a topic asks of a painting, over the facts of the graph.

    {"subject": [...], "soft": [...], "not": [...]}

Each list holds constraints of four kinds:

- a thing, {"concept": "boat"}, with "colour" or "count" if it matters (the concept may be a broader
  one, such as "animal"; a count is of all things of that kind and colour);
- a relation, {"relation": "left of", "of": {"concept": "dog"}, "to": {"concept": "horse"}};
- any of several things, {"any": [{"concept": "owl"}, {"concept": "snake"}]};
- a fact of the whole picture, {"hour": "dusk"}, where a list of values means any of them.

Grades: 3 the subject and every soft constraint; 2 the subject and all but one soft constraint;
1 the subject and less, or the subject loosely: things of another colour or number, unrelated, the
nearest broader concept, another painter of the school, another figure of the kind; 0 the rest.
A painting that shows what `not` refuses is never above 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from benchmark.collections.atelier import vocabulary
from benchmark.collections.atelier.painters import FIGURES, PAINTERS, SCHOOLS
from benchmark.collections.atelier.training_scenes import unseen
from benchmark.errors import BadInput

Json = Mapping[str, Any]

_THING: dict[str, Iterable[Any]] = {
    "concept": vocabulary.CONCEPTS,
    "colour": vocabulary.COLOURS,
    "count": range(1, 8),
}
_FACTS: dict[str, Iterable[Any]] = {
    "main": vocabulary.CONCEPTS,
    "genre": vocabulary.GENRES,
    "setting": vocabulary.SETTINGS,
    "style": vocabulary.STYLES,
    "season": vocabulary.SEASONS,
    "hour": vocabulary.HOURS,
    "weather": vocabulary.WEATHERS,
    "mood": vocabulary.MOODS,
    "palette": vocabulary.PALETTES,
    "figure": FIGURES,
    "painter": [painter.name for painter in PAINTERS],
    "school": SCHOOLS,
    "century": [f"{number}th" for number in range(13, 21)],
}
_PAINTERS = {painter.name: painter for painter in PAINTERS}


def grade(relevance: Json, facts: Json) -> int:
    """The grade of one painting for one expression, 0 to 3."""
    if not all(holds(constraint, facts) for constraint in relevance["subject"]):
        return int(all(_loosely(constraint, facts) for constraint in relevance["subject"]))
    if any(holds(constraint, facts) for constraint in relevance.get("not", [])):
        return 1
    unmet = sum(not holds(constraint, facts) for constraint in relevance.get("soft", []))
    return max(1, 3 - unmet)


def holds(constraint: Json, facts: Json) -> bool:
    """Whether a painting with these facts meets one constraint."""
    if "any" in constraint:
        return any(holds(thing, facts) for thing in constraint["any"])
    if "relation" in constraint:
        things = facts["objects"]
        return any(
            name == constraint["relation"]
            and _is(constraint["of"], things[i])
            and _is(constraint["to"], things[j])
            for i, name, j in facts["relations"]
        )
    if "concept" in constraint:
        kind = {key: value for key, value in constraint.items() if key != "count"}
        found = [thing["count"] for thing in facts["objects"] if _is(kind, thing)]
        return bool(found) and constraint.get("count", sum(found)) == sum(found)
    ((name, wanted),) = constraint.items()
    values = wanted if isinstance(wanted, list) else [wanted]
    if name == "main":
        return any(vocabulary.is_a(facts["main"], value) for value in values)
    return facts[name] in values


def _is(kind: Json, thing: Json) -> bool:
    return (
        kind["concept"] in (thing["concept"], *thing["broader"])
        and kind.get("colour", thing["colour"]) == thing["colour"]
        and kind.get("count", thing["count"]) == thing["count"]
    )


def _loosely(constraint: Json, facts: Json) -> bool:
    """Whether a painting comes near one constraint of the subject."""
    if holds(constraint, facts):
        return True
    if "any" in constraint:
        return any(_loosely(thing, facts) for thing in constraint["any"])
    if "relation" in constraint:
        return all(holds({"concept": constraint[side]["concept"]}, facts) for side in ("of", "to"))
    if "concept" in constraint:
        if len(constraint) > 1:
            return holds({"concept": constraint["concept"]}, facts)
        broader = vocabulary.CONCEPTS[constraint["concept"]].broader
        return bool(broader) and holds({"concept": broader[0]}, facts)
    if "painter" in constraint:
        wanted = constraint["painter"]
        names = wanted if isinstance(wanted, list) else [wanted]
        return facts["school"] in [_PAINTERS[name].school for name in names]
    if "figure" in constraint:
        wanted = constraint["figure"]
        kinds = [_kind(name) for name in (wanted if isinstance(wanted, list) else [wanted])]
        return bool(facts["figure"]) and _kind(facts["figure"]) in kinds
    return False


def _kind(figure: str) -> tuple[str, str]:
    """Saints are akin to saints, gods and virtues to one another; men to men, women to women."""
    return "saint" if FIGURES[figure].kind == "saint" else "pagan", FIGURES[figure].sex


def held_out(relevance: Json) -> tuple[str, ...]:
    """What an expression asks for that no learner was shown (see `atelier.training_scenes`)."""
    asked = [*relevance["subject"], *relevance.get("soft", [])]
    things = [c for c in asked if "concept" in c]
    things += [c[side] for c in asked if "relation" in c for side in ("of", "to")]
    facts = {
        "objects": [{"colour": "", **thing} for thing in things],
        "style": _one(asked, "style"),
        "painter": _one(asked, "painter"),
    }
    return unseen(facts)


def _one(asked: Iterable[Json], name: str) -> str:
    """The value a fact must have, if only one will do."""
    values = [c[name] for c in asked if name in c]
    return values[0] if len(values) == 1 and isinstance(values[0], str) else ""


def validate(where: str, relevance: Json) -> None:
    """Raise BadInput, with `where` in front, unless an expression can be graded."""
    _known(where, "key", relevance, ("subject", "soft", "not"))
    if not relevance.get("subject"):
        raise BadInput(where, "has no subject", "say what a painting must show at least")
    for part, constraints in relevance.items():
        if not isinstance(constraints, list) or not all(isinstance(c, dict) for c in constraints):
            raise BadInput(where, f"{part} is no list of constraints", 'write [{"hour": "dusk"}]')
        for constraint in constraints:
            _constraint(where, constraint)


def _constraint(where: str, constraint: Json) -> None:
    if "any" in constraint:
        _known(where, "key", constraint, ("any",))
        for thing in constraint["any"]:
            _constraint(where, thing)
    elif "relation" in constraint:
        _known(where, "key", constraint, ("relation", "of", "to"))
        _known(where, "relation", [constraint["relation"]], vocabulary.RELATIONS)
        for side in ("of", "to"):
            if not isinstance(constraint.get(side), dict) or "concept" not in constraint[side]:
                raise BadInput(where, f"{side} is no thing", 'write {"concept": "dog"}')
            _constraint(where, constraint[side])
    elif "concept" in constraint:
        _known(where, "key", constraint, _THING)
        for name, wanted in constraint.items():
            _known(where, name, [wanted], _THING[name])
    else:
        _known(where, "key", constraint, _FACTS)
        if len(constraint) != 1:
            raise BadInput(where, f"{dict(constraint)} names {len(constraint)} facts", "name one")
        for name, wanted in constraint.items():
            values = wanted if isinstance(wanted, list) else [wanted]
            _known(where, name, values, _FACTS[name])


def _known(where: str, what: str, given: Iterable[Any], among: Iterable[Any]) -> None:
    for value in given:
        if value not in list(among):
            raise BadInput(where, f"unknown {what} {value!r}", f"use {', '.join(map(str, among))}")
