"""Sampling: the scene of a seed, freely or as somebody asks for it."""

from __future__ import annotations

from functools import cache
from random import Random

from benchmark.collections.atelier import cast, layout, relations
from benchmark.collections.atelier.character import hand, mood_of, palette_of
from benchmark.collections.atelier.painters import FIGURES
from benchmark.collections.atelier.populate import populate, sacred
from benchmark.collections.atelier.scene import Scene
from benchmark.collections.atelier.scene_request import HEAVENLY, SceneRequest, pick
from benchmark.collections.atelier.vocabulary import is_a

NOTHING = SceneRequest()


def sample_scene(seed: int, request: SceneRequest = NOTHING) -> Scene:
    """The scene of a seed and a request: always the same one."""
    rng = Random(f"{seed}/{request}" if request is not NOTHING else seed)
    for _ in range(40):
        scene = _attempt(seed, request, rng)
        if scene is not None:
            return scene
    if request is NOTHING:
        raise RuntimeError(f"seed {seed} gives no scene")
    return sample_scene(seed)


def _attempt(seed: int, request: SceneRequest, rng: Random) -> Scene | None:
    wanted = request.facts
    figure = FIGURES.get(wanted.get("figure", ""))
    genre = "sacred" if figure else wanted.get("genre") or _genre(request, rng)
    painter, style = hand(genre, request.facts, rng)
    settings = cast.settings_of(genre, style)
    setting = wanted.get("setting") or pick(rng, settings)
    if setting not in settings:
        return None
    hour = weather = season = ""
    if setting not in cast.INDOORS and style != "icon":
        asked = {ask.concept for ask in request.things} & set(HEAVENLY)
        usual = "night" if genre == "nocturne" else pick(rng, cast.HOUR_SHARES)
        if asked:
            usual = rng.choice(("dawn", "day", "dusk")) if "sun" in asked else "night"
        hour = wanted.get("hour") or usual
        weather = wanted.get("weather") or ("clear" if asked else pick(rng, cast.WEATHER_SHARES))
        season = wanted.get("season") or pick(rng, cast.SEASON_SHARES)
        season = "winter" if weather == "snow" else season
    if genre == "sacred":
        figure = figure or rng.choice(list(FIGURES.values()))
        things = sacred(figure, rng)
    else:
        figure = None
        things = populate(genre, setting, hour, weather, request, rng)
    if not things or any(is_a(t.concept, kind) for t in things for kind in request.absent):
        return None
    aspect = rng.choice(cast.ASPECTS[genre])
    places = layout.arrange(genre, setting, things, aspect, rng)
    if places is None:
        return None
    trees = any(is_a(thing.concept, "tree") for thing in things)
    if not (trees or setting in cast.LAND or weather == "snow") or style == "icon":
        season = ""
    palette = palette_of(painter, style, genre, hour, weather, things)
    year = rng.randrange(painter.born + 20, painter.died)
    return Scene(
        seed=seed,
        genre=genre,
        setting=setting,
        things=things,
        main=relations.main(things, places),
        places=places,
        relations=relations.relations(genre, things, places),
        figure=figure.name if figure else "",
        season=season,
        hour=hour,
        weather=weather,
        mood=mood_of(genre, hour, weather, season, palette, style, things),
        palette=palette,
        style=style,
        painter=painter,
        year=year,
        aspect=aspect,
    )


def _genre(request: SceneRequest, rng: Random) -> str:
    """A genre whose cast, setting, hour and hand can grant the request."""
    fitting = {
        genre: share
        for genre, share in cast.GENRE_SHARES.items()
        if all(_in_cast(ask.concept, genre) for ask in request.things)
        and (not request.things or genre != "sacred")
        and request.facts.get("setting", "") in ("", *cast.SETTINGS_OF[genre])
        and (genre == "nocturne") <= (request.facts.get("hour", "night") == "night")
        and request.facts.get("style", "academic" if genre != "abstract" else "cubist")
        in cast.HANDS_OF[genre]
    }
    return pick(rng, fitting or cast.GENRE_SHARES)


@cache
def _in_cast(concept: str, genre: str) -> bool:
    held = cast.HELD if genre in ("portrait", "figures") else ()
    sky = HEAVENLY if genre not in cast.LEADS else ()
    return any(is_a(name, concept) for name in (*cast.CASTS[genre], *held, *sky))
