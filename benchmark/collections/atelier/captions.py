"""Sentences about a scene, in English and in French, for learners to read.

They say what a person might say on seeing the picture: often only part of it,
in one of several turns of phrase.
"""

from __future__ import annotations

from collections.abc import Sequence

from numpy.random import Generator

from benchmark.collections.atelier import vocabulary as words
from benchmark.collections.atelier.grammar import Thing
from benchmark.collections.atelier.scene import Scene

_HANDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "academic": (
        ("in an academic style", "smoothly painted", "in careful, polished oil paint"),
        ("dans un style académique", "peint avec un fini lisse", "à l'huile, soigneusement modelé"),
    ),
    "impressionist": (
        ("in an impressionist style", "in quick dabs", "with short, lively brushstrokes"),
        ("dans un style impressionniste", "par touches rapides", "à petits coups de pinceau"),
    ),
    "pointillist": (
        ("in a pointillist style", "made of small dots", "in dots of pure colour"),
        ("dans un style pointilliste", "fait de petits points", "en points de couleur pure"),
    ),
    "woodcut": (
        ("as a woodcut", "in a print with black lines", "cut in wood and printed"),
        ("en gravure sur bois", "dans une estampe aux traits noirs", "gravé puis imprimé"),
    ),
    "fauve": (
        ("in a fauvist style", "in loud, unreal colours", "with thick outlines and wild colour"),
        ("dans un style fauve", "en couleurs violentes", "aux contours épais et aux tons criards"),
    ),
    "watercolour": (
        ("in watercolour", "in thin washes on paper", "as a light watercolour"),
        ("à l'aquarelle", "en lavis légers sur papier", "dans une aquarelle légère"),
    ),
}
_EN = (
    "{things}{when}{hand}.",
    "A {genre} with {things}{when}{hand}.",
    "This {genre} shows {things}{when}.",
    "{things}{hand}, {mood} in mood.",
    "{palette}: {things}{when}.",
    "A {mood} picture of {things}{hand}.",
    "We see {things}{when}{hand}.",
    "{main}.",
)
_FR = (
    "{things}{when}{hand}.",
    "{genre} avec {things}{when}{hand}.",
    "Ce tableau montre {things}{when}.",
    "{things}{hand}, dans une ambiance {mood}.",
    "{palette} pour {things}{when}.",
    "Une image {mood} : {things}{hand}.",
    "On voit {things}{when}{hand}.",
    "{main}.",
)


def english(scene: Scene, rng: Generator) -> str:
    """A sentence in English."""
    return _sentence(scene, 0, _EN, rng)


def french(scene: Scene, rng: Generator) -> str:
    """A sentence in French."""
    return _sentence(scene, 1, _FR, rng)


def name_en(thing: Thing, coloured: bool = True) -> str:
    """A thing with its number and colour: "two red boats", "a woman in blue"."""
    concept = words.CONCEPTS[thing.concept]
    noun = concept.en if thing.count == 1 else concept.en_plural
    person = "person" in concept.broader
    if thing.colour and coloured:
        noun = f"{noun} in {thing.colour}" if person else f"{thing.colour} {noun}"
    if thing.concept in ("sun", "moon"):
        return f"the {noun}"
    if thing.count > 1:
        return f"{words.NUMBERS[thing.count][0]} {noun}"
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def name_fr(thing: Thing, coloured: bool = True) -> str:
    """The same in French, with its agreements: "deux maisons blanches"."""
    concept = words.CONCEPTS[thing.concept]
    plural = thing.count > 1
    noun = concept.fr_plural if plural else concept.fr
    if thing.colour and coloured:
        colour = words.COLOURS[thing.colour]
        agreed = colour[2 + concept.feminine + 2 * plural]
        noun = f"{noun} en {colour[2]}" if "person" in concept.broader else f"{noun} {agreed}"
    if thing.concept in ("sun", "moon"):
        return f"{'la' if concept.feminine else 'le'} {noun}"
    if plural:
        return f"{words.NUMBERS[thing.count][1]} {noun}"
    return f"{'une' if concept.feminine else 'un'} {noun}"


def _sentence(scene: Scene, language: int, patterns: Sequence[str], rng: Generator) -> str:
    name = (name_en, name_fr)[language]
    told = list(scene.things)
    while len(told) > 1 and rng.random() < 0.25:
        told.pop()
    coloured = bool(rng.random() < 0.85)
    hands = _HANDS[scene.manner][language]
    hand = f", {hands[int(rng.integers(len(hands)))]}" if rng.random() < 0.6 else ""
    pattern = patterns[int(rng.choice(len(patterns), p=_weights(len(patterns))))]
    text = pattern.format(
        things=_listed([name(thing, coloured) for thing in told], ("and", "et")[language]),
        main=name(scene.things[0], coloured),
        genre=words.GENRES[scene.genre][language],
        when=_when(scene, language, rng),
        hand=hand,
        mood=words.MOODS[scene.mood][language],
        palette=words.PALETTES[scene.palette][language],
    )
    return text[0].upper() + text[1:]


def _weights(count: int) -> list[float]:
    """Every pattern equally often, but the bare main subject half as often."""
    whole = count - 0.5
    return [1 / whole] * (count - 1) + [0.5 / whole]


def _when(scene: Scene, language: int, rng: Generator) -> str:
    said = []
    if scene.hour and rng.random() < (0.25 if scene.hour == "day" else 0.7):
        said.append(words.HOURS[scene.hour][language])
    if scene.weather and rng.random() < (0.15 if scene.weather == "clear" else 0.75):
        said.append(words.WEATHERS[scene.weather][language])
    if scene.season and rng.random() < 0.45:
        said.append(words.SEASONS[scene.season][language])
    return "".join(f" {part}" for part in said[:2])


def _listed(names: Sequence[str], conjunction: str) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"
