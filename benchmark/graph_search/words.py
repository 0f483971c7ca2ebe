"""Texts as words: split, folded, reduced to stems in English and French."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from snowballstemmer import stemmer

Language = Literal["en", "fr", ""]
"""Of a label; "" for names, which are the same in both."""
LANGUAGES: tuple[Language, ...] = ("en", "fr", "")

_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(Path(__file__).with_name("stop_words.txt").read_text(encoding="utf-8").split())
"""Words that say nothing of what is wanted, nor which painting: as they are folded."""


@dataclass(frozen=True)
class Word:
    """A word of a text: folded, and its stem by language. `place` counts all words of the text."""

    place: int
    folded: str
    stems: dict[Language, str]


def fold(text: str) -> str:
    """Small letters without accents: what one types in haste."""
    text = text.replace("œ", "oe").replace("æ", "ae").replace("Œ", "oe").replace("Æ", "ae")
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def folded(text: str) -> list[str]:
    """All words of a text, folded, those that say nothing too."""
    return [fold(found) for found in _WORD.findall(unicodedata.normalize("NFC", text))]


def words(text: str) -> list[Word]:
    """The words of a text that say something, in order."""
    found = enumerate(_WORD.findall(unicodedata.normalize("NFC", text)))
    return [_word(place, one) for place, one in found if fold(one) not in _STOP]


def key(label: str, language: Language) -> tuple[str, ...]:
    """What a label is found by: the stems of its words that say something."""
    return stems(words(label), language)


def keys(label: str, language: Language) -> list[tuple[str, ...]]:
    """Its keys, typed with its accents and without: a stemmer takes them for other endings."""
    both = dict.fromkeys(key(typed, language) for typed in (label, fold(label)))
    return [found for found in both if found]


def stems(run: Sequence[Word], language: Language) -> tuple[str, ...]:
    """The stems of some words, as labels of a language have them."""
    return tuple(word.stems[language] for word in run)


@lru_cache(100_000)
def _stems(word: str) -> dict[Language, str]:
    small = word.casefold()
    return {
        "en": fold(_stemmer("english").stemWord(small)),
        "fr": fold(_stemmer("french").stemWord(small)),
        "": fold(word),
    }


def _word(place: int, word: str) -> Word:
    return Word(place, fold(word), _stems(word))


@cache
def _stemmer(language: str):  # type: ignore[no-untyped-def]  # the library has no types
    return stemmer(language)
