"""Relevance expressions of the museum: what a topic asks, over annotations and catalogue facts.

    {"subject": [...], "soft": [...], "not": [...], "near": [...]}

Each list holds constraints:

- a concept that is seen, {"shows": "horse"}, with "main": true where the picture has to be about
  it (a broader concept is met by a narrower one);
- a fact of the catalogue: {"painter": NAME}, {"style": MOVEMENT}, {"genre": NAME},
  {"museum": NAME}, {"material": NAME}, {"depicts": TAG}, {"work": QID}, {"century": "17th"} or
  {"years": [1880, 1889]}, where a list of names or tags means any of them;
- words of the title, {"titled": ["horse", "rider"]}, any of them, as whole words;
- any or all of several constraints: {"any": [...]}, {"all": [...]}.

Grades: 3 the subject and every soft constraint; 2 the subject and all but one; 1 the subject and
less, or what is `near`; 0 the rest. What meets a constraint under `not` is never above 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from benchmark.errors import BadInput

Json = Mapping[str, Any]
Facts = Mapping[str, Any]
"""A painting: shows (concept -> salience, broader ones with it), title, year (None if not known),
and lists of all else; nothing that is not known stands in them."""

_PARTS = ("subject", "soft", "not", "near")
_NAMED = ("work", "painter", "style", "genre", "century", "museum", "material", "depicts")


def grade(relevance: Json, facts: Facts) -> int:
    """The grade of one painting for one expression, 0 to 3."""
    for constraint in relevance["subject"]:
        if not holds(constraint, facts):
            return int(any(holds(one, facts) for one in relevance.get("near", [])))
    if any(holds(constraint, facts) for constraint in relevance.get("not", [])):
        return 1
    unmet = sum(not holds(constraint, facts) for constraint in relevance.get("soft", []))
    return max(1, 3 - unmet)


def holds(constraint: Json, facts: Facts) -> bool:
    """Whether a painting meets one constraint."""
    if "any" in constraint:
        return any(holds(one, facts) for one in constraint["any"])
    if "all" in constraint:
        return all(holds(one, facts) for one in constraint["all"])
    if "shows" in constraint:
        least = 2 if constraint.get("main") else 1
        return int(facts["shows"].get(constraint["shows"], 0)) >= least
    ((name, wanted),) = constraint.items()
    if name == "years":
        return facts["year"] is not None and wanted[0] <= facts["year"] <= wanted[1]
    if name == "titled":
        return named(wanted, facts["title"])
    known = facts[name]
    return wanted in known if isinstance(wanted, str) else any(one in known for one in wanted)


def validate(where: str, relevance: Json, known: Mapping[str, Iterable[str]]) -> None:
    """Raise BadInput, with `where` in front, unless an expression can be graded.

    `known`: kind of constraint -> every value that occurs in the gallery; "shows" among them.
    """
    for part, constraints in relevance.items():
        if part not in _PARTS:
            raise BadInput(where, f"unknown key '{part}'", f"use {', '.join(_PARTS)}")
        if not isinstance(constraints, list) or not all(isinstance(c, dict) for c in constraints):
            raise BadInput(where, f"{part} is no list of constraints")
        for constraint in constraints:
            _constraint(where, constraint, known)
    if not relevance.get("subject"):
        raise BadInput(where, "has no subject", "say what a painting must show at least")


def _constraint(where: str, constraint: Json, known: Mapping[str, Iterable[str]]) -> None:
    for joint in ("any", "all"):
        if joint in constraint:
            for one in constraint[joint]:
                _constraint(where, one, known)
            return
    names = constraint.keys() - {"main"} if "shows" in constraint else constraint.keys()
    if len(names) != 1:
        raise BadInput(where, f"{dict(constraint)} names {len(names)} facts", "name one")
    (name,) = names
    wanted = constraint[name]
    if name == "years":
        if not (isinstance(wanted, list) and len(wanted) == 2 and wanted[0] <= wanted[1]):
            raise BadInput(where, f"years: {wanted} are no two years")
    elif name == "titled":
        if not listed(wanted):
            raise BadInput(where, "titled: names no word")
    elif name not in ("shows", *_NAMED):
        raise BadInput(where, f"unknown fact '{name}'")
    else:
        for value in listed(wanted):
            if value not in known[name]:
                raise BadInput(where, f"{name}: '{value}' is so of no painting")


def named(words: str | Sequence[str], text: str) -> bool:
    """Whether one of several words stands in a text, whole, in any case."""
    return _pattern(tuple(listed(words))).search(text) is not None


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def listed(wanted: str | Sequence[str]) -> Sequence[str]:
    """One value or several, as several."""
    return [wanted] if isinstance(wanted, str) else wanted
