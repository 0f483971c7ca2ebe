"""Queries and judgments in the BEIR layout: queries.jsonl and qrels/test.tsv, validated."""

from __future__ import annotations

import json
from collections.abc import Collection as Ids
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmark.collections.base import Collection
from benchmark.collections.registry import Place
from benchmark.conversing.talk import DEPTH
from benchmark.conversing.wordings import LISTED
from benchmark.errors import BadInput
from benchmark.queries.conversations import Turn, load_turns
from benchmark.queries.judgments import first_column, load_qrels, load_subtopics
from benchmark.records import Qrels, Query
from benchmark.workspace import digest_of

_SAID = ("category", "language", "topic", "held_out")
"""Keys of a query's metadata that results are grouped by."""


@dataclass(frozen=True)
class QuerySet:
    """Queries in file order with their judgments, and digests of both."""

    queries: tuple[Query, ...]
    qrels: Qrels
    subtopics: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    """Query -> (kind, painting) of what answers it, for measures of diversity; may be empty."""
    complete: bool = False
    """Whether every painting was judged for every query, so that no grade means grade 0."""
    turns: tuple[Turn, ...] = ()
    turn_qrels: Qrels = field(default_factory=dict)
    """Conversations, if there are any, and judgments of their turns."""

    @property
    def asked(self) -> list[tuple[str, str]]:
        """All that is put to a model, as (id, text): queries, then turns of conversations."""
        return [(query.id, query.text) for query in self.queries] + self.said

    @property
    def said(self) -> list[tuple[str, str]]:
        """What is put to a model of conversations, as (id, text): each turn with all that was said
        before, and worded otherwise."""
        asked = dict(question for turn in self.turns for question in turn.questions.values())
        return list(asked.items())

    @property
    def turn_depths(self) -> dict[str, int]:
        """How many paintings are kept of the list for each text of a turn: none where no system
        reads it, for its embedding alone is used."""
        depths = dict.fromkeys((name for name, _ in self.said), 0)
        for turn in self.turns:
            read = (name for wording, (name, _) in turn.questions.items() if wording in LISTED)
            depths |= dict.fromkeys(read, DEPTH)
        return depths

    @property
    def ids(self) -> set[str]:
        """Ids of the queries, without turns of conversations."""
        return {query.id for query in self.queries}

    @property
    def texts_digest(self) -> str:
        """Digest of what a model is asked: ids and texts."""
        return digest_of(*(part for pair in self.asked for part in pair))

    @property
    def qrels_digest(self) -> str:
        """Digest of what answers are worth, and of how values are grouped."""
        parts = [
            f"{q.id}\t{q.category}\t{q.language}\t{q.topic}\t{q.held_out}" for q in self.queries
        ]
        for query, grades in sorted(self.qrels.items()):
            parts += [f"{query}\t{painting}\t{grade}" for painting, grade in sorted(grades.items())]
        for query, kinds in sorted(self.subtopics.items()):
            parts += [f"{query}\t{kind}\t{painting}" for kind, painting in kinds]
        parts += [f"{turn.id}\t{turn.kind}" for turn in self.turns]
        for query, grades in sorted(self.turn_qrels.items()):
            parts += [f"{query}\t{painting}\t{grade}" for painting, grade in sorted(grades.items())]
        return digest_of(*parts, "complete" if self.complete else "")

    @property
    def unanswered(self) -> list[str]:
        """Queries without a single relevant painting: left out of means, and named."""
        return [q.id for q in self.queries if not any(self.qrels.get(q.id, {}).values())]


def of(place: Place, collection: Collection) -> QuerySet:
    """The queries and judgments of a collection. Raises BadInput with the file and line.

    Whether all is judged is as the collection declares.
    """
    return load(place.queries, collection.ids, place.split, place.declaration.complete)


def load(
    folder: Path, painting_ids: Ids[str], split: str = "test", complete: bool = False
) -> QuerySet:
    """Read `folder/queries.jsonl`, `folder/qrels/<split>.tsv` and `folder/subtopics/<split>.tsv`.

    The last may be missing. Every line must name a known query and one of `painting_ids`;
    `complete`: all are judged. Raises BadInput with the file and line.
    """
    queries = load_queries(folder / "queries.jsonl")
    paintings = set(painting_ids)
    judgments = folder / "qrels" / f"{split}.tsv"
    qrels = load_qrels(judgments, {query.id for query in queries}, paintings)
    if not qrels:
        raise BadInput(judgments, "holds no judgments")
    if not any(grade for grades in qrels.values() for grade in grades.values()):
        raise BadInput(judgments, "holds no grade above 0")
    others = [path for path in judgments.parent.glob("*.tsv") if path != judgments]
    elsewhere = set[str]().union(*map(first_column, others))
    # A query judged nowhere stays, so that it is counted and named rather than forgotten.
    asked = tuple(q for q in queries if q.id in qrels or q.id not in elsewhere)
    subtopics = load_subtopics(folder / "subtopics" / f"{split}.tsv", qrels, paintings)
    turns, turn_qrels = _load_conversations(folder / "conversations", split, paintings)
    return QuerySet(asked, qrels, subtopics, complete, turns, turn_qrels)


def load_queries(path: Path) -> list[Query]:
    """Every query of a BEIR queries.jsonl. Raises BadInput with the line."""
    if not path.is_file():
        raise BadInput(path, "missing", "a collection needs queries.jsonl and qrels/test.tsv")
    queries: dict[str, Query] = {}
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            query = _query(line, f"{path}:{number}")
            if query.id in queries:
                raise BadInput(f"{path}:{number}", f"_id: '{query.id}' stands twice")
            queries[query.id] = query
    if not queries:
        raise BadInput(path, "holds no queries")
    return list(queries.values())


def _query(line: bytes, where: str) -> Query:
    try:
        row = json.loads(line)
        name, text, extra = row["_id"], row["text"], row.get("metadata") or {}
        fields = {
            key: str(extra.get(key) or "") for key in ("category", "language", "topic", "held_out")
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadInput(where, 'is not {"_id": ..., "text": ...}') from None
    if not isinstance(name, str) or not name or any(c.isspace() for c in name):
        raise BadInput(where, "_id: is not a word")
    if not isinstance(text, str) or not text.strip():
        raise BadInput(where, "text: is empty")
    return Query(name, text, **(fields | {"topic": fields["topic"] or name}))


def _load_conversations(
    folder: Path, split: str, painting_ids: set[str]
) -> tuple[tuple[Turn, ...], Qrels]:
    """Turns and their judgments; nothing where a collection has no conversations."""
    path = folder / "qrels" / f"{split}.tsv"
    if not path.is_file():
        return (), {}
    turns = load_turns(folder / "conversations.jsonl", first_column(path))
    return turns, load_qrels(path, {turn.id for turn in turns}, painting_ids)
