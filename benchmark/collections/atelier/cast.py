"""Which things, settings and hands belong to which genre, and how often each occurs."""

from __future__ import annotations

from benchmark.collections.atelier.vocabulary import CONCEPTS, STYLES

Shares = dict[str, float]


def _shares(text: str) -> Shares:
    pairs = (part.rsplit(":", 1) for part in " ".join(text.split()).split(", "))
    return {name: float(share) for name, share in pairs}


GENRE_SHARES = _shares(
    "landscape:18, marine:12, cityscape:10, still life:13, portrait:9, figures:9, interior:6, "
    "animals:8, sacred:9, vanitas:4, nocturne:6, abstract:5"
)
HOUR_SHARES = _shares("day:60, dawn:14, dusk:20, night:6")
WEATHER_SHARES = _shares("clear:64, storm:10, snow:9, rain:9, fog:8")
SEASON_SHARES = _shares("spring:24, summer:28, autumn:26, winter:22")
ASPECTS: dict[str, tuple[float, ...]] = {
    "landscape": (1.25, 1.4, 1.55),
    "marine": (1.25, 1.4, 1.6),
    "cityscape": (1.0, 1.2, 1.35),
    "still life": (1.0, 1.2, 1.3),
    "portrait": (0.74, 0.8, 0.86),
    "figures": (1.1, 1.25, 1.4),
    "interior": (1.0, 1.2, 1.3),
    "animals": (1.15, 1.3, 1.45),
    "sacred": (0.68, 0.74, 0.8),
    "vanitas": (1.0, 1.2),
    "nocturne": (1.2, 1.4),
    "abstract": (0.85, 1.0, 1.2),
}
SETTINGS_OF: dict[str, Shares] = {
    "landscape": _shares("fields:4, meadow:4, river:5, lake:3, desert:1, village:3, garden:1"),
    "marine": _shares("open sea:5, harbour:3, beach:3"),
    "cityscape": _shares("street:4, square:4, village:1"),
    "still life": _shares("table:1"),
    "portrait": _shares("wall:1"),
    "figures": _shares("meadow:3, village:2, room:2, beach:2, street:2, garden:2, square:1"),
    "interior": _shares("room:1"),
    "animals": _shares("meadow:4, fields:2, garden:2, lake:2, village:2, desert:1"),
    "sacred": _shares("chapel:3, wall:2, meadow:2, desert:2"),
    "vanitas": _shares("table:1"),
    "nocturne": _shares("open sea:2, harbour:2, village:2, street:2, river:2, meadow:2, lake:1"),
    "abstract": _shares("canvas:1"),
}
INDOORS = frozenset(("table", "room", "chapel", "wall", "canvas"))
WATERS = frozenset(("open sea", "harbour", "beach", "river", "lake"))
# The height of the horizon, or of the far edge of table or floor.
HORIZON: dict[str, float] = dict.fromkeys(
    ("harbour", "beach", "river", "lake", "fields", "meadow", "desert", "garden", "village"), 0.42
) | {
    "open sea": 0.46, "street": 0.36, "square": 0.36, "table": 0.34, "room": 0.3, "chapel": 0.2,
    "wall": 0.0, "canvas": 0.0,
}  # fmt: skip
# Where snow, meadow or leaves can show the season even without a tree.
LAND = frozenset(("fields", "meadow", "garden", "village", "river", "lake"))
# The places (see concepts.csv) that a setting offers.
OFFERS: dict[str, frozenset[str]] = {
    setting: frozenset(places.split())
    for setting, places in {
        "open sea": "water mount sky",
        "harbour": "water far land sky",
        "beach": "water far land mount sky",
        "river": "far land water span mount sky",
        "lake": "far land water mount sky",
        "fields": "far land mount sky",
        "meadow": "far land mount sky",
        "desert": "far land mount sky",
        "garden": "far land sky",
        "village": "far land mount sky",
        "street": "far land sky",
        "square": "far land sky",
        "table": "table vase",
        "room": "floor wall",
        "chapel": "land floor",
        "wall": "land floor",
        "canvas": "shape",
    }.items()
}

_RURAL = """house:5, church:3, windmill:4, castle:3, tower:2, barn:4, temple:2, ruined arch:3,
  oak:4, cypress:3, fir:3, palm tree:2, mountain:4, volcano:1.5, waterfall:2, cliff:1, horse:3,
  cow:2.5, sheep:2.5, donkey:2, deer:2, dog:1.5, rabbit:1, pig:1, woman:2, man:2, child:1,
  cart:2.5, wheat sheaf:2, well:1.5, fence:1, tent:2, train:2.5, bridge:6, balloon:2,
  songbird:1.5, swan:3, rowing boat:3, sailing boat:1, rainbow:1, sunflower:1.5, eagle:1.5"""
_COAST = """sailing boat:8, rowing boat:5, ship:5, lighthouse:3, cliff:2, volcano:1, mountain:1,
  house:2, church:1, tower:1, songbird:2, woman:1, man:1.5, child:1, palm tree:1, balloon:1,
  rainbow:1, dog:1, castle:1, eagle:1"""
