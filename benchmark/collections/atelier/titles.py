"""Catalogue titles: as in a museum, most do not say what the picture shows."""

from __future__ import annotations

from numpy.random import Generator

from benchmark.collections.atelier.scene import Scene
from benchmark.collections.atelier.vocabulary import CONCEPTS

_PLACES = ("Sauveterre", "Valdorme", "Grauhafen", "Port-Brenne", "Ollmark", "Castelvert")
_EVASIVE = (
    "Untitled",
    "Study no. {number}",
    "Sketch for a larger work",
    "Recollection",
    "At {place}",
    "Near {place}",
    "Impression, {place}",
    "Composition {number}",
    "From the artist's window",
    "Souvenir of {place}",
    "Variation on a theme",
    "Silence",
    "Homage to a friend",
    "The Letter to {place}",
    "A Thought",
    "Opus {number}",
)
_BY_GENRE: dict[str, tuple[str, ...]] = {
    "landscape": ("View of {place}", "The Road to {place}", "Inland", "The Valley"),
    "marine": ("The Bay at {place}", "Off {place}", "The Crossing", "Salt"),
    "cityscape": ("A Corner of {place}", "The Quarter", "Where I Lived in {place}"),
    "still life": ("Still Life", "On the Table", "The Studio", "Arrangement no. {number}"),
    "vanitas": ("Memento", "All Things Pass", "The Hour"),
    "portrait": ("Portrait", "The Sitter", "A Friend from {place}", "The Heir of {place}"),
    "figures": ("The Meeting", "Company near {place}", "The Visit", "After {place}"),
    "interior": ("The Room", "Indoors", "Rue {place}, second floor"),
    "sacred": ("Altar wing", "Panel from {place}", "Fragment of a polyptych", "Study of drapery"),
    "nocturne": ("Late", "The Small Hours", "{place} after dark"),
    "abstract": ("Composition", "Construction no. {number}", "Rhythm {number}"),
    "animals": ("In the Fields", "Companions", "The Meadow near {place}"),
}


def title(scene: Scene, rng: Generator) -> str:
    """A title: about a third name the main subject, the rest hold it back."""
    number = int(rng.integers(2, 30))
    place = str(rng.choice(_PLACES))
    draw = rng.random()
    if draw < 0.3 and scene.genre not in ("sacred", "abstract"):
        return _naming(scene, place, rng)
    choices = _BY_GENRE[scene.genre] if draw < 0.6 else _EVASIVE
    return str(rng.choice(choices)).format(number=number, place=place)


def _naming(scene: Scene, place: str, rng: Generator) -> str:
    main = scene.things[0]
    concept = CONCEPTS[main.concept]
    noun = (concept.en if main.count == 1 else concept.en_plural).title()
    draw = rng.random()
    if "person" in concept.broader:
        return f"{noun} of {place}" if draw < 0.6 else f"Study of a {concept.en.title()}"
    if draw < 0.3 and main.colour:
        return f"The {main.colour.title()} {noun}"
    if draw < 0.6:
        return f"{noun} near {place}"
    return f"The {noun}" if draw < 0.85 else f"{noun}, Study no. {int(rng.integers(2, 9))}"
