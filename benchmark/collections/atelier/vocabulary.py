"""What the atelier can depict and the words for it, in English and French."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Concept:
    """A depictable thing: its broader concepts (nearest first) and its names."""

    name: str
    broader: tuple[str, ...]
    en: str
    en_plural: str
    fr: str
    fr_plural: str
    feminine: bool
    colours: tuple[str, ...] = ("",)
    most: int = 1


def _concept(
    names: str, broader: str, gender: str, colours: str = "", most: int = 1
) -> tuple[str, Concept]:
    en, en_plural, fr, fr_plural = names.split("/")
    palette = tuple(colours.split()) or ("",)
    kin = tuple(broader.split("<"))
    return en, Concept(en, kin, en, en_plural, fr, fr_plural, gender == "f", palette, most)


# "most" is the highest count that still reads as a number and not as a crowd.
CONCEPTS: dict[str, Concept] = dict(
    (
        _concept("boat/boats/bateau/bateaux", "vehicle", "m", "red blue white green yellow", 5),
        _concept("house/houses/maison/maisons", "building", "f", "white red yellow blue", 5),
        _concept("church/churches/église/églises", "building", "f", "white grey brown"),
        _concept("windmill/windmills/moulin/moulins", "building", "m", "white brown red", 3),
        _concept("lighthouse/lighthouses/phare/phares", "building", "m", "white red yellow"),
        _concept("bridge/bridges/pont/ponts", "structure", "m", "grey red brown"),
        _concept("tree/trees/arbre/arbres", "plant", "m", "", 5),
        _concept("mountain/mountains/montagne/montagnes", "landform", "f", "", 3),
        _concept("moon/moons/lune/lunes", "heavenly body", "f"),
        _concept("sun/suns/soleil/soleils", "heavenly body", "m"),
        _concept("horse/horses/cheval/chevaux", "quadruped<animal", "m", "white black brown", 4),
        _concept("cow/cows/vache/vaches", "quadruped<animal", "f", "brown black white", 4),
        _concept("dog/dogs/chien/chiens", "quadruped<animal", "m", "white black brown", 3),
        _concept("bird/birds/oiseau/oiseaux", "animal", "m", "white black red blue yellow", 5),
        _concept("fish/fish/poisson/poissons", "animal", "m", "red blue grey yellow", 3),
        _concept("woman/women/femme/femmes", "person", "f", "red blue green white black", 2),
        _concept("man/men/homme/hommes", "person", "m", "red blue green white black", 2),
        _concept("apple/apples/pomme/pommes", "fruit", "f", "red green yellow", 5),
        _concept("pear/pears/poire/poires", "fruit", "f", "green yellow", 5),
        _concept("vase/vases/vase/vases", "vessel", "m", "blue white brown green"),
        _concept("flower/flowers/fleur/fleurs", "plant", "f", "red yellow white blue", 5),
        _concept("candle/candles/bougie/bougies", "light", "f", "", 3),
        _concept("skull/skulls/crâne/crânes", "emblem of death", "m"),
        _concept("book/books/livre/livres", "household object", "m", "red blue green brown", 3),
    )
)

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
    "vanitas": ("vanitas", "vanité"),
    "portrait": ("portrait", "portrait"),
    "animals": ("animal picture", "peinture animalière"),
}
MANNERS: dict[str, tuple[str, str]] = {
    "academic": ("academic", "académique"),
    "impressionist": ("impressionist", "impressionniste"),
    "pointillist": ("pointillist", "pointilliste"),
    "woodcut": ("woodcut", "gravure sur bois"),
    "fauve": ("fauvist", "fauve"),
    "watercolour": ("watercolour", "aquarelle"),
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
NUMBERS: dict[int, tuple[str, str]] = {
    2: ("two", "deux"),
    3: ("three", "trois"),
    4: ("four", "quatre"),
    5: ("five", "cinq"),
}
