"""The colours of sky, ground and wall that season, hour and weather make."""

from __future__ import annotations

from benchmark.collections.atelier.pen import RGB, mix
from benchmark.collections.atelier.scene import Scene

_SKIES: dict[str, tuple[RGB, RGB]] = {
    "day": ((84, 148, 214), (206, 228, 240)),
    "dawn": ((172, 178, 216), (252, 212, 206)),
    "dusk": ((92, 62, 122), (250, 138, 52)),
    "night": ((10, 14, 44), (38, 52, 100)),
}
_HEAVY: dict[str, tuple[RGB, RGB]] = {
    "storm": ((40, 44, 58), (112, 116, 122)),
    "rain": ((98, 108, 122), (162, 170, 178)),
    "snow": ((160, 170, 186), (216, 222, 230)),
    "fog": ((190, 194, 198), (214, 216, 216)),
}
_GROUNDS: dict[str, RGB] = {
    "spring": (138, 182, 92),
    "summer": (120, 158, 62),
    "autumn": (180, 138, 70),
    "winter": (232, 236, 244),
    "": (170, 160, 142),
}
_TINTS: dict[str, tuple[float, float, float]] = {
    "day": (1.0, 1.0, 1.0),
    "dawn": (1.0, 0.93, 0.95),
    "dusk": (0.98, 0.78, 0.68),
    "night": (0.46, 0.5, 0.7),
}
_FAUVE: dict[str, RGB] = {
    "ground": (240, 150, 60),
    "far": (150, 80, 170),
    "sea": (24, 160, 150),
    "wall": (236, 110, 120),
    "table": (60, 150, 140),
    "street": (244, 190, 120),
}
_WALLS: tuple[RGB, ...] = ((116, 104, 90), (92, 106, 112), (130, 112, 76), (104, 88, 96))


def tint(scene: Scene) -> tuple[float, float, float]:
    """What the hour leaves of each colour: red, green, blue."""
    r, g, b = _TINTS.get(scene.hour, (1.0, 1.0, 1.0))
    if scene.weather == "storm":
        return r * 0.82, g * 0.84, b * 0.88
    return r, g, b


def sky(scene: Scene) -> tuple[RGB, RGB]:
    """The sky at the zenith and at the horizon."""
    high, low = _SKIES[scene.hour]
    if scene.weather in _HEAVY:
        share = 0.45 if scene.hour == "night" else 0.72
        heavy = _HEAVY[scene.weather]
        high, low = mix(high, heavy[0], share), mix(low, heavy[1], share)
    elif scene.manner == "fauve" and scene.hour == "day":
        high, low = (64, 190, 200), (252, 222, 120)
    return high, low


def surroundings(scene: Scene) -> dict[str, RGB]:
    """The colours of what lies around the things; a fauve's are not nature's."""
    ground = _GROUNDS[scene.season]
    wall = _WALLS[scene.seed % len(_WALLS)]
    if scene.palette == "dark":
        wall = mix(wall, (16, 12, 14), 0.66)
    colours: dict[str, RGB] = {
        "ground": ground,
        "far": mix(ground, (120, 150, 180), 0.45),
        "sea": (46, 98, 138) if scene.weather != "storm" else (44, 70, 84),
        "wall": wall,
        "table": (126, 86, 56) if scene.palette != "cool" else (122, 120, 124),
        "street": (176, 164, 146) if scene.season != "winter" else (232, 234, 240),
    }
    if scene.manner == "fauve":
        snowy = ("ground", "street") if scene.season == "winter" else ()
        colours |= {name: rgb for name, rgb in _FAUVE.items() if name not in snowy}
    if scene.manner == "watercolour" and scene.palette != "dark":
        colours["wall"] = mix(colours["wall"], (255, 250, 240), 0.6)
    return colours
