"""The things of a scene: what is asked for, then what its genre and setting bring."""

from __future__ import annotations

from random import Random

from benchmark.collections.atelier import cast
from benchmark.collections.atelier.carry import carry
from benchmark.collections.atelier.painters import Figure
from benchmark.collections.atelier.scene import MANY, Thing
from benchmark.collections.atelier.scene_request import HEAVENLY, Ask, SceneRequest, pick, single
from benchmark.collections.atelier.vocabulary import CONCEPTS, is_a

_MOST_SINGLES = 10


def sacred(figure: Figure, rng: Random) -> tuple[Thing, ...]:
    """The figure first, then what it is known by."""
    armed = figure.dress == "armour" and figure.sex == "m"
    person = "knight" if armed else "woman" if figure.sex == "f" else "man"
    # Ordinary colours: saints change their robes from picture to picture, never attributes.
    free = figure.dress in ("robe", "tunic", "deacon") and rng.random() < 0.4
    colour = rng.choice(("red", "blue", "green", "white")) if free else figure.colour
    things = [Thing(person, "" if armed else colour, 1)]
    for attribute, carrier in ((figure.holds, 0), (figure.beside, -1)):
        if attribute:
            concept, count = attribute
            things.append(Thing(concept, rng.choice(CONCEPTS[concept].colours), count, carrier))
    return tuple(things)


def populate(
    genre: str, setting: str, hour: str, weather: str, request: SceneRequest, rng: Random
) -> tuple[Thing, ...]:
    """The things of a scene: what is asked for, then what the genre brings."""
    offered = cast.OFFERS[setting]
    pool = {
        name: share
        for name, share in cast.CASTS[genre].items()
        if (offered & set(CONCEPTS[name].places) or (genre, name) in (("animals", "owl"),))
        and not any(is_a(name, kind) for kind in request.absent)
        and _plausible(name, setting, hour, weather)
    }
    if not pool:
        return ()
    leads = {name: share for name, share in pool.items() if name in cast.LEADS.get(genre, pool)}
    things: list[Thing] = []
    carried: list[Ask] = []
    for ask in request.things:
        kinds = {
            name: share
            for name, share in pool.items()
            if is_a(name, ask.concept) and ask.colour in (None, *CONCEPTS[name].colours)
        }
        if kinds and not (request.relation == "holding" and ask is request.things[-1]):
            if request.relation in ("holding", "riding"):  # one holds or rides one
                ask = Ask(ask.concept, ask.colour, 1)
            things.append(single(pick(rng, kinds), ask, things, rng, first=not things))
        elif any(is_a(name, ask.concept) for name in cast.HELD):
            carried.append(ask)
        elif ask.concept not in HEAVENLY:
            return ()
    if leads and (not things or things[0].concept not in leads):
        if genre in cast.LEADS:
            things.insert(0, single(pick(rng, leads), Ask(""), things, rng, first=True))
        elif not things:
            things.append(single(pick(rng, leads), Ask(""), things, rng, first=True))
    joining = rng.choice(cast.JOINING[genre])
    if genre == "figures" and sum(t.count for t in things if t.concept in cast.HOLDERS) < 2:
        people = {name: share for name, share in pool.items() if name in cast.HOLDERS}
        if not people:
            return ()
        things.append(single(pick(rng, people), Ask(""), things, rng, first=False))
        joining -= 1
    for _ in range(joining):
        name = pick(rng, pool)
        others = [thing for thing in things if thing.concept == name]
        alike = bool(others) and (len(CONCEPTS[name].colours) < 2 or CONCEPTS[name].most < 2)
        asked = others and any(ask.count for ask in request.things if is_a(name, ask.concept))
        if not (alike or asked or len(others) > 1):
            things.append(single(name, Ask(""), things, rng, first=False))
    if genre == "portrait":  # of one sitter
        things = [Thing(thing.concept, thing.colour, 1) for thing in things]
        if len(things) > 1:
            return ()
    things += _heavens(setting, hour, weather, request, rng)
    things = carry(genre, setting, weather, things, carried, request, rng)
    fits = sum(max(1, thing.count) for thing in things) <= _MOST_SINGLES
    return tuple(things) if fits else ()


def _plausible(name: str, setting: str, hour: str, weather: str) -> bool:
    if name == "rainbow":
        return hour in ("day", "dusk", "dawn") and weather in ("clear", "rain")
    if name in ("balloon", "songbird", "eagle"):
        return weather not in ("storm", "fog", "snow")
    if name == "palm tree":
        return weather != "snow"
    if name in ("wheat sheaf", "sunflower"):
        return setting in ("fields", "garden", "table") and weather != "snow"
    if setting == "desert":
        return name not in ("fir", "oak", "waterfall", "swan", "windmill", "barn", "cow", "fence")
    if setting in ("street", "square") and name == "train":
        return setting == "street"
    return True


def _heavens(
    setting: str, hour: str, weather: str, request: SceneRequest, rng: Random
) -> list[Thing]:
    """What shines in the sky, where the weather lets it be seen."""
    if setting in cast.INDOORS or weather != "clear":
        return []
    asked = {ask.concept for ask in request.things}
    if hour == "night":
        found = [Thing("star", "", MANY)]
        for name, share in (("moon", 0.65), ("comet", 0.08)):
            if name in asked or (rng.random() < share and name not in request.absent):
                found.append(Thing(name, "", 1))
        return found
    likely = 0.6 if hour in ("dawn", "dusk") else 0.2
    if "sun" in asked or (rng.random() < likely and "sun" not in request.absent):
        return [Thing("sun", "", 1)]
    return []
