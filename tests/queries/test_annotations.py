"""Topics and conversations as written: malformed ones are named by line or by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.queries.annotations import hung_for, read_conversations, read_topics, turns

TOPIC = {
    "topic": "boats",
    "category": "subject",
    "split": "test",
    "en": "boats",
    "fr": "des bateaux",
    "relevance": {"subject": [{"concept": "boat"}]},
    "subtopics": "style",
}
TURN: dict[str, object] = {"kind": "open"} | {key: TOPIC[key] for key in ("en", "fr", "relevance")}

MORE = TURN | {"kind": "refine", "en": "a red one"}


def written(path: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("line", ["", "{", "[1]", '{"topic": "t", "en": "boats"}'])
def test_a_malformed_topic_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    path = written(tmp_path / "annotations.jsonl", TOPIC, line)
    with pytest.raises(BadInput, match=r"annotations\.jsonl:2: is no topic; give topic, "):
        read_topics(path)


def test_a_topic_stated_twice_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "annotations.jsonl", TOPIC, TOPIC)
    with pytest.raises(BadInput, match=r"^boats: stands twice; rename one of them$"):
        read_topics(path)


def test_unknown_subtopics_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "annotations.jsonl", {**TOPIC, "subtopics": "smell"})
    with pytest.raises(BadInput, match=r"^boats: subtopics: unknown 'smell'; use main, painter, "):
        read_topics(path)


def test_conversations_become_turns(tmp_path: Path) -> None:
    talk = {"conversation": "sea", "split": "test", "turns": [TURN, MORE]}
    found = read_conversations(written(tmp_path / "annotations.jsonl", talk))
    assert [(turn["topic"], turn["en"]) for turn in turns(found)] == [
        ("sea-1", "boats"),
        ("sea-2", "a red one"),
    ]


def test_a_turn_that_lacks_something_is_named(tmp_path: Path) -> None:
    turn = {"kind": "refine", "en": "a red one"}
    talk = {"conversation": "sea", "split": "test", "turns": [TURN, turn]}
    with pytest.raises(BadInput, match=r"annotations\.jsonl:1: sea, turn 2: no fr; give kind, en"):
        read_conversations(written(tmp_path / "annotations.jsonl", talk))


BOAT = {"concept": "boat"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"en": "  "}, r"turn 2: en: is empty; say something, or take the turn out"),
        ({"kind": "ask"}, r"turn 2: kind: unknown 'ask'; use open, refine, correct, reject, point"),
        ({"kind": "open"}, r"turn 2: kind: 'open'; the first turn, and no other, is 'open'"),
        (
            {"relevance": {"subject": [BOAT], "not": [BOAT]}},
            r'turn 2: contradicts itself: {"concept": "boat"} is asked for and refused; take it ',
        ),
    ],
)
def test_a_turn_that_cannot_be_played_is_named_by_its_line(
    tmp_path: Path, changes: dict[str, object], message: str
) -> None:
    well = {"conversation": "well", "split": "test", "turns": [TURN]}
    talk = {"conversation": "sea", "split": "test", "turns": [TURN, MORE | changes]}
    with pytest.raises(BadInput, match=r"annotations\.jsonl:2: sea, " + message):
        read_conversations(written(tmp_path / "annotations.jsonl", well, talk))


def test_galleries_hang_for_conversations_of_the_test_that_do_not_point() -> None:
    plain = {"conversation": "a", "split": "test", "turns": [{"kind": "open"}]}
    points = {"conversation": "b", "split": "test", "turns": [{"kind": "open"}, {"kind": "point"}]}
    assert hung_for([plain, points, plain | {"split": "dev"}]) == [plain]
