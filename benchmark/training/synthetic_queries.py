"""Short queries that a rendered picture is known to answer: what a visitor would type.

A caption tells much about one picture; a synthetic query tells little and so fits many, and
because the facts are known, so is every picture of the batch that it fits.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from benchmark.collections.atelier import vocabulary as words
from benchmark.collections.atelier.captions import HANDS
from benchmark.collections.atelier.naming import NAMES, related
from benchmark.collections.atelier.painters import FIGURES
from benchmark.collections.atelier.scene import MANY, Thing
from benchmark.training.query_text import SyntheticQuery
from benchmark.training.synonyms import Form, phrases
from benchmark.training.tags import kinds, number

Facts = Mapping[str, Any]

_SHARES = {
    "thing": 8, "count": 2, "style": 2, "when": 2, "relation": 2, "genre": 1, "mood": 1,
    "palette": 1, "setting": 1, "figure": 1, "painter": 1, "school": 1, "absence": 1,
}  # fmt: skip
"""How often a part of a query is of which sort: mostly things, as in any search."""
_LENGTHS = (1, 1, 2, 2, 3)
_OPENED, _CLOSED = 0.35, 0.15
"""How often a query is put as a question or request, and how often it ends as one."""
_WHEN = {"hour": words.HOURS, "weather": words.WEATHERS, "season": words.SEASONS}
_ABSENT = (
    "boat", "person", "tree", "animal", "flower", "building", "dog", "horse", "house", "bird",
    "fruit", "vessel", "furniture", "heavenly body", "vehicle", "musical instrument", "book",
    "candle", "mountain", "moon", "sun", "woman", "man", "child", "bridge", "food",
)  # fmt: skip


def synthetic_query(facts: Facts, language: int, rng: Random) -> SyntheticQuery:
    """A query of one to three parts that these facts answer; language 0 is English, 1 French."""
    made = SyntheticQuery(language=language)
    if rng.random() < _OPENED:
        made.opening = rng.choice(phrases("opening", "work", language)) + " "
    if rng.random() < _CLOSED:
        made.closing = rng.choice(phrases("closing", "rest", language))
    things = rng.sample(facts["objects"], len(facts["objects"]))
    for sort in rng.choices(list(_SHARES), list(_SHARES.values()), k=rng.choice(_LENGTHS)):
        if sort == "thing" and things:
            _thing(made, things.pop(), language, rng)
        elif sort == "count" and things:
            _count(made, facts, things.pop(), language, rng)
        elif sort == "relation" and facts["relations"]:
            _relation(made, facts, language, rng)
        elif sort == "absence":
            _absence(made, facts, language, rng)
        elif sort not in ("thing", "count", "relation"):
            _single(made, facts, sort, language, rng)
    return made if made.needs else synthetic_query(facts, language, rng)


def _thing(made: SyntheticQuery, thing: Facts, language: int, rng: Random) -> None:
    """A thing by its own name or the next broader, often in its colour, now and then many."""
    kind = rng.choice((thing["concept"], *list(kinds(thing))[:2]))
    colour = thing["colour"] if rng.random() < 0.5 else ""
    others = [] if colour else phrases(f"thing:{kind}", "noun", language)
    named = NAMES[language](Thing(kind, colour, 1))
    if others and rng.random() < 0.5:
        one, many = rng.choice(others).split("/")
        named = rng.choice((many, (f"a {one}", f"des {many}")[language], one))
    elif not colour and rng.random() < 0.4:
        named = rng.choice(("", ("", "des ")[language])) + _plural(kind, language)
    elif rng.random() < 0.25:
        named = named.split(" ", 1)[-1]
    made.subjects.append(named)
    made.needs.append(f"{colour or 'thing'}:{kind}")


def _count(made: SyntheticQuery, facts: Facts, thing: Facts, language: int, rng: Random) -> None:
    kind = rng.choice((thing["concept"], thing["concept"], *list(kinds(thing))[:2]))
    count = number(facts, kind)
    if count in words.NUMBERS or count == MANY:
        made.subjects.append(NAMES[language](Thing(kind, "", count)))
        made.needs.append(f"{count}:{kind}")


def _relation(made: SyntheticQuery, facts: Facts, language: int, rng: Random) -> None:
    first, relation, second = rng.choice(facts["relations"])
    one, two = (facts["objects"][index]["concept"] for index in (first, second))
    names = [NAMES[language](Thing(kind, "", 1)) for kind in (one, two)]
    if rng.random() < 0.5:
        made.subjects.append(related(names[0], relation, names[1], language))
    else:
        first = rng.choice((names[0], _plural(one, language)))
        between = rng.choice(phrases(f"relation:{relation}", "rest", language))
        made.subjects.append(f"{first} {between} {names[1]}")
    made.needs.append(f"{one} {relation} {two}")


def _absence(made: SyntheticQuery, facts: Facts, language: int, rng: Random) -> None:
    kind = rng.choice(_ABSENT)
    if all(kind not in kinds(thing) for thing in facts["objects"]):
        without = rng.choice(phrases("absence", "rest", language))
        made.rest.append(f"{without} {_plural(kind, language)}")
        made.bars.append(f"thing:{kind}")


def _single(made: SyntheticQuery, facts: Facts, sort: str, language: int, rng: Random) -> None:
    """A fact with one value: how it is painted, when, where, by whom, whom it shows."""
    if sort == "when":
        sort = rng.choice([name for name in _WHEN if facts[name]] or ["hour"])
    value = facts[sort]
    if not value:
        return
    if rng.random() < 0.6 and _otherwise(made, f"{sort}:{value}", language, rng):
        pass
    elif sort == "genre":
        made.subjects.append(words.GENRES[value][language])
    elif sort == "figure":
        made.subjects.append(_figure(value, language))
    elif sort == "style":
        made.rest.append(rng.choice(HANDS[value][language]))
    elif sort == "mood":
        made.rest.append(words.MOODS[value][language] + (" mood", "")[language])
    elif sort == "painter":
        made.rest.append(f"{rng.choice(phrases('painter', 'rest', language))} {value}")
    elif sort == "school":
        made.rest.append(f"{rng.choice(phrases('school', 'rest', language))} {value}")
    else:
        table = {**_WHEN, "palette": words.PALETTES, "setting": words.SETTINGS}[sort]
        made.rest.append(table[value][language])
    made.needs.append(f"{sort}:{value}")


def _otherwise(made: SyntheticQuery, tag: str, language: int, rng: Random) -> bool:
    """Say a fact in other words than captions have for it, if there are any."""
    forms: list[Form] = ["noun", "rest", "adjective", "work"]
    rng.shuffle(forms)
    for form in forms:
        found = phrases(tag, form, language)
        if not found:
            continue
        said = rng.choice(found)
        if form == "noun":
            made.subjects.append(said)
        elif form == "rest":
            made.rest.append(said)
        elif form == "work":
            made.opening = f"{said} "
        elif language == 0 and rng.random() < 0.5:
            made.before.append(said)
        else:
            made.opening = (f"a {said} painting of ", f"un tableau {said} avec ")[language]
        return True
    return False


def _figure(name: str, language: int) -> str:
    figure = FIGURES[name]
    title = ("Saint ", "Sainte " if figure.sex == "f" else "Saint ")[language]
    return (title if figure.kind == "saint" else "") + (figure.name, figure.fr)[language]


def _plural(kind: str, language: int) -> str:
    concept = words.CONCEPTS[kind]
    return (concept.en_plural, concept.fr_plural)[language]
