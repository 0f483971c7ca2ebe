"""Compiles judgments from what the atelier's paintings are known to show.

    python -m benchmark.queries.compile

reads queries/atelier/annotations.jsonl and the gallery's facts, and freezes queries.jsonl and
qrels/test.tsv beside them. A topic's `relevance` has three lists of constraints:

    {"subject": [...], "soft": [...], "not": [...]}

A constraint is a thing, {"concept": "boat"}, with "colour" or "count" if it matters (the concept
may be a broader one, such as "animal"; a count is of all things of that kind and colour), or a fact
of the whole picture, {"hour": "dusk"}, where a list of values means any of them.

Grades: 3 the subject and every soft constraint; 2 the subject and all but one of several; 1 the
subject alone, or, where nothing is soft, a thing of the subject's nearest broader concept; else 0.
A painting that shows what `not` refuses is never above 1.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benchmark.collections.atelier import vocabulary
from benchmark.collections.registry import BUILT_IN
from benchmark.errors import BadInput
from benchmark.records import Qrels
from benchmark.workspace import Workspace, replacing

LANGUAGES = ("en", "fr")
_VALUES: dict[str, Iterable[str]] = {
    "genre": vocabulary.GENRES,
    "manner": vocabulary.MANNERS,
    "season": vocabulary.SEASONS,
    "hour": vocabulary.HOURS,
    "weather": vocabulary.WEATHERS,
    "mood": vocabulary.MOODS,
    "palette": vocabulary.PALETTES,
}
_KINDS = {*vocabulary.CONCEPTS, *(b for c in vocabulary.CONCEPTS.values() for b in c.broader)}

Facts = Mapping[str, Any]
Constraint = Mapping[str, Any]


def compile_qrels(
    annotations: Iterable[Mapping[str, Any]], paintings: Mapping[str, Facts]
) -> Qrels:
    """Query id (`<topic>-<language>`) -> painting id -> grade above 0.

    Raises BadInput naming the topic whose expression is wrong or met by no painting.
    """
    qrels: Qrels = {}
    for annotation in annotations:
        topic = annotation["topic"]
        if f"{topic}-{LANGUAGES[0]}" in qrels:
            raise BadInput(topic, "stands twice")
        _validate(topic, annotation["relevance"])
        grades = {name: grade(annotation["relevance"], facts) for name, facts in paintings.items()}
        if 3 not in grades.values():
            raise BadInput(topic, "relevance: no painting meets all of it", "ask for less")
        for language in LANGUAGES:
            qrels[f"{topic}-{language}"] = {name: g for name, g in grades.items() if g > 0}
    return qrels


def grade(relevance: Mapping[str, Any], facts: Facts) -> int:
    """The grade of one painting for one expression."""
    soft = relevance.get("soft", [])
    if not all(holds(constraint, facts) for constraint in relevance["subject"]):
        return int(not soft and any(_broader_holds(c, facts) for c in relevance["subject"]))
    if any(holds(constraint, facts) for constraint in relevance.get("not", [])):
        return 1
    unmet = sum(not holds(constraint, facts) for constraint in soft)
    if unmet == 0:
        return 3
    return 2 if unmet == 1 and len(soft) > 1 else 1


def holds(constraint: Constraint, facts: Facts) -> bool:
    """Whether a painting with these facts meets one constraint."""
    if "concept" not in constraint:
        ((name, wanted),) = constraint.items()
        return facts[name] in (wanted if isinstance(wanted, list) else [wanted])
    found = [
        thing["count"]
        for thing in facts["objects"]
        if constraint["concept"] in (thing["concept"], *thing["broader"])
        and constraint.get("colour", thing["colour"]) == thing["colour"]
    ]
    return bool(found) and constraint.get("count", sum(found)) == sum(found)


def _broader_holds(constraint: Constraint, facts: Facts) -> bool:
    concept = vocabulary.CONCEPTS.get(constraint.get("concept", ""))
    return concept is not None and holds({"concept": concept.broader[0]}, facts)


def _validate(topic: str, relevance: Mapping[str, Any]) -> None:
    where = f"{topic}: relevance"
    if unknown := relevance.keys() - {"subject", "soft", "not"}:
        raise BadInput(where, f"unknown key '{min(unknown)}'", "use subject, soft, not")
    if not relevance.get("subject"):
        raise BadInput(where, "has no subject")
    for part, constraints in relevance.items():
        if not isinstance(constraints, list) or not all(isinstance(c, dict) for c in constraints):
            raise BadInput(where, f"{part} is no list of constraints")
        for constraint in constraints:
            _validate_constraint(where, constraint)


def _validate_constraint(where: str, constraint: dict[str, Any]) -> None:
    if "concept" in constraint:
        if unknown := constraint.keys() - {"concept", "colour", "count"}:
            raise BadInput(where, f"unknown key '{min(unknown)}'", "use concept, colour, count")
        if str(constraint["concept"]) not in _KINDS:
            raise BadInput(where, f"unknown concept '{constraint['concept']}'")
        if str(constraint.get("colour", "red")) not in vocabulary.COLOURS:
            raise BadInput(where, f"unknown colour '{constraint['colour']}'")
        if type(constraint.get("count", 1)) is not int:
            raise BadInput(where, f"count '{constraint['count']}' is not a whole number")
        return
    if len(constraint) != 1:
        raise BadInput(where, f"{constraint} names {len(constraint)} facts", "name one")
    ((name, wanted),) = constraint.items()
    for value in wanted if isinstance(wanted, list) else [wanted]:
        if str(value) not in _VALUES.get(name, ()):
            raise BadInput(where, f"unknown {name} '{value}'")


def read_annotations(path: Path) -> list[dict[str, Any]]:
    """The topics of an annotations.jsonl."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def read_facts(gallery: Path) -> dict[str, Facts]:
    """Painting id -> what it is known to show, from the gallery's parquet."""
    table = pq.read_table(gallery / "test.parquet", columns=["id", "facts"]).to_pylist()
    return {row["id"]: json.loads(row["facts"]) for row in table}


def freeze(folder: Path, gallery: Path) -> Qrels:
    """Compile `folder/annotations.jsonl` and write queries.jsonl and qrels/test.tsv beside it."""
    annotations = read_annotations(folder / "annotations.jsonl")
    qrels = compile_qrels(annotations, read_facts(gallery))
    with (
        replacing(folder / "queries.jsonl") as temporary,
        temporary.open("w", encoding="utf-8") as out,
    ):
        for annotation in annotations:
            for language in LANGUAGES:
                about = {"category": annotation["category"], "language": language}
                row = {
                    "_id": f"{annotation['topic']}-{language}",
                    "text": annotation[language],
                    "metadata": {**about, "topic": annotation["topic"]},
                }
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    with replacing(folder / "qrels" / "test.tsv") as temporary, temporary.open("w") as out:
        out.write("query-id\tcorpus-id\tscore\n")
        for query, grades in qrels.items():
            out.writelines(f"{query}\t{name}\t{g}\n" for name, g in sorted(grades.items()))
    return qrels


if __name__ == "__main__":
    compiled = freeze(Workspace.find().queries / "atelier", BUILT_IN["atelier"])
    print(f"{len(compiled)} queries, {sum(map(len, compiled.values()))} judgments")
