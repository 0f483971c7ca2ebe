"""Other words for a topic, made from what its relevance expression asks, in English and French.

They are the plainest there are: the vocabulary's own name of each thing, colour, number, place and
style, in a fixed order. Whoever understands the published words understands these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from random import Random
from typing import Any

from benchmark.collections.atelier import vocabulary as words
from benchmark.collections.atelier.captions import HANDS
from benchmark.collections.atelier.naming import NAMES, listed, related
from benchmark.collections.atelier.painters import FIGURES
from benchmark.collections.atelier.scene import Thing
from benchmark.collections.atelier.scene_request import Ask
from benchmark.errors import BadInput
from benchmark.queries.answering import ask

Json = Mapping[str, Any]

_OPENINGS = (
    ("", "show me ", "find me ", "I am looking for "),
    ("", "montrez-moi ", "trouvez-moi ", "je cherche "),
)
_WORKS = (("a painting", "a picture"), ("un tableau", "une peinture"))
_WITH = ((" with ", " showing "), (" avec ", " montrant "))
"""The second is for texts that do not say "show" already."""
_OR = (" or ", " ou ")
_GENRES = (
    {"figures": "a scene with several figures", "marine": "a seascape",
     "animals": "a picture of animals", "sacred": "a sacred picture",
     "cityscape": "a view of a town", "vanitas": "a vanitas"},
    {"figures": "une scène à plusieurs personnages", "animals": "une peinture d'animaux",
     "sacred": "une image sacrée"},
)  # fmt: skip
"""Genres whose name in the vocabulary makes no good noun in a sentence."""
_IMPLIED = {"animals": ("animal",), "figures": ("person",), "portrait": ("person",)}
"""Things that a genre shows anyway."""
_UNCOUNTED = {
    "food": ("something to eat", "de quoi manger"), "arms": ("weapons", "des armes"),
    "furniture": ("furniture", "des meubles"), "fruit": ("fruit", "des fruits"),
    "flower": ("flowers", "des fleurs"), "person": ("somebody", "quelqu'un"),
}  # fmt: skip
"""Kinds of things that nobody asks for by the piece, unless they are counted."""
_PARTICIPLES = ("peint", "fait", "brisé", "éclairé", "gravé")
"""Beginnings of phrases that would have to agree with what they follow, in French."""
_FEMININE = ("marine", "cityscape", "still life", "interior", "vanitas", "abstract")
_WHERE_AND_WHEN = {
    "setting": words.SETTINGS, "hour": words.HOURS, "weather": words.WEATHERS,
    "season": words.SEASONS,
}  # fmt: skip
_ROOM = 40
"""Attempts at a text that nobody published, before giving up."""


def reworded(relevance: Json, language: int, rng: Random, published: Set[str]) -> str:
    """A text that asks what an expression asks; language 0 is English, 1 French.

    `published` are texts as `bare` leaves them, none of which it may be. Raises BadInput when
    there is no other way to say it.
    """
    for _ in range(_ROOM):
        opening = rng.choice(_OPENINGS[language])
        showing = _WITH[language][: 1 if "mo" in opening or "ow" in opening else 2]
        text = opening + _said(relevance, language, rng.choice(showing), rng)
        if bare(text) not in published:
            return text
    raise BadInput(str(dict(relevance)), "cannot be said in other words")


def bare(text: str) -> str:
    """A text without case, marks and doubled spaces, by which two texts are the same."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _said(relevance: Json, language: int, showing: str, rng: Random) -> str:
    wanted = [*relevance["subject"], *relevance.get("soft", [])]
    facts: dict[str, Sequence[str]] = {}
    asks: dict[str, Ask] = {}
    for constraint in wanted:
        if "relation" in constraint:
            ask(asks, constraint["of"])
            ask(asks, constraint["to"])
        elif "concept" in constraint:
            ask(asks, constraint)
        elif "any" not in constraint:
            ((name, value),) = constraint.items()
            facts[name] = value if isinstance(value, list) else [value]
    shown = _things(wanted, facts, list(asks.values()), language)
    work = _work(facts, language, rng)
    first = work + (showing + listed(shown, language) if shown else "")
    for name, table in _WHERE_AND_WHEN.items():
        if name in facts:
            first += " " + _either((table[value][language] for value in facts[name]), language)
    parts = [first, *_style(facts, language, rng)]
    return ", ".join(parts) + _without(relevance.get("not", []), language)


