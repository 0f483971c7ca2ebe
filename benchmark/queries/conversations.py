"""Conversations: requests that are refined, corrected and taken back, turn by turn."""

from __future__ import annotations

import json
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from benchmark.errors import BadInput


@dataclass(frozen=True)
class Turn:
    """One turn of a session: its own words, and those that were said before it."""

    id: str
    session: str
    number: int
    """From 1."""
    said: tuple[str, ...]
    language: str

    @property
    def text(self) -> str:
        """All that was said so far, as a model without a memory is asked."""
        return " ".join(
            part if part.endswith((".", "!", "?")) else f"{part}." for part in self.said
        )

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

    Nothing where there is no such file. Raises BadInput with the line.
    """
    if not path.is_file():
        return ()
    turns: list[Turn] = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        where = f"{path}:{number}"
        try:
            row = json.loads(line)
            session, said = str(row["_id"]), [(str(t["_id"]), str(t["text"])) for t in row["turns"]]
            language = str((row.get("metadata") or {}).get("language") or "")
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BadInput(where, 'is not {"_id": ..., "turns": [{"_id", "text"}]}') from None
        for place, (name, _) in enumerate(said, 1):
            if name in judged:
                words = tuple(text for _, text in said[:place])
                turns.append(Turn(name, session, place, words, language))
    names = [turn.id for turn in turns]
    if len(set(names)) < len(names):
        raise BadInput(path, "a turn's _id stands twice")
    return tuple(turns)
