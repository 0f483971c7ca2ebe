from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.queries.load import load
from tests.conftest import write_lines, write_queries

TALK = {
    "_id": "sea-en",
    "turns": [
        {"_id": "sea-1-en", "text": "the sea"},
        {"_id": "sea-2-en", "text": "No, calm!"},
        {"_id": "sea-3-en", "text": "with one boat"},
    ],
    "metadata": {"language": "en"},
}
HEAD = "query-id\tcorpus-id\tscore\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_queries(tmp_path, [{"_id": "q1", "text": "one"}], {"q1": {"a": 3}})
    write_lines(tmp_path / "conversations" / "conversations.jsonl", [TALK])
    (tmp_path / "conversations" / "qrels").mkdir()
    lines = "sea-1-en\ta\t3\nsea-2-en\tb\t2\nsea-3-en\tb\t0\n"
    (tmp_path / "conversations" / "qrels" / "test.tsv").write_text(HEAD + lines)
    return tmp_path


def test_each_turn_is_asked_with_all_said_before(folder: Path) -> None:
    found = load(folder, {"a", "b"})
    assert found.asked == [
        ("q1", "one"),
        ("sea-1-en", "the sea."),
        ("sea-2-en", "the sea. No, calm!"),
        ("sea-2-en|last", "No, calm!"),
        ("sea-2-en|wanted", "calm"),
        ("sea-3-en", "the sea. No, calm! with one boat."),
        ("sea-3-en|last", "with one boat"),
        ("sea-3-en|rewritten", "calm, with one boat"),
    ]
    assert found.ids == {"q1"}
    last = found.turns[-1]
    assert (last.number, last.session, last.topic) == (3, "sea-en", "sea-3")
    assert last.session_topic == "sea"
    assert found.turn_qrels["sea-1-en"] == {"a": 3}


def test_lists_are_kept_of_what_a_system_reads_and_not_deep(folder: Path) -> None:
    assert load(folder, {"a", "b"}).turn_depths == {
        "sea-1-en": 30,
        "sea-2-en": 30,
        "sea-2-en|last": 30,
        "sea-2-en|wanted": 30,  # it is how the talk is rewritten too
        "sea-3-en": 30,
        "sea-3-en|last": 30,
        "sea-3-en|rewritten": 30,
    }
    refusing = TALK | {
        "turns": [*TALK["turns"][:1], {"_id": "sea-2-en", "text": "a ship, not red"}]
    }
    write_lines(folder / "conversations" / "conversations.jsonl", [refusing])
    (folder / "conversations" / "qrels" / "test.tsv").write_text(HEAD + "sea-2-en\tb\t2\n")
    assert load(folder, {"a", "b"}).turn_depths == {
        "sea-2-en": 30,
        "sea-2-en|last": 30,
        "sea-2-en|wanted": 0,
        "sea-2-en|refused": 0,
        "sea-2-en|rewritten": 30,
    }


def test_turns_of_another_split_are_not_asked(folder: Path) -> None:
    path = folder / "conversations" / "qrels" / "test.tsv"
    path.rename(path.with_name("dev.tsv"))
    assert load(folder, {"a", "b"}).turns == ()


def test_what_is_asked_and_judged_is_in_the_digests(folder: Path) -> None:
    before = load(folder, {"a", "b"})
    path = folder / "conversations" / "qrels" / "test.tsv"
    path.write_text(path.read_text().replace("a\t3", "a\t2"))
    after = load(folder, {"a", "b"})
    assert before.texts_digest == after.texts_digest
    assert before.qrels_digest != after.qrels_digest
    talk = folder / "conversations" / "conversations.jsonl"
    talk.write_text(talk.read_text().replace("the sea", "a lake"))
    assert load(folder, {"a", "b"}).texts_digest != before.texts_digest


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"turns"', '"turn"', '.jsonl:1: is not {"_id": ..., "turns": [{"_id", "text"}]}'),
        ("sea-2-en", "sea-1-en", ".jsonl: a turn's _id stands twice"),
        ("No, calm!", " ", ".jsonl:1: turn 2: text: is empty; say something, or take the turn out"),
        (
            '"text": "No, calm!"',
            '"text": "No, calm!", "kind": "ask"',
            ".jsonl:1: turn 2: kind: unknown 'ask'; use open, refine, correct, reject, point",
        ),
        ("sea-2-en", "sea|2", ".jsonl:1: turn 2: _id: 'sea|2' has a |; rename it"),
    ],
)
def test_refused_in_one_line(folder: Path, old: str, new: str, message: str) -> None:
    path = folder / "conversations" / "conversations.jsonl"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(BadInput) as caught:
        load(folder, {"a", "b"})
    assert str(caught.value).endswith(message)
