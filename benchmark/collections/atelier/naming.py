"""Names of things with number, colour and article, in English and in French."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.collections.atelier import vocabulary as words
from benchmark.collections.atelier.scene import MANY, Thing

LANGUAGES = ("en", "fr")
_UNIQUE = ("sun", "moon")


def name_en(thing: Thing, coloured: bool = True) -> str:
    """A thing with its number and colour: "two red boats", "a woman in blue"."""
    concept = words.CONCEPTS[thing.concept]
    noun = concept.en if thing.count == 1 else concept.en_plural
    if thing.colour and coloured:
        person = "person" in concept.broader
        noun = f"{noun} in {thing.colour}" if person else f"{thing.colour} {noun}"
    if thing.concept in _UNIQUE:
        return f"the {noun}"
    if thing.count == MANY:
        return f"many {noun}"
    if thing.count > 1:
        return f"{words.NUMBERS[thing.count][0]} {noun}"
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def name_fr(thing: Thing, coloured: bool = True) -> str:
    """The same in French, with its agreements: "deux maisons blanches"."""
    concept = words.CONCEPTS[thing.concept]
    plural = thing.count != 1
    noun = concept.fr_plural if plural else concept.fr
    if thing.colour and coloured:
        colour = words.COLOURS[thing.colour]
        person = "person" in concept.broader
        noun = f"{noun} en {colour[2]}" if person else f"{noun} {_agreed(thing, plural)}"
    if thing.concept in _UNIQUE:
        return f"{'la' if concept.feminine else 'le'} {noun}"
    if thing.count == MANY:
        return f"beaucoup {_de(noun)}"
    if plural:
        return f"{words.NUMBERS[thing.count][1]} {noun}"
    return f"{'une' if concept.feminine else 'un'} {noun}"


NAMES = (name_en, name_fr)


def _agreed(thing: Thing, plural: bool) -> str:
    feminine = words.CONCEPTS[thing.concept].feminine
    return str(words.COLOURS[thing.colour][2 + feminine + 2 * plural])


def _de(noun: str) -> str:
    return f"d'{noun}" if noun[0] in "aeiouéèêhœ" else f"de {noun}"


def related(first: str, relation: str, second: str, language: int) -> str:
    """One thing's relation to another: "a dog to the left of a horse"."""
    words_for = words.RELATIONS[relation][language]
    if language == 1 and words_for.endswith(" de"):
        joined = {"le ": "du ", "les ": "des "}
        for article, contracted in joined.items():
            if second.startswith(article):
                return f"{first} {words_for[:-3]} {contracted}{second.removeprefix(article)}"
        return f"{first} {words_for[:-3]} {_de(second)}"
    return f"{first} {words_for} {second}"


def listed(names: Sequence[str], language: int) -> str:
    """Names in a row: "a, b and c"."""
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} {('and', 'et')[language]} {names[-1]}"
