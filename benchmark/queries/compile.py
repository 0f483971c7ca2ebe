"""Compiles judgments from what is known of paintings and freezes them.

    python -m benchmark.queries.compile

does so for the atelier: reads queries/atelier/annotations.jsonl, conversations/annotations.jsonl
and the graphs of both galleries, and writes beside them queries.jsonl, qrels/{test,dev}.tsv,
subtopics/{test,dev}.tsv and the conversations with their qrels. What an expression means stands in
`expressions`; for the museum, see `museum.freezing`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmark.collections.atelier.facts import published
from benchmark.collections.atelier.paths import SPLITS
from benchmark.errors import BadInput, one_line
from benchmark.queries import expressions
from benchmark.queries.annotations import (
    LANGUAGES,
    SUBTOPICS,
    read_conversations,
    read_topics,
    turns,
)
from benchmark.records import Qrels
from benchmark.workspace import Workspace, replacing

Json = Mapping[str, Any]
_QRELS = "query-id\tcorpus-id\tscore"
_SUBTOPICS = "query-id\tsubtopic\tcorpus-id"
_SUBTOPIC_FROM = 2
"""A painting counts for the diversity of a list from this grade on."""


@dataclass(frozen=True)
class Grading:
    """How the topics of a collection are graded.

    `grade(relevance, facts)` is 0 to 3, None where it cannot be told;
    `validate(where, relevance)` raises BadInput; `subtopics` are facts that a good list varies in;
    `held_out(relevance)` is what training never showed; `settle(topic, grades)` is given what the
    rule proposes, and decides. Where not every pair is judged, judgments are not `complete`, and
    those of grade 0 stand among the others.
    """

    grade: Callable[[Json, Json], int | None]
    validate: Callable[[str, Json], None]
    subtopics: Sequence[str]
    held_out: Callable[[Json], Sequence[str]] = lambda _: ()
    settle: Callable[[str, dict[str, int]], dict[str, int]] = lambda _, grades: grades
    remake: str = "python -m benchmark.queries.compile"
    complete: bool = True


ATELIER = Grading(expressions.grade, expressions.validate, SUBTOPICS, expressions.held_out)


def compile_qrels(
    topics: Iterable[Json], paintings: Mapping[str, Json], grading: Grading = ATELIER
) -> Qrels:
    """Query id (`<topic>-<language>`) -> painting id -> grade.

    Grade 0 stands only where judgments are not complete. Raises BadInput naming the topic whose
    expression is wrong or met by no painting.
    """
    qrels: Qrels = {}
    for annotation in topics:
        topic, relevance = annotation["topic"], annotation["relevance"]
        grading.validate(f"{topic}: relevance", relevance)
        told = {name: grading.grade(relevance, facts) for name, facts in paintings.items()}
        grades = {name: g for name, g in told.items() if g or (g == 0 and not grading.complete)}
        grades = grading.settle(topic, grades)
        if 3 not in grades.values():
            raise BadInput(topic, "relevance: no painting meets all of it", "ask for less")
        for language in LANGUAGES:
            qrels[f"{topic}-{language}"] = dict(grades)
    return qrels


def frozen(
    folder: Path, facts: Mapping[str, Mapping[str, Json]], grading: Grading = ATELIER
) -> dict[str, str]:
    """Every compiled file of a collection: path within its folder -> text.

    `facts` gives the paintings' facts of each split. Raises BadInput naming the topic at fault.
    """
    topics = read_topics(folder / "annotations.jsonl", grading.subtopics)
    spoken = folder / "conversations" / "annotations.jsonl"
    conversations = read_conversations(spoken) if spoken.is_file() else []
    files = {
        "queries.jsonl": _lines(
            _query(topic, lang, grading) for topic in topics for lang in LANGUAGES
        ),
    }
    if conversations:
        files["conversations/conversations.jsonl"] = _lines(
            _conversation(conversation, lang)
            for conversation in conversations
            for lang in LANGUAGES
        )
    for split, paintings in facts.items():
        own = [topic for topic in topics if topic["split"] == split]
        qrels = compile_qrels(own, paintings, grading)
        files[f"qrels/{split}.tsv"] = _lines([_QRELS, *_judged(qrels)])
        files[f"subtopics/{split}.tsv"] = _lines([_SUBTOPICS, *_subtopics(own, qrels, paintings)])
        asked = [turn for turn in turns(conversations) if turn["split"] == split]
        if asked:
            judged = _judged(compile_qrels(asked, paintings, grading))
            files[f"conversations/qrels/{split}.tsv"] = _lines([_QRELS, *judged])
    return files


def read_facts() -> dict[str, dict[str, Json]]:
    """The facts of both galleries, by split, from their graphs."""
    return {split: dict(published(split)) for split in SPLITS}


def freeze(
    folder: Path, facts: Mapping[str, Mapping[str, Json]], grading: Grading = ATELIER
) -> None:
    """Compile everything and write it, file by file whole or not at all."""
    for name, text in frozen(folder, facts, grading).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with replacing(folder / name) as temporary:
            temporary.write_text(text, encoding="utf-8", newline="\n")


def check(
    folder: Path, facts: Mapping[str, Mapping[str, Json]], grading: Grading = ATELIER
) -> None:
    """Raise BadInput naming the file and first line where frozen and compiled differ."""
    for name, text in frozen(folder, facts, grading).items():
        path = folder / name
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        for number, (wanted, found) in enumerate(_paired(text.splitlines(), lines), 1):
            if wanted != found:
                query = (found or wanted or "").split("\t")[0][:60]
                raise BadInput(f"{path}:{number}", f"{query}: frozen and compiled differ",
                               grading.remake)  # fmt: skip


def _paired(one: Sequence[str], two: Sequence[str]) -> Iterable[tuple[str | None, str | None]]:
    for i in range(max(len(one), len(two))):
        yield one[i] if i < len(one) else None, two[i] if i < len(two) else None


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _judged(qrels: Qrels) -> list[str]:
    return [f"{q}\t{name}\t{g}" for q, of in qrels.items() for name, g in sorted(of.items())]


def _subtopics(topics: Iterable[Json], qrels: Qrels, paintings: Mapping[str, Json]) -> list[str]:
    """Each good painting under its value of the fact that a topic's lists should vary in."""
    return [
        f"{topic['topic']}-{language}\t{value}\t{name}"
        for topic in topics
        for language in LANGUAGES
        for name, found in sorted(qrels[f"{topic['topic']}-{language}"].items())
        if found >= _SUBTOPIC_FROM
        for value in _values(paintings[name][topic["subtopics"]])
    ]


def _values(fact: str | Sequence[str]) -> Sequence[str]:
    """The values of a fact, which may have several, or none that is known."""
    return [fact] if isinstance(fact, str) else fact


def _query(topic: Json, language: str, grading: Grading) -> str:
    about = {
        "category": topic["category"],
        "language": language,
        "topic": topic["topic"],
        "subtopics": topic["subtopics"],
        "held_out": ", ".join(grading.held_out(topic["relevance"])),
    }
    row = {"_id": f"{topic['topic']}-{language}", "text": topic[language], "metadata": about}
    return json.dumps(row, ensure_ascii=False)


def _conversation(conversation: Json, language: str) -> str:
    name = conversation["conversation"]
    said = [
        {"_id": f"{name}-{number}-{language}", "text": turn[language], "kind": turn["kind"]}
        for number, turn in enumerate(conversation["turns"], 1)
    ]
    row = {"_id": f"{name}-{language}", "turns": said, "metadata": {"language": language}}
    return json.dumps(row, ensure_ascii=False)


if __name__ == "__main__":
    with one_line():
        freeze(Workspace.find().queries / "atelier", read_facts())
