"""What the atelier can depict and the words for it, in English and French."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

WORLD = Path(__file__).parent / "world"


@dataclass(frozen=True)
class Concept:
    """A thing that can be asked for; one without `places` is only a broader concept.

    `broader` are the concepts above it, nearest first. `most` is the highest count that still
    reads as a number. `height` is its usual share of the picture's height, `ratio` its width
    over its height.
    """

    name: str
    broader: tuple[str, ...]
    en: str
    en_plural: str
    fr: str
    fr_plural: str
    feminine: bool
    colours: tuple[str, ...]
    most: int
    places: tuple[str, ...]
    height: float
    ratio: float


def _read() -> dict[str, Concept]:
    with (WORLD / "concepts.csv").open(encoding="utf-8", newline="") as lines:
        rows = {row["name"]: row for row in csv.DictReader(lines)}

    def above(name: str) -> tuple[str, ...]:
        broader = rows[name]["broader"]
        return (broader, *above(broader)) if broader else ()

    return {
        name: Concept(
            name=name,
            broader=above(name),
            en=name,
            en_plural=row["plural"],
            fr=row["fr"],
            fr_plural=row["fr_plural"],
            feminine=row["gender"] == "f",
            colours=tuple(row["colours"].split()) or ("",),
            most=int(row["most"]),
            places=tuple(row["places"].split()),
            height=float(row["height"] or 0),
            ratio=float(row["ratio"] or 1),
        )
        for name, row in rows.items()
    }


CONCEPTS = _read()
DEPICTABLE = tuple(name for name, concept in CONCEPTS.items() if concept.places)


def is_a(concept: str, kind: str) -> bool:
    """Whether a concept is a kind or stands below it."""
    return concept == kind or kind in CONCEPTS[concept].broader


# name: (rgb, English, French masculine, feminine, masculine plural, feminine plural)
COLOURS: dict[str, tuple[tuple[int, int, int], str, str, str, str, str]] = {
    "red": ((200, 38, 34), "red", "rouge", "rouge", "rouges", "rouges"),
    "yellow": ((236, 190, 40), "yellow", "jaune", "jaune", "jaunes", "jaunes"),
    "green": ((46, 132, 62), "green", "vert", "verte", "verts", "vertes"),
    "blue": ((36, 78, 178), "blue", "bleu", "bleue", "bleus", "bleues"),
    "white": ((242, 240, 230), "white", "blanc", "blanche", "blancs", "blanches"),
    "black": ((38, 36, 40), "black", "noir", "noire", "noirs", "noires"),
    "brown": ((134, 84, 44), "brown", "brun", "brune", "bruns", "brunes"),
    "grey": ((146, 148, 152), "grey", "gris", "grise", "gris", "grises"),
}

# Each value of an attribute: its name in English and in French.
GENRES: dict[str, tuple[str, str]] = {
    "landscape": ("landscape", "paysage"),
    "marine": ("marine", "marine"),
    "cityscape": ("townscape", "vue de ville"),
    "still life": ("still life", "nature morte"),
    "portrait": ("portrait", "portrait"),
    "figures": ("scene with figures", "scène à personnages"),
    "interior": ("interior", "scène d'intérieur"),
    "animals": ("animal picture", "peinture animalière"),
    "sacred": ("sacred or mythological figure", "figure sacrée ou mythologique"),
    "vanitas": ("vanitas", "vanité"),
    "nocturne": ("nocturne", "nocturne"),
    "abstract": ("abstract composition", "composition abstraite"),
}
SETTINGS: dict[str, tuple[str, str]] = {
    "open sea": ("on the open sea", "en pleine mer"),
    "harbour": ("in a harbour", "dans un port"),
    "beach": ("on a beach", "sur une plage"),
    "river": ("by a river", "au bord d'une rivière"),
    "lake": ("by a lake", "au bord d'un lac"),
    "fields": ("in the fields", "dans les champs"),
    "meadow": ("in a meadow", "dans un pré"),
    "desert": ("in the desert", "dans le désert"),
    "garden": ("in a garden", "dans un jardin"),
    "village": ("in a village lane", "dans un chemin de village"),
    "street": ("in a street", "dans une rue"),
    "square": ("on a town square", "sur une place"),
    "table": ("on a table", "sur une table"),
    "room": ("in a room", "dans une chambre"),
    "chapel": ("in a chapel", "dans une chapelle"),
    "wall": ("before a plain wall", "devant un mur nu"),
    "canvas": ("on a plain ground", "sur un fond uni"),
}
STYLES: dict[str, tuple[str, str]] = {
    "academic": ("academic", "académique"),
    "tenebrist": ("tenebrist", "ténébriste"),
    "impressionist": ("impressionist", "impressionniste"),
    "pointillist": ("pointillist", "pointilliste"),
    "cubist": ("cubist", "cubiste"),
    "fauve": ("fauvist", "fauve"),
    "expressionist": ("expressionist", "expressionniste"),
    "ukiyo-e": ("ukiyo-e", "ukiyo-e"),
    "woodcut": ("woodcut", "gravure sur bois"),
    "icon": ("gold-ground icon", "icône à fond d'or"),
    "watercolour": ("watercolour", "aquarelle"),
    "geometric": ("geometric abstraction", "abstraction géométrique"),
}
HOURS: dict[str, tuple[str, str]] = {
    "dawn": ("at dawn", "à l'aube"),
    "day": ("in daylight", "en plein jour"),
    "dusk": ("at sunset", "au crépuscule"),
    "night": ("at night", "la nuit"),
}
SEASONS: dict[str, tuple[str, str]] = {
    "spring": ("in spring", "au printemps"),
    "summer": ("in summer", "en été"),
    "autumn": ("in autumn", "en automne"),
    "winter": ("in winter", "en hiver"),
}
WEATHERS: dict[str, tuple[str, str]] = {
    "clear": ("under a clear sky", "par temps clair"),
    "storm": ("in a storm", "sous l'orage"),
    "snow": ("in falling snow", "sous la neige"),
    "rain": ("in the rain", "sous la pluie"),
    "fog": ("in the fog", "dans la brume"),
}
MOODS: dict[str, tuple[str, str]] = {
    "calm": ("calm", "paisible"),
    "joyful": ("joyful", "joyeuse"),
    "melancholy": ("melancholy", "mélancolique"),
    "dramatic": ("dramatic", "dramatique"),
    "mysterious": ("mysterious", "mystérieuse"),
    "solemn": ("solemn", "grave"),
}
PALETTES: dict[str, tuple[str, str]] = {
    "warm": ("warm colours", "des tons chauds"),
    "cool": ("cool colours", "des tons froids"),
    "bright": ("bright colours", "des couleurs vives"),
    "muted": ("muted colours", "des tons sourds"),
    "dark": ("dark colours", "des tons sombres"),
}
RELATIONS: dict[str, tuple[str, str]] = {
    "left of": ("to the left of", "à gauche de"),
    "in front of": ("in front of", "devant"),
    "above": ("above", "au-dessus de"),
    "holding": ("holding", "tenant"),
    "riding": ("riding", "monté sur"),
}
NUMBERS: dict[int, tuple[str, str]] = {
    2: ("two", "deux"),
    3: ("three", "trois"),
    4: ("four", "quatre"),
    5: ("five", "cinq"),
    6: ("six", "six"),
    7: ("seven", "sept"),
}