def _things(
    wanted: Iterable[Json], facts: Mapping[str, Sequence[str]], asks: list[Ask], language: int
) -> list[str]:
    """What is to be seen, each thing once; a relation names its two."""
    found: list[str] = []
    for figure in [facts["figure"]] if "figure" in facts else []:
        found.append(_either((_figure(name, language) for name in figure), language))
    told: set[int] = set()
    for constraint in wanted:
        if "relation" in constraint:
            one, two = (_asked(asks, constraint[side], told) for side in ("of", "to"))
            names = [_named(asks[index], language) for index in (one, two)]
            found.append(_related(names[0], constraint["relation"], names[1], language))
        elif "any" in constraint:
            kinds = [Ask(t["concept"], t.get("colour"), t.get("count")) for t in constraint["any"]]
            found.append(_either((_named(kind, language) for kind in kinds), language))
    implied = {kind for genre in facts.get("genre", ()) for kind in _IMPLIED.get(genre, ())}
    told |= {i for i, one in enumerate(asks) if one in [Ask(kind) for kind in implied]}
    found += [_named(asks[i], language) for i in range(len(asks)) if i not in told]
    main = facts.get("main", ())
    if main and not any(words.is_a(one.concept, kind) for one in asks for kind in main):
        found.append(_either((_named(Ask(kind), language) for kind in main), language))
    return found


def _asked(asks: list[Ask], thing: Json, told: set[int]) -> int:
    """Which of the asked things a side of a relation is; it is told with the relation."""
    for index, one in enumerate(asks):
        if one.concept == thing["concept"] and thing.get("colour", one.colour) == one.colour:
            told.add(index)
            return index
    raise AssertionError("both sides of every relation are asked for")


def _related(first: str, relation: str, second: str, language: int) -> str:
    if language == 1 and relation == "riding":  # the captions' "monté" would have to agree
        return f"{first} sur {second}"
    return related(first, relation, second, language)


def _named(one: Ask, language: int) -> str:
    if one.concept == "person" and one.colour:
        worn = words.COLOURS[one.colour][1 + language]
        name = NAMES[language](Thing("person", "", one.count or 1))
        return f"{name} {('in', 'en')[language]} {worn}"
    if one.concept in _UNCOUNTED and not one.count:
        return _UNCOUNTED[one.concept][language]
    name = NAMES[language](Thing(one.concept, one.colour or "", one.count or 1))
    return name.replace("a hour", "an hour")


def _work(facts: Mapping[str, Sequence[str]], language: int, rng: Random) -> str:
    """The kind of picture, by its genre if that is asked for and not clear from its figure."""
    genres = [] if "figure" in facts else facts.get("genre", [])
    if not genres:
        return rng.choice(_WORKS[language])
    return _either((_genre(genre, language) for genre in genres), language)


def _genre(genre: str, language: int) -> str:
    if genre in _GENRES[language]:
        return _GENRES[language][genre]
    noun = words.GENRES[genre][language]
    if language == 1:
        return f"{'une' if genre in _FEMININE else 'un'} {noun}"
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _style(facts: Mapping[str, Sequence[str]], language: int, rng: Random) -> list[str]:
    """How it is painted, in which colours and mood, by whom, when."""
    french = language == 1
    found: list[str] = []
    if "style" in facts:
        found.append(_either((_hand(style, language, rng) for style in facts["style"]), language))
    if "palette" in facts:
        said = _either((words.PALETTES[p][language] for p in facts["palette"]), language)
        found.append(f"{('in', 'dans')[language]} {said}")
    if "mood" in facts:
        said = _either((words.MOODS[mood][language] for mood in facts["mood"]), language)
        found.append(f"dans une ambiance {said}" if french else f"{said} in mood")
    if "painter" in facts:
        found.append(("by ", "par ")[language] + _either(facts["painter"], language))
    if "school" in facts:
        said = _either((f"« {s} »" if french else f'"{s}"' for s in facts["school"]), language)
        found.append(("from the school called ", "de l'école dite ")[language] + said)
    if "century" in facts:
        said = _either((c.replace("th", "e") if french else c for c in facts["century"]), language)
        found.append(f"du {said} siècle" if french else f"from the {said} century")
    return found


def _hand(style: str, language: int, rng: Random) -> str:
    return rng.choice([p for p in HANDS[style][language] if not p.startswith(_PARTICIPLES)])


def _without(refused: Iterable[Json], language: int) -> str:
    things, rest = [], []
    for constraint in refused:
        if "concept" in constraint:
            name = NAMES[language](Thing(constraint["concept"], constraint.get("colour", ""), 2))
            things.append(name.split(" ", 1)[1])  # "two red boats"
        else:
            ((name, value),) = constraint.items()
            values = value if isinstance(value, list) else [value]
            rest += [_WHERE_AND_WHEN[name][one][language] for one in values]
    said = ""
    if things:
        said += f", sans {' ni '.join(things)}" if language else f", without {_either(things, 0)}"
    if rest:
        said += (", but not ", ", mais pas ")[language] + _either(rest, language)
    return said


def _figure(name: str, language: int) -> str:
    figure = FIGURES[name]
    if figure.kind != "saint":
        return (figure.name, figure.fr)[language]
    feminine = figure.sex == "f"
    return (f"Saint {figure.name}", f"{'sainte' if feminine else 'saint'} {figure.fr}")[language]


def _either(names: Iterable[str], language: int) -> str:
    *most, last = names
    return f"{', '.join(most)}{_OR[language]}{last}" if most else last
