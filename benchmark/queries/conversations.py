"""Conversations: requests that are refined, corrected, taken back and pointed, turn by turn."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmark.conversing.wordings import JOINED, questions
from benchmark.errors import BadInput

POINT = "point"
KINDS = ("open", "refine", "correct", "reject", POINT)
"""What a turn does: it opens; asks for more; replaces what was asked; refuses something; points at
a painting of the last answer."""


@dataclass(frozen=True)
class Turn:
    """One turn of a session: its own words, and those that were said before it."""

    id: str
    session: str
    number: int
    """From 1."""
    said: tuple[str, ...]
    language: str
    questions: Mapping[str, tuple[str, str]]
    """Wording (`benchmark.conversing.wordings`) -> (id, text) of what is asked at this turn."""
    kind: str = ""
    """One of KINDS, or empty where it is not stated."""

    @property
    def text(self) -> str:
        """All that was said so far, as a model without a memory is asked."""
        return self.questions[JOINED][1]

    @property
    def topic(self) -> str:
        """The turn, whatever its language."""
        return self.id.removesuffix(f"-{self.language}")

    @property
    def session_topic(self) -> str:
        """The session, whatever its language."""
        return self.session.removesuffix(f"-{self.language}")


def load_turns(path: Path, judged: Set[str]) -> tuple[Turn, ...]:
    """The turns of `conversations.jsonl` that are `judged`, session by session.

    Nothing where there is no such file. Raises BadInput with the line of what is no conversation,
    has an empty turn or one of an unknown kind, or opens otherwise than with its first turn.
    """
    if not path.is_file():
        return ()
    turns: list[Turn] = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        where = f"{path}:{number}"
        try:
            row = json.loads(line)
            session = str(row["_id"])
            said = [(str(t["_id"]), str(t["text"]), str(t.get("kind") or "")) for t in row["turns"]]
            language = str((row.get("metadata") or {}).get("language") or "")
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BadInput(where, 'is not {"_id": ..., "turns": [{"_id", "text"}]}') from None
        for place, (name, text, kind) in enumerate(said, 1):
            checked_turn(f"{where}: turn {place}", place, kind, {"text": text})
            if "|" in name:
                raise BadInput(f"{where}: turn {place}", f"_id: '{name}' has a |", "rename it")
        texts = tuple(text for _, text, _ in said)
        every = questions([name for name, _, _ in said], texts)
        for place, ((name, _, kind), asked) in enumerate(zip(said, every, strict=True), 1):
            if name in judged:
                turns.append(Turn(name, session, place, texts[:place], language, asked, kind))
    names = [turn.id for turn in turns]
    if len(set(names)) < len(names):
        raise BadInput(path, "a turn's _id stands twice")
    return tuple(turns)


def checked_turn(where: str, place: int, kind: str, texts: Mapping[str, object]) -> None:
    """Raise BadInput unless a turn's texts are said and its kind fits its place, from 1."""
    for name, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            raise BadInput(where, f"{name}: is empty", "say something, or take the turn out")
    if kind and kind not in KINDS:
        raise BadInput(where, f"kind: unknown '{kind}'", f"use {', '.join(KINDS)}")
    if kind and (kind == KINDS[0]) != (place == 1):
        raise BadInput(where, f"kind: '{kind}'", "the first turn, and no other, is 'open'")


def checked_relevance(where: str, relevance: Mapping[str, Sequence[Any]]) -> None:
    """Raise BadInput where a turn asks for what it refuses."""
    for part in ("subject", "soft"):
        for wanted in relevance.get(part) or ():
            if wanted in (relevance.get("not") or ()):
                problem = f"contradicts itself: {json.dumps(wanted)} is asked for and refused"
                raise BadInput(where, problem, f"take it out of {part} or of not")
