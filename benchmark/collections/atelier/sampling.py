"""Sampling: the scene of a seed, freely or as somebody wishes it."""

from __future__ import annotations

from functools import cache
from random import Random

from benchmark.collections.atelier import cast, layout, relations
from benchmark.collections.atelier.character import hand, mood_of, palette_of
from benchmark.collections.atelier.painters import FIGURES
from benchmark.collections.atelier.populate import populate, sacred
from benchmark.collections.atelier.scene import Scene
from benchmark.collections.atelier.vocabulary import is_a
from benchmark.collections.atelier.wish import HEAVENLY, Wish, pick

NOTHING = Wish()


def sample_scene(seed: int, wish: Wish = NOTHING) -> Scene:
    """The scene of a seed and a wish: always the same one."""
    rng = Random(f"{seed}/{wish}" if wish is not NOTHING else seed)
    for _ in range(40):
        scene = _attempt(seed, wish, rng)
        if scene is not None:
            return scene
    if wish is NOTHING:
        raise RuntimeError(f"seed {seed} gives no scene")
    return sample_scene(seed)


def _attempt(seed: int, wish: Wish, rng: Random) -> Scene | None:
    wanted = wish.facts
    figure = FIGURES.get(wanted.get("figure", ""))
    genre = "sacred" if figure else wanted.get("genre") or _genre(wish, rng)
    painter, style = hand(genre, wish.facts, rng)
    settings = cast.settings_of(genre, style)
    setting = wanted.get("setting") or pick(rng, settings)
    if setting not in settings:
        return None
    hour = weather = season = ""
    if setting not in cast.INDOORS and style != "icon":
        asked = {ask.concept for ask in wish.things} & set(HEAVENLY)
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
        things = populate(genre, setting, hour, weather, wish, rng)
    if not things or any(is_a(t.concept, kind) for t in things for kind in wish.absent):
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


def _genre(wish: Wish, rng: Random) -> str:
    """A genre whose cast, setting, hour and hand can grant the wish."""
    fitting = {
        genre: share
        for genre, share in cast.GENRE_SHARES.items()
        if all(_in_cast(ask.concept, genre) for ask in wish.things)
        and (not wish.things or genre != "sacred")
        and wish.facts.get("setting", "") in ("", *cast.SETTINGS_OF[genre])
        and (genre == "nocturne") <= (wish.facts.get("hour", "night") == "night")
        and wish.facts.get("style", "academic" if genre != "abstract" else "cubist")
        in cast.HANDS_OF[genre]
    }
    return pick(rng, fitting or cast.GENRE_SHARES)


@cache
def _in_cast(concept: str, genre: str) -> bool:
    held = cast.HELD if genre in ("portrait", "figures") else ()
    sky = HEAVENLY if genre not in cast.LEADS else ()
    return any(is_a(name, concept) for name in (*cast.CASTS[genre], *held, *sky))
