"""The topics and conversations of a collection as they were written, with what they ask."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmark.errors import BadInput
from benchmark.queries.conversations import POINT, checked_relevance, checked_turn

Json = Mapping[str, Any]
LANGUAGES = ("en", "fr")
SUBTOPICS = ("main", "painter", "style", "century", "setting", "season", "hour", "weather",
             "palette", "genre")  # fmt: skip
_TOPIC = ("topic", "category", "split", *LANGUAGES, "relevance", "subtopics")
_CONVERSATION = ("conversation", "split", "turns")
_TURN = ("kind", *LANGUAGES, "relevance")


def read_topics(path: Path, subtopics: Sequence[str] = SUBTOPICS) -> list[dict[str, Any]]:
    """The topics of an annotations.jsonl. Raises BadInput with the line of a malformed one.

    `subtopics`: the facts that a topic's lists may vary in.
    """
    topics = list(_rows(path, _TOPIC, "topic"))
    for topic in topics:
        if topic["subtopics"] not in subtopics:
            raise BadInput(topic["topic"], f"subtopics: unknown {topic['subtopics']!r}",
                           f"use {', '.join(subtopics)}")  # fmt: skip
    _once(topics, "topic")
    return topics


def read_conversations(path: Path) -> list[dict[str, Any]]:
    """The conversations of an annotations.jsonl, each with its turns.

    Raises BadInput with the line of a turn that is empty, of an unknown kind, or asks for what it
    refuses.
    """
    conversations = list(_rows(path, _CONVERSATION, "conversation"))
    for line, conversation in enumerate(conversations, 1):
        for number, turn in enumerate(conversation["turns"], 1):
            where = f"{path}:{line}: {conversation['conversation']}, turn {number}"
            missing = [key for key in _TURN if not turn.get(key)]
            if missing:
                raise BadInput(where, f"no {missing[0]}", f"give {', '.join(_TURN)}")
            checked_turn(where, number, turn["kind"], {key: turn[key] for key in LANGUAGES})
            checked_relevance(where, turn["relevance"])
    _once(conversations, "conversation")
    return conversations


def turns(conversations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every turn as a topic of its own, named `<conversation>-<turn>`."""
    return [
        {
            **turn,
            "topic": f"{conversation['conversation']}-{number}",
            "split": conversation["split"],
        }
        for conversation in conversations
        for number, turn in enumerate(conversation["turns"], 1)
    ]


def hung_for(conversations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The conversations that galleries are drawn for: those of the test that never point.

    The others were written later, for galleries as they hang.
    """
    return [
        one
        for one in conversations
        if one["split"] == "test" and all(turn["kind"] != POINT for turn in one["turns"])
    ]


def _once(rows: list[dict[str, Any]], key: str) -> None:
    seen: set[str] = set()
    for row in rows:
        if row[key] in seen:
            raise BadInput(row[key], "stands twice", "rename one of them")
        seen.add(row[key])


def _rows(path: Path, keys: tuple[str, ...], kind: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            yield {key: json.loads(line)[key] for key in keys}
        except (ValueError, KeyError, TypeError):
            raise BadInput(f"{path}:{number}", f"is no {kind}", f"give {', '.join(keys)}") from None
