from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.queries.load import QuerySet, load
from tests.conftest import QRELS, QUERIES, write_queries

IDS = {"a", "b", "c"}
TWO = [{"_id": "q1", "text": "one"}, {"_id": "q2", "text": "two"}]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "g").mkdir()
    write_queries(tmp_path / "g", TWO, {"q1": {"a": 3, "b": 0}, "q2": {"c": 1}})
    return tmp_path / "g"


def refusal(folder: Path) -> str:
    with pytest.raises(BadInput) as caught:
        load(folder, IDS)
    assert "\n" not in str(caught.value)
    return str(caught.value).replace(str(folder), "G")


def test_queries_and_judgments(folder: Path) -> None:
    found = load(folder, IDS)
    assert [(q.id, q.text, q.topic) for q in found.queries] == [
        ("q1", "one", "q1"),
        ("q2", "two", "q2"),
    ]
    assert found.qrels == {"q1": {"a": 3, "b": 0}, "q2": {"c": 1}}
    assert found.unanswered == []


def test_metadata_of_queries(tmp_path: Path) -> None:
    write_queries(tmp_path, QUERIES, QRELS)
    found = load(tmp_path, {p for grades in QRELS.values() for p in grades})
    assert [(q.category, q.language, q.topic) for q in found.queries] == [
        ("one", "en", "q1"),
        ("one", "en", "q2"),
        ("two", "", "t"),
        ("two", "", "t"),
    ]


@pytest.mark.parametrize("metadata", ["null", "{}", '{"topic": null}'])
def test_empty_metadata_of_queries(folder: Path, metadata: str) -> None:
    line = f'{{"_id": "q1", "text": "one", "metadata": {metadata}}}\n'
    (folder / "queries.jsonl").write_text(line)
    (folder / "qrels" / "test.tsv").write_text("q1\ta\t3\n")
    assert load(folder, IDS).queries[0].topic == "q1"


def test_a_query_nobody_judged_is_kept_and_named(folder: Path) -> None:
    (folder / "qrels" / "test.tsv").write_text("q1\ta\t3\n")
    found = load(folder, IDS)
    assert len(found.queries) == 2
    assert found.unanswered == ["q2"]


def test_a_query_with_zeros_alone_is_unanswered(folder: Path) -> None:
    (folder / "qrels" / "test.tsv").write_text("q1\ta\t3\nq2\tb\t0\n")
    assert load(folder, IDS).unanswered == ["q2"]


def test_queries_of_another_split_are_not_asked(folder: Path) -> None:
    (folder / "qrels" / "test.tsv").write_text("q1\ta\t3\n")
    (folder / "qrels" / "dev.tsv").write_text("query-id\tcorpus-id\tscore\nq2\tb\t1\n")
    assert [q.id for q in load(folder, IDS).queries] == ["q1"]
    assert [q.id for q in load(folder, IDS, "dev").queries] == ["q2"]


QUERY_FAULTS: list[tuple[str, str]] = [
    ("", "G/queries.jsonl: holds no queries"),
    ("\n \n", "G/queries.jsonl: holds no queries"),
    ("nothing\n", 'G/queries.jsonl:1: is not {"_id": ..., "text": ...}'),
    ("[1]\n", 'G/queries.jsonl:1: is not {"_id": ..., "text": ...}'),
    ('\n{"_id": "q1"}\n', 'G/queries.jsonl:2: is not {"_id": ..., "text": ...}'),
    (
        '{"_id": "q1", "text": "x", "metadata": [1]}\n',
        'G/queries.jsonl:1: is not {"_id": ..., "text": ...}',
    ),
    ('{"_id": "q 1", "text": "x"}\n', "G/queries.jsonl:1: _id: is not a word"),
    ('{"_id": 1, "text": "x"}\n', "G/queries.jsonl:1: _id: is not a word"),
    ('{"_id": "q1", "text": "  "}\n', "G/queries.jsonl:1: text: is empty"),
    (
        '{"_id": "q1", "text": "x"}\n{"_id": "q1", "text": "y"}\n',
        "G/queries.jsonl:2: _id: 'q1' stands twice",
    ),
]


@pytest.mark.parametrize(("text", "message"), QUERY_FAULTS)
def test_bad_queries(folder: Path, text: str, message: str) -> None:
    (folder / "queries.jsonl").write_text(text)
    assert refusal(folder) == message


