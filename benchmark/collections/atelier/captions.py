"""Sentences about a scene, in English and in French, for learners to read.

They say what a person might say on seeing the picture: often only part of it,
in one of several turns of phrase.
"""

from __future__ import annotations

from numpy.random import Generator

from benchmark.collections.atelier import cast
from benchmark.collections.atelier import vocabulary as words
from benchmark.collections.atelier.naming import NAMES, listed, related
from benchmark.collections.atelier.painters import FIGURES
from benchmark.collections.atelier.scene import Scene

HANDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "academic": (
        ("in an academic style", "smoothly painted", "in careful, polished oil paint"),
        ("dans un style académique", "peint avec un fini lisse", "à l'huile, soigneusement modelé"),
    ),
    "tenebrist": (
        ("in a tenebrist style", "lit from one side out of the dark", "in deep chiaroscuro"),
        ("dans un style ténébriste", "éclairé de côté dans le noir", "en clair-obscur profond"),
    ),
    "impressionist": (
        ("in an impressionist style", "in quick dabs", "with short, lively brushstrokes"),
        ("dans un style impressionniste", "par touches rapides", "à petits coups de pinceau"),
    ),
    "pointillist": (
        ("in a pointillist style", "made of small dots", "in dots of pure colour"),
        ("dans un style pointilliste", "fait de petits points", "en points de couleur pure"),
    ),
    "cubist": (
        ("in a cubist style", "broken into facets", "in sharp angular planes"),
        ("dans un style cubiste", "brisé en facettes", "en plans anguleux"),
    ),
    "fauve": (
        ("in a fauvist style", "in loud, unreal colours", "with thick outlines and wild colour"),
        ("dans un style fauve", "en couleurs violentes", "aux contours épais et aux tons criards"),
    ),
    "expressionist": (
        ("in an expressionist style", "in swirling, anxious strokes", "with twisted shapes"),
        ("dans un style expressionniste", "à grands traits tourmentés", "aux formes tordues"),
    ),
    "ukiyo-e": (
        ("as a Japanese print", "in ukiyo-e style", "in flat colour and fine lines"),
        ("en estampe japonaise", "dans le style ukiyo-e", "en aplats et traits fins"),
    ),
    "woodcut": (
        ("as a woodcut", "in a print with black lines", "cut in wood and printed"),
        ("en gravure sur bois", "dans une estampe aux traits noirs", "gravé puis imprimé"),
    ),
    "icon": (
        ("on a gold ground", "as an icon", "with gold leaf behind"),
        ("sur fond d'or", "comme une icône", "sur une feuille d'or"),
    ),
    "watercolour": (
        ("in watercolour", "in thin washes on paper", "as a light watercolour"),
        ("à l'aquarelle", "en lavis légers sur papier", "dans une aquarelle légère"),
    ),
    "geometric": (
        ("as a geometric abstraction", "in flat shapes", "built of rectangles and plain colour"),
        ("en abstraction géométrique", "en formes plates", "fait de rectangles et d'aplats"),
    ),
}
_PATTERNS: tuple[tuple[tuple[str, float], ...], ...] = (
    (
        ("{things}{where}{when}{hand}.", 3),
        ("{a} {genre} with {things}{when}{hand}.", 2),
        ("This {genre} shows {things}{where}{when}.", 2),
        ("{things}{hand}, {mood} in mood.", 1),
        ("{palette}: {things}{when}.", 1),
        ("{genre}{hand}, {mood} in mood, {palette}.", 1),
        ("We see {things}{where}{when}{hand}.", 2),
        ("{main}{hand}.", 1),
        ("{related}{when}{hand}.", 3),
        ("{things} by {painter}.", 1),
        ("{a} {genre} by {painter}{hand}.", 0.7),
        ("{a} {genre} of the {school}: {things}.", 0.7),
        ("{things}{where}, but no {absent}{hand}.", 1.2),
    ),
    (
        ("{things}{where}{when}{hand}.", 3),
        ("{genre} avec {things}{when}{hand}.", 2),
        ("Ce tableau montre {things}{where}{when}.", 2),
        ("{things}{hand}, dans une ambiance {mood}.", 1),
        ("{palette} pour {things}{when}.", 1),
        ("{genre}, dans une ambiance {mood}{hand}, {palette}.", 1),
        ("On voit {things}{where}{when}{hand}.", 2),
        ("{main}{hand}.", 1),
        ("{related}{when}{hand}.", 3),
        ("{things}, par {painter}.", 1),
        ("{genre} de {painter}{hand}.", 0.7),
        ("{genre}, école « {school} » : {things}.", 0.7),
        ("{things}{where}, mais sans {absent}{hand}.", 1.2),
    ),
)