_TOWN = """house:7, church:4, tower:3, castle:1, fountain:3, well:2, temple:2, woman:3, man:3,
  child:2, dog:2, cat:1, horse:2, donkey:1, cart:3, train:2, balloon:1, lantern:2, knight:1,
  oak:1, cypress:1, songbird:1"""
_TABLE = """apple:5, pear:4, orange:3, lemon:4, bunch of grapes:3, cherry:3, loaf of bread:3,
  cheese:3, egg:3, vase:2, jug:3, glass:3, bowl:3, basket:2, bottle:3, book:3, candle:3,
  fish:3, lobster:3, butterfly:1, key:1, lantern:1, letter:1.5, globe:1, hat:2, violin:3,
  lute:2, drum:1, scallop shell:1, daisy:3, rose:3, tulip:3, sunflower:3, lily:2, helmet:1,
  bell:1, lyre:1, bubble:0"""
_PEOPLE = "woman:5, man:5, child:4, knight:2, king:2, angel:2"
CASTS: dict[str, Shares] = {
    "landscape": _shares(_RURAL),
    "marine": _shares(_COAST),
    "cityscape": _shares(_TOWN),
    "still life": _shares(_TABLE),
    "portrait": _shares("woman:6, man:6, child:3, king:2, knight:2, angel:1"),
    "figures": _shares(
        f"{_PEOPLE}, dog:2, horse:2, donkey:2, cat:1, cart:1, basket:1, house:1, oak:2, well:1, "
        "fountain:1, tent:1, harp:1, chair:1, drum:1, snake:0.5, dragon:1, lantern:1, window:1"
    ),
    "interior": _shares(
        "chair:5, bed:4, window:4, mirror:3, clock:3, woman:4, man:3, child:3, cat:3, dog:2, harp:2"
    ),
    "animals": _shares(
        "horse:4, cow:4, dog:3, cat:3, sheep:4, donkey:3, deer:4, lion:4, pig:4, rabbit:4, swan:5, "
        "rooster:4, peacock:4, owl:3, snake:2, dragon:1, songbird:2, oak:1, fir:1, barn:1, fence:2"
    ),
    "sacred": {},
    "vanitas": _shares(
        "skull:7, hourglass:5, bubble:4, candle:4, book:3, crown:2, globe:2, lute:1, violin:1, "
        "glass:1.5, letter:1, scallop shell:1, key:1, rose:1, tulip:1, helmet:1, hat:0.5"
    ),
    "nocturne": {},
    "abstract": _shares("circle:5, square:5, triangle:5, ring:3, stripe:3, star:2"),
}
CASTS["nocturne"] = {
    name: max(CASTS[genre].get(name, 0.0) for genre in ("landscape", "marine", "cityscape"))
    for genre in ("landscape", "marine", "cityscape")
    for name in CASTS[genre]
}
# The first thing of these genres is one of a few.
LEADS: dict[str, tuple[str, ...]] = {
    "figures": ("woman", "man", "child", "knight", "king", "angel"),
    "vanitas": ("skull", "hourglass", "bubble", "candle"),
    "animals": tuple(
        name for name in CASTS["animals"] if CONCEPTS[name].broader[-1:] == ("animal",)
    ),
}
# How many further groups of things join the first.
JOINING: dict[str, tuple[int, ...]] = {
    "landscape": (1, 2, 2, 3),
    "marine": (0, 1, 1, 2),
    "cityscape": (1, 2, 2, 3),
    "still life": (1, 1, 2, 3),
    "portrait": (0,),
    "figures": (1, 1, 2),
    "interior": (1, 2, 2),
    "animals": (0, 0, 1, 1),
    "vanitas": (1, 2, 2, 3),
    "nocturne": (0, 1, 2),
    "abstract": (0, 1, 1, 2),
}
# What ordinary people may be shown holding, standing or sitting for a portrait.
HELD = _shares(
    "umbrella:3, book:3, letter:2, lute:2, violin:2, lily:1, rose:2, tulip:1, sword:1, glass:1, "
    "key:0.5, skull:1, bunch of grapes:0.5, apple:1, songbird:1, cat:1, lantern:1.5, bow:0.5"
)
HOLDERS = frozenset(("woman", "man", "child", "knight", "king", "angel"))
MOUNTS = ("horse", "donkey")
_NOT_IN = {
    "icon": "landscape marine cityscape interior still_life vanitas nocturne abstract",
    "geometric": "portrait figures interior sacred vanitas nocturne",
    "tenebrist": "landscape marine cityscape animals nocturne abstract",
    "ukiyo-e": "sacred vanitas abstract",
    "academic": "abstract",
    "woodcut": "abstract",
    "impressionist": "abstract vanitas sacred",
    "pointillist": "abstract vanitas sacred",
}
HANDS_OF: dict[str, tuple[str, ...]] = {
    genre: tuple(
        style for style in STYLES if genre.replace(" ", "_") not in _NOT_IN.get(style, "").split()
    )
    for genre in GENRE_SHARES
}


def settings_of(genre: str, style: str) -> Shares:
    """The settings of a genre in a style: the dark of the tenebrists swallows the open air."""
    settings = SETTINGS_OF[genre]
    if style != "tenebrist":
        return settings
    return {name: share for name, share in settings.items() if name in INDOORS}