QREL_FAULTS: list[tuple[str, str]] = [
    ("", "G/qrels/test.tsv: holds no judgments"),
    ("query-id\tcorpus-id\tscore\n", "G/qrels/test.tsv: holds no judgments"),
    ("q1\ta\t0\n", "G/qrels/test.tsv: holds no grade above 0"),
    ("q1 a 3\n", "G/qrels/test.tsv:1: is not query-id, corpus-id, score, tab-separated"),
    ("q1\ta\t3\n\nq9\ta\t1\n", "G/qrels/test.tsv:3: query-id: 'q9' is not in queries.jsonl"),
    ("q1\tz\t3\n", "G/qrels/test.tsv:1: corpus-id: 'z' is not in the collection"),
    ('q1\t"a\t3\n', "G/qrels/test.tsv:1: corpus-id: '\"a' is not in the collection"),
    ("q1\ta\t4\n", "G/qrels/test.tsv:1: score: '4' is not a grade; use 0, 1, 2 or 3"),
    ("q1\ta\t-1\n", "G/qrels/test.tsv:1: score: '-1' is not a grade; use 0, 1, 2 or 3"),
    ("q1\ta\t3\nq1\ta\t2\n", "G/qrels/test.tsv:2: 'q1' judges 'a' twice"),
]


@pytest.mark.parametrize(("text", "message"), QREL_FAULTS)
def test_bad_judgments(folder: Path, text: str, message: str) -> None:
    (folder / "qrels" / "test.tsv").write_text(text)
    assert refusal(folder) == message


def test_windows_line_ends(folder: Path) -> None:
    (folder / "qrels" / "test.tsv").write_bytes(b"q1\ta\t3\r\nq2\tb\t1\r\n")
    assert load(folder, IDS).qrels == {"q1": {"a": 3}, "q2": {"b": 1}}


def test_files_that_are_not_utf8(folder: Path) -> None:
    (folder / "qrels" / "test.tsv").write_bytes(b"q1\t\xe9\t3\n")
    assert refusal(folder) == "G/qrels/test.tsv: is not UTF-8"
    (folder / "queries.jsonl").write_bytes(b'{"_id": "q1", "text": "\xe9"}\n')
    assert refusal(folder) == 'G/queries.jsonl:1: is not {"_id": ..., "text": ...}'


def test_missing_files(folder: Path) -> None:
    (folder / "qrels" / "test.tsv").unlink()
    assert refusal(folder) == (
        "G/qrels/test.tsv: missing; a collection needs queries.jsonl and qrels/test.tsv"
    )
    (folder / "queries.jsonl").unlink()
    assert refusal(folder) == (
        "G/queries.jsonl: missing; a collection needs queries.jsonl and qrels/test.tsv"
    )


def digests(folder: Path) -> tuple[str, str]:
    found: QuerySet = load(folder, IDS)
    return found.texts_digest, found.qrels_digest


def test_digests_follow_texts_and_judgments_apart(folder: Path) -> None:
    texts, qrels = digests(folder)
    write_queries(folder, TWO, {"q1": {"b": 0, "a": 3}, "q2": {"c": 1}})  # another order
    assert digests(folder) == (texts, qrels)
    write_queries(folder, TWO, {"q1": {"a": 2, "b": 0}, "q2": {"c": 1}})
    assert digests(folder)[0] == texts
    assert digests(folder)[1] != qrels
    write_queries(
        folder, [TWO[0] | {"text": "uno"}, TWO[1]], {"q1": {"a": 3, "b": 0}, "q2": {"c": 1}}
    )
    assert digests(folder)[0] != texts
    assert digests(folder)[1] == qrels


def test_subtopics_are_read_where_there_are_any(folder: Path) -> None:
    assert load(folder, IDS).subtopics == {}
    (folder / "subtopics").mkdir()
    path = folder / "subtopics" / "test.tsv"
    path.write_text("query-id\tsubtopic\tcorpus-id\nq1\ticon\ta\nq1\tfauve\tb\n")
    before = load(folder, IDS)
    assert before.subtopics == {"q1": [("icon", "a"), ("fauve", "b")]}
    path.write_text("query-id\tsubtopic\tcorpus-id\nq1\ticon\ta\n")
    assert load(folder, IDS).qrels_digest != before.qrels_digest


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("q1\ticon", "is not query-id, subtopic, corpus-id, tab-separated"),
        ("q9\ticon\ta", "query-id: 'q9' is judged nowhere in this split"),
        ("q1\ticon\tz", "corpus-id: 'z' is not in the collection"),
    ],
)
def test_bad_subtopics_are_named(folder: Path, line: str, message: str) -> None:
    (folder / "subtopics").mkdir()
    (folder / "subtopics" / "test.tsv").write_text(f"query-id\tsubtopic\tcorpus-id\n{line}\n")
    assert refusal(folder) == f"G/subtopics/test.tsv:2: {message}"
