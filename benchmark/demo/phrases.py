"""What the page says, in two languages."""

from __future__ import annotations

from typing import Literal

from benchmark.collections.triples_in_words import verb

Language = Literal["en", "fr"]

_WORDS: dict[str, tuple[str, str]] = {
    "ask": ("What are you looking for?", "Que cherchez-vous ?"),
    "hint": ("a boat on the sea", "un bateau sur la mer"),
    "go on": ("Go on: but at night, without people …", "Continuez : mais la nuit, sans personne …"),
    "send": ("Search", "Chercher"),
    "empty": ("Say what to look for.", "Dites ce qu'il faut chercher."),
    "cut": (
        "Only the first 2,000 characters were read.",
        "Seuls les 2 000 premiers caractères ont été lus.",
    ),
    "paintings": ("paintings", "tableaux"),
    "beside": ("Side by side", "Côte à côte"),
    "first": ("Submission", "Soumission"),
    "second": ("Second submission", "Seconde soumission"),
    "not ready": ("Not ready on this machine", "Pas prêtes sur cette machine"),
    "looking": ("Looking for what is ready …", "Recherche de ce qui est prêt …"),
    "none ready": ("No submission is ready.", "Aucune soumission n'est prête."),
    "searching": ("Searching …", "Recherche …"),
    "nothing": ("Nothing found.", "Rien trouvé."),
    "like": ("Like", "J'aime"),
    "reject": ("Not this", "Pas celui-ci"),
    "more": ("More like this", "Plus comme celui-ci"),
    "like it": ("more like that one", "plus comme celui-là"),
    "why": ("Why", "Pourquoi"),
    "unmoved": (
        "likes do not move this submission, which has no embeddings; what you reject is left out",
        "vos goûts ne déplacent pas cette soumission, qui n'a pas d'images encodées ; "
        "ce que vous refusez est écarté",
    ),
    "measured": ("measured", "mesuré"),
    "estimated": ("estimated", "estimé"),
    "export": ("Download this talk", "Télécharger cet échange"),
    "anew": ("New talk", "Nouvel échange"),
    "untitled": ("Untitled", "Sans titre"),
    "score": ("score", "score"),
    "talk": ("The talk so far", "L'échange"),
    "choose": (
        "Nothing leaves this machine. Like, reject or point at what is found, and go on.",
        "Rien ne quitte cette machine. Aimez, refusez ou désignez ce qui est trouvé, et continuez.",
    ),
}
_SAYS: dict[str, tuple[str, str]] = {
    "P62_depicts": ("shows", "montre"),
    "P180": ("shows", "montre"),
    "figure": ("figure", "figure"),
    "creator": ("by", "de"),
    "P170": ("by", "de"),
    "P50": ("by", "de"),
    "genre": ("genre", "genre"),
    "P136": ("genre", "genre"),
    "style": ("style", "style"),
    "P135": ("movement", "mouvement"),
    "dateCreated": ("date", "date"),
    "P571": ("date", "date"),
    "name": ("title", "titre"),
    "broader": ("is a kind of", "est une sorte de"),
    "attribute": ("is known by", "se reconnaît à"),
    "pupilOf": ("pupil of", "élève de"),
    "P107i_is_current_or_former_member_of": ("of the school", "de l'école"),
    "label": ("is called", "s'appelle"),
    "prefLabel": ("is called", "s'appelle"),
    "altLabel": ("is also called", "s'appelle aussi"),
}


def count(number: int, language: Language) -> str:
    """A whole number, with its thousands apart."""
    return f"{number:,}".replace(",", "\u202f") if language == "fr" else f"{number:,}"


def word(name: str, language: Language) -> str:
    """A label of the page."""
    return _WORDS[name][language == "fr"]


def says(predicate: str, language: str) -> str:
    """What a graph's predicate means, by the last part of its address; that part where unknown."""
    known = _SAYS.get(predicate)
    return known[language == "fr"] if known else verb(predicate)
