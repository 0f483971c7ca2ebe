"""The colours of sky, ground and wall that season, hour and weather make."""

from __future__ import annotations

from benchmark.collections.atelier.circumstances import Circumstances
from benchmark.collections.atelier.pen import RGB, mix

_SKIES: dict[str, tuple[RGB, RGB]] = {
    "day": ((78, 144, 214), (208, 230, 242)),
    "dawn": ((164, 176, 220), (254, 212, 200)),
    "dusk": ((86, 62, 124), (252, 140, 54)),
    "night": ((10, 14, 44), (40, 54, 104)),
}
_HEAVY: dict[str, tuple[RGB, RGB]] = {
    "storm": ((38, 42, 56), (112, 116, 122)),
    "rain": ((98, 108, 122), (166, 174, 180)),
    "snow": ((160, 170, 186), (218, 224, 232)),
    "fog": ((192, 196, 200), (216, 218, 218)),
}
_GROUNDS: dict[str, RGB] = {
    "spring": (142, 188, 94),
    "summer": (122, 160, 62),
    "autumn": (186, 142, 72),
    "winter": (234, 238, 246),
    "": (150, 164, 96),
}
_TINTS: dict[str, tuple[float, float, float]] = {
    "dawn": (1.0, 0.93, 0.95),
    "dusk": (1.0, 0.8, 0.7),
    "night": (0.5, 0.54, 0.74),
}
# Walls: a few for each palette, so that nothing but the palette follows from them.
_WALLS: dict[str, tuple[RGB, ...]] = {
    "warm": ((176, 118, 84), (188, 148, 92), (150, 84, 70)),
    "cool": ((108, 132, 146), (120, 142, 128), (98, 108, 140)),
    "bright": ((84, 156, 160), (226, 176, 92), (206, 120, 116)),
    "muted": ((140, 130, 116), (122, 126, 122), (150, 140, 126)),
    "dark": ((52, 42, 38), (42, 46, 52), (58, 40, 34)),
}
_WILD: tuple[RGB, ...] = ((240, 150, 60), (232, 100, 120), (60, 170, 140), (150, 90, 180))


def tint(look: Circumstances) -> tuple[float, float, float]:
    """What the hour leaves of each colour: red, green, blue."""
    r, g, b = _TINTS.get(look.hour, (1.0, 1.0, 1.0))
    if look.weather == "storm":
        return r * 0.84, g * 0.86, b * 0.9
    return r, g, b


def wild(look: Circumstances) -> bool:
    """Whether ground and sky may leave nature's colours behind."""
    return look.style in ("fauve", "expressionist") and not look.night


def sky(look: Circumstances) -> tuple[RGB, RGB]:
    """The sky at the zenith and at the horizon."""
    high, low = _SKIES[look.hour]
    if look.weather in _HEAVY:
        share = 0.5 if look.night else 0.75
        heavy = _HEAVY[look.weather]
        return mix(high, heavy[0], share), mix(low, heavy[1], share)
    if wild(look) and look.hour == "day":
        if look.style == "expressionist":
            return (46, 70, 120), (246, 170, 70)
        return (64, 186, 204), (252, 224, 130)
    return high, low


def ground(look: Circumstances) -> RGB:
    """The colour of what things stand on."""
    colour = _GROUNDS[look.season]
    if look.setting in ("beach", "desert"):
        colour = (230, 206, 154) if look.season != "winter" else (236, 232, 226)
    elif look.setting in ("street", "square", "harbour"):
        colour = (184, 172, 154) if look.season != "winter" else (232, 234, 240)
    if wild(look) and look.season != "winter":
        colour = mix(colour, _WILD[look.variant % 4], 0.6)
    return colour


def sea(look: Circumstances) -> RGB:
    """Water, before the sky is mirrored in it."""
    if look.weather == "storm":
        return (44, 72, 86)
    if wild(look):
        return (22, 150, 150) if look.style == "fauve" else (40, 60, 120)
    return ((44, 98, 140), (38, 112, 130), (60, 104, 160))[look.variant % 3]


def wall(look: Circumstances) -> RGB:
    """A wall, or the ground of an abstract picture."""
    walls = _WALLS[look.palette]
    return walls[look.variant % len(walls)]


def table(look: Circumstances) -> RGB:
    """A table's wood or cloth."""
    woods = {
        "warm": (140, 84, 50), "cool": (150, 158, 166), "bright": (246, 236, 214),
        "muted": (168, 156, 136), "dark": (74, 48, 34),
    }  # fmt: skip
    return woods[look.palette]
