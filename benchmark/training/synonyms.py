"""Other words for what the atelier shows: a small thesaurus in English and French.

Captions call each thing by one name. Visitors do not, so synthetic queries draw on this table
too. It was written from general knowledge of both languages, without the queries at hand.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Literal

Form = Literal["noun", "rest", "adjective", "work"]
"""How a phrase is used: "noun" names a thing ("cock/cocks", one and many) or what is seen as a
whole ("a meadow"); "rest" follows ("by night"); "adjective" goes with "painting"; "work" opens a
query ("a watercolour of"). The tags "opening" and "closing" are of any query ("show me", "?")."""


@cache
def _table() -> dict[tuple[str, str], tuple[list[str], list[str]]]:
    path = Path(__file__).with_suffix(".csv")
    found: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            english, french = ([one for one in row[key].split("|") if one] for key in ("en", "fr"))
            found[row["tag"], row["form"]] = (english, french)
    return found


def phrases(tag: str, form: Form, language: int) -> list[str]:
    """Every phrase for a tag in a form; language 0 is English, 1 French. May be none."""
    return _table().get((tag, form), ([], []))[language]
