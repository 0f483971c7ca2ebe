"""What a searcher can be asked at one turn: the talk so far, worded in several ways."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.conversing.rewriting import rewritten
from benchmark.conversing.words import meaning

JOINED, LAST, WANTED, REFUSED, REWRITTEN = "joined", "last", "wanted", "refused", "rewritten"
"""All turns joined; the last turn; what it wants, and what it refuses; the talk rewritten."""

LISTED = (JOINED, LAST, REWRITTEN)
"""What systems read the lists of; of the others they use the embeddings."""


def joined(said: Sequence[str]) -> str:
    """All that was said so far, as a model without a memory is asked."""
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in said)


def wordings(said: Sequence[str]) -> dict[str, str]:
    """Wording -> text after the turns `said`; one that has nothing to ask is absent."""
    meanings = [meaning(text) for text in said]
    last = meanings[-1]
    found = {
        JOINED: joined(said),
        LAST: said[-1],
        WANTED: last.wanted,
        REFUSED: ", ".join(last.refused),
        REWRITTEN: rewritten(meanings)[0],
    }
    return {name: text for name, text in found.items() if text.strip()}


def questions(names: Sequence[str], texts: Sequence[str]) -> list[dict[str, tuple[str, str]]]:
    """Wording -> (id, text) at each turn of one talk.

    `names`: ids of the turns. The joined text goes by the turn's id, others by `<turn>|<wording>`;
    a text that was asked before in this talk goes by its first id.
    """
    found: list[dict[str, tuple[str, str]]] = []
    known: dict[str, tuple[str, str]] = {}
    for number, turn in enumerate(names, 1):
        asked: dict[str, tuple[str, str]] = {}
        for name, text in wordings(texts[:number]).items():
            if name == JOINED:
                asked[name] = (turn, text)
                known.setdefault(text.rstrip("."), asked[name])
            else:
                asked[name] = known.setdefault(text.rstrip("."), (f"{turn}|{name}", text))
        found.append(asked)
    return found