def english(scene: Scene, rng: Generator) -> str:
    """A sentence in English."""
    return _sentence(scene, 0, rng)


def french(scene: Scene, rng: Generator) -> str:
    """A sentence in French."""
    return _sentence(scene, 1, rng)


def _sentence(scene: Scene, language: int, rng: Generator) -> str:
    coloured = bool(rng.random() < 0.85)
    hands = HANDS[scene.style][language]
    patterns, shares = zip(*_PATTERNS[language], strict=True)
    weights = [share / sum(shares) for share in shares]
    pattern = patterns[int(rng.choice(len(patterns), p=weights))]
    text = pattern.format(
        things=_things(scene, language, coloured, rng),
        main=_main(scene, language, coloured, rng),
        related=_related(scene, language, coloured, rng),
        a="An" if words.GENRES[scene.genre][0][0] in "aeiou" else "A",
        genre=words.GENRES[scene.genre][language],
        where=_where(scene, language, rng),
        when=_when(scene, language, rng),
        hand=f", {hands[int(rng.integers(len(hands)))]}" if rng.random() < 0.6 else "",
        mood=words.MOODS[scene.mood][language],
        palette=words.PALETTES[scene.palette][language],
        painter=scene.painter.name,
        school=scene.painter.school,
        absent=_absent(scene, language, rng),
    )
    return text[0].upper() + text[1:]


def _main(scene: Scene, language: int, coloured: bool, rng: Generator) -> str:
    """The main subject; a sacred figure by its name as often as by its looks."""
    if scene.figure and rng.random() < 0.5:
        figure = FIGURES[scene.figure]
        name = (figure.name, figure.fr)[language]
        if figure.kind != "saint":
            return name
        saint = ("Saint", ("Saint", "Sainte")[figure.sex == "f"])[language]
        return f"{saint} {name}"
    return NAMES[language](scene.things[0], coloured)


def _things(scene: Scene, language: int, coloured: bool, rng: Generator) -> str:
    told = list(scene.things)
    while len(told) > 1 and rng.random() < 0.25:
        told.pop()
    names = [NAMES[language](thing, coloured) for thing in told]
    return listed([_main(scene, language, coloured, rng), *names[1:]], language)


def _related(scene: Scene, language: int, coloured: bool, rng: Generator) -> str:
    if not scene.relations:
        return _things(scene, language, coloured, rng)
    first, relation, second = scene.relations[int(rng.integers(len(scene.relations)))]
    name = NAMES[language]
    things = scene.things
    return related(
        name(things[first], coloured), relation, name(things[second], coloured), language
    )


def _where(scene: Scene, language: int, rng: Generator) -> str:
    told = scene.setting not in ("wall", "canvas", "table") and rng.random() < 0.4
    return f" {words.SETTINGS[scene.setting][language]}" if told else ""


def _when(scene: Scene, language: int, rng: Generator) -> str:
    said = []
    if scene.hour and rng.random() < (0.25 if scene.hour == "day" else 0.7):
        said.append(words.HOURS[scene.hour][language])
    if scene.weather and rng.random() < (0.15 if scene.weather == "clear" else 0.75):
        said.append(words.WEATHERS[scene.weather][language])
    if scene.season and rng.random() < 0.45:
        said.append(words.SEASONS[scene.season][language])
    return "".join(f" {part}" for part in said[:2])


def _absent(scene: Scene, language: int, rng: Generator) -> str:
    """Something one might expect in the genre and does not find."""
    shown = {kind for t in scene.things for kind in (t.concept, *words.CONCEPTS[t.concept].broader)}
    usual = cast.CASTS[scene.genre] or cast.HELD
    names = [name for name in usual if name not in shown]
    broad = [kind for kind in ("boat", "person", "tree", "animal", "flower") if kind not in shown]
    name = str(rng.choice(broad if broad and rng.random() < 0.4 else names or ["dragon"]))
    concept = words.CONCEPTS[name]
    return (concept.en_plural, concept.fr_plural)[language]
