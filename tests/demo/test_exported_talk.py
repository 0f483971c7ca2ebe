"""A talk as a conversation with judgments, which the project's own reader takes."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from benchmark.demo.exported_talk import exported
from benchmark.demo.turns import Talk
from benchmark.queries.conversations import load_turns

TALK = Talk().saying("un bateau").liking("p-1").rejecting("p-2").saying("", "p-1").liking("p-3")


def unpacked(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_turns_and_grades() -> None:
    files = unpacked(exported(TALK, "fr", ["cimaise-student"], "visit"))
    assert json.loads(files["conversations/conversations.jsonl"]) == {
        "_id": "visit-fr",
        "turns": [
            {"_id": "visit-1-fr", "text": "un bateau", "kind": "open"},
            {
                "_id": "visit-2-fr",
                "text": "plus comme celui-là",
                "kind": "point",
                "painting": "p-1",
            },
        ],
        "metadata": {"language": "fr", "source": "demo", "submissions": ["cimaise-student"]},
    }
    assert files["conversations/qrels/test.tsv"] == (
        "query-id\tcorpus-id\tscore\nvisit-1-fr\tp-1\t2\nvisit-1-fr\tp-2\t0\nvisit-2-fr\tp-3\t2\n"
    )


def test_it_is_read_as_any_conversation(tmp_path: Path) -> None:
    files = unpacked(exported(TALK, "fr", [], "visit"))
    path = tmp_path / "conversations.jsonl"
    path.write_text(files["conversations/conversations.jsonl"], encoding="utf-8")
    turns = load_turns(path, {"visit-1-fr", "visit-2-fr"})
    assert [turn.said for turn in turns] == [("un bateau",), ("un bateau", "plus comme celui-là")]


def test_only_what_is_shown_is_exported_and_every_talk_has_a_name_of_its_own() -> None:
    first, second = (exported(TALK.back_to(1), "en", []) for _ in range(2))
    lines = unpacked(first)["conversations/conversations.jsonl"]
    assert len(json.loads(lines)["turns"]) == 1
    assert first != second
