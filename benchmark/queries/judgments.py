"""Judgments and kinds of answers: tab-separated files beside the queries, checked line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from pathlib import Path

from benchmark.errors import BadInput
from benchmark.records import Qrels

GRADES = range(4)


def load_qrels(path: Path, query_ids: Set[str], painting_ids: Set[str]) -> Qrels:
    """Query -> painting -> grade. Raises BadInput with the line for what is not known here."""
    if not path.is_file():
        raise BadInput(path, "missing", "a collection needs queries.jsonl and qrels/test.tsv")
    qrels: Qrels = {}
    for where, (query, painting, grade) in _rows(path, ("query-id", "corpus-id", "score")):
        if query not in query_ids:
            raise BadInput(where, f"query-id: '{query}' is not in queries.jsonl")
        if painting not in painting_ids:
            raise BadInput(where, f"corpus-id: '{painting}' is not in the collection")
        if grade not in {str(value) for value in GRADES}:
            raise BadInput(where, f"score: '{grade}' is not a grade", "use 0, 1, 2 or 3")
        if painting in qrels.setdefault(query, {}):
            raise BadInput(where, f"'{query}' judges '{painting}' twice")
        qrels[query][painting] = int(grade)
    return qrels


def load_subtopics(
    path: Path, qrels: Qrels, painting_ids: Set[str]
) -> dict[str, list[tuple[str, str]]]:
    """Query -> (kind, painting); nothing where there is no such file. Raises BadInput."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    if not path.is_file():
        return found
    for where, (query, kind, painting) in _rows(path, ("query-id", "subtopic", "corpus-id")):
        if query not in qrels:
            raise BadInput(where, f"query-id: '{query}' is judged nowhere in this split")
        if painting not in painting_ids:
            raise BadInput(where, f"corpus-id: '{painting}' is not in the collection")
        found[query].append((kind, painting))
    return dict(found)


def first_column(path: Path) -> set[str]:
    """The queries that a file of judgments names."""
    return {line.split("\t", 1)[0] for line in _text(path).splitlines()}


def _rows(path: Path, columns: tuple[str, str, str]) -> Iterator[tuple[str, list[str]]]:
    """Each line's place and its three fields, without the heading and empty lines."""
    for number, line in enumerate(_text(path).splitlines(), 1):
        row = line.split("\t")
        if not line.strip() or (number == 1 and row[0] == "query-id"):
            continue
        if len(row) != len(columns):
            raise BadInput(f"{path}:{number}", f"is not {', '.join(columns)}, tab-separated")
        yield f"{path}:{number}", row


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadInput(path, "is not UTF-8") from None
