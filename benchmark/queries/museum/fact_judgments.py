"""Judgments from facts alone: what they say, what they deny, and what they leave open.

Facts name some of what a picture shows and never all of it, so a missing tag is no judgment. A
painting is judged 0 only where its facts deny what a topic asks for:

- painter, movement, century, year, museum and work: something else is known of it;
- a tag or a word of the title: the painting has RICH tags or more, and neither they nor the title
  have the word (under `not`, a title speaks for itself);
- genre and material are never denied, for most works have one where two would be true.

Of the paintings that are denied a topic, the NEAREST few are judged 0: those that share most with
the topic's paintings of the highest grade. All else is not judged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from benchmark.queries.museum import museum_expressions
from benchmark.queries.museum.museum_expressions import Facts, Json, holds, listed, named
from benchmark.workspace import digest_of

RICH = 8
"""Tags from which on what is not among them is taken not to be shown."""
NEAREST = 40
"""Paintings that are judged 0 for one topic, at most."""
_SHARED = ("genre", "century", "style")


def grade(relevance: Json, facts: Facts) -> int | None:
    """The grade of one painting for one expression, 0 to 3; None where facts do not tell.

    What a topic refuses under `not` has to be denied, too, not merely missing.
    """
    found = museum_expressions.grade(relevance, facts)
    if found > 1 and not all(denied(one, facts, True) for one in relevance.get("not", [])):
        return None
    if found:
        return found
    asked = any(denied(one, facts) for one in relevance["subject"])
    return 0 if asked and all(denied(one, facts) for one in relevance.get("near", [])) else None


def denied(constraint: Json, facts: Facts, by_title: bool = False) -> bool:
    """Whether a painting's facts say that it does not meet a constraint.

    `by_title`: a title without the words is enough, however few tags there are.
    """
    if "any" in constraint:
        return all(denied(one, facts, by_title) for one in constraint["any"])
    if "all" in constraint:
        return any(denied(one, facts, by_title) for one in constraint["all"])
    ((name, wanted),) = constraint.items()
    if name in ("depicts", "titled"):
        if by_title and name == "titled":
            return not holds(constraint, facts)
        rich = len(facts["depicts"]) >= RICH
        return rich and not named(wanted, "\n".join([facts["title"], *facts["depicts"]]))
    if holds(constraint, facts):
        return False
    if name == "painter":
        # One of several painters: the name stands within theirs.
        names = listed(wanted)
        return bool(facts[name]) and not any(one in all_ for one in names for all_ in facts[name])
    if name == "years":
        return facts["year"] is not None
    return name not in ("genre", "material") and bool(facts[name])


def nearest(
    topic: str, grades: Mapping[str, int], paintings: Mapping[str, Facts]
) -> dict[str, int]:
    """The grades above 0 of one topic, and the NEAREST of its zeros, in the paintings' order.

    Near is what shares genre, century and movement with many paintings of grade 3; among equals a
    digest decides, so that no painter or museum is preferred.
    """
    like = {
        kind: Counter(v for name, g in grades.items() if g == 3 for v in paintings[name][kind])
        for kind in _SHARED
    }

    alike: dict[int, list[str]] = defaultdict(list)
    for name, g in grades.items():
        if g == 0:
            alike[sum(_most(like[k], paintings[name][k]) for k in _SHARED)].append(name)
    kept: list[str] = []
    for _, names in sorted(alike.items(), reverse=True):
        if len(kept) < NEAREST:  # a digest takes long: no more of them than decide
            kept += sorted(names, key=lambda name: digest_of(topic, name))
    near = set(kept[:NEAREST])
    return {name: g for name, g in grades.items() if g or name in near}


def _most(counts: Mapping[str, int], values: Sequence[str]) -> int:
    return max([counts[value] for value in values], default=0)
