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
_KEYS = ("topic", "category", *LANGUAGES, "relevance")
_KINDS = dict.fromkeys(k for c in vocabulary.CONCEPTS.values() for k in (c.name, *c.broader))
# What a constraint may say of a thing, or of the whole picture, and with which values.
_THING: dict[str, Iterable[Any]] = {
    "concept": _KINDS, "colour": vocabulary.COLOURS, "count": range(1, 10),
}  # fmt: skip
_FACTS: dict[str, Iterable[Any]] = {
    "genre": vocabulary.GENRES, "manner": vocabulary.MANNERS, "season": vocabulary.SEASONS,
    "hour": vocabulary.HOURS, "weather": vocabulary.WEATHERS, "mood": vocabulary.MOODS,
    "palette": vocabulary.PALETTES,
}  # fmt: skip
Json = Mapping[str, Any]


def compile_qrels(annotations: Iterable[Json], paintings: Mapping[str, Json]) -> Qrels:
    """Query id (`<topic>-<language>`) -> painting id -> grade above 0.

    Raises BadInput naming the topic whose expression is wrong or met by no painting.
    """
    qrels: Qrels = {}
    for annotation in annotations:
        topic, relevance = annotation["topic"], annotation["relevance"]
        if f"{topic}-{LANGUAGES[0]}" in qrels:
            raise BadInput(topic, "stands twice", "rename one of them")
        _validate(f"{topic}: relevance", relevance)
        grades = {name: grade(relevance, facts) for name, facts in paintings.items()}
        if 3 not in grades.values():
            raise BadInput(topic, "relevance: no painting meets all of it", "ask for less")
        for language in LANGUAGES:
            qrels[f"{topic}-{language}"] = {name: g for name, g in grades.items() if g > 0}
    return qrels


def grade(relevance: Json, facts: Json) -> int:
    """The grade of one painting for one expression."""
    soft = relevance.get("soft", [])
    if not all(holds(constraint, facts) for constraint in relevance["subject"]):
        named = (vocabulary.CONCEPTS.get(c.get("concept", "")) for c in relevance["subject"])
        kin = [{"concept": concept.broader[0]} for concept in named if concept]
        return int(not soft and any(holds(constraint, facts) for constraint in kin))
    if any(holds(constraint, facts) for constraint in relevance.get("not", [])):
        return 1
    unmet = sum(not holds(constraint, facts) for constraint in soft)
    if unmet == 0:
        return 3
    return 2 if unmet == 1 and len(soft) > 1 else 1


def holds(constraint: Json, facts: Json) -> bool:
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


def _validate(where: str, relevance: Json) -> None:
    _known(where, "key", relevance, ("subject", "soft", "not"))
    if not relevance.get("subject"):
        raise BadInput(where, "has no subject", "say what a painting must show at least")
    for part, constraints in relevance.items():
        if not isinstance(constraints, list) or not all(isinstance(c, dict) for c in constraints):
            raise BadInput(where, f"{part} is no list of constraints", 'write [{"hour": "dusk"}]')
        for constraint in constraints:
            thing = "concept" in constraint
            _known(where, "key", constraint, _THING if thing else _FACTS)
            if not thing and len(constraint) != 1:
                raise BadInput(where, f"{constraint} names {len(constraint)} facts", "name one")
            for name, wanted in constraint.items():
                any_of = isinstance(wanted, list) and not thing
                _known(where, name, wanted if any_of else [wanted], {**_THING, **_FACTS}[name])


def _known(where: str, what: str, given: Iterable[Any], among: Iterable[Any]) -> None:
    for value in given:
        if value not in list(among):
            raise BadInput(where, f"unknown {what} {value!r}", f"use {', '.join(map(str, among))}")


def read_annotations(path: Path) -> list[dict[str, Any]]:
    """The topics of an annotations.jsonl. Raises BadInput with the line of a malformed one."""
    annotations: list[dict[str, Any]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            annotations.append({key: json.loads(line)[key] for key in _KEYS})
        except (ValueError, KeyError, TypeError):
            raise BadInput(f"{path}:{number}", "is no topic", f"give {', '.join(_KEYS)}") from None
    return annotations


def read_facts(gallery: Path) -> dict[str, Json]:
    """Painting id -> what it is known to show, from the gallery's parquet."""
    table = pq.read_table(gallery / "test.parquet", columns=["id", "facts"]).to_pylist()
    return {row["id"]: json.loads(row["facts"]) for row in table}


def freeze(folder: Path, gallery: Path) -> Qrels:
    """Compile `folder/annotations.jsonl` and write queries.jsonl and qrels/test.tsv beside it."""
    annotations = read_annotations(folder / "annotations.jsonl")
    qrels = compile_qrels(annotations, read_facts(gallery))
    queries = [_query(annotation, lang) for annotation in annotations for lang in LANGUAGES]
    judged = [f"{q}\t{name}\t{g}" for q, of in qrels.items() for name, g in sorted(of.items())]
    header = "query-id\tcorpus-id\tscore"
    for path, lines in (("queries.jsonl", queries), ("qrels/test.tsv", [header, *judged])):
        with replacing(folder / path) as temporary:
            temporary.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return qrels


def _query(annotation: Json, language: str) -> str:
    topic, category = annotation["topic"], annotation["category"]
    about = {"category": category, "language": language, "topic": topic}
    row = {"_id": f"{topic}-{language}", "text": annotation[language], "metadata": about}
    return json.dumps(row, ensure_ascii=False)


if __name__ == "__main__":
    compiled = freeze(Workspace.find().queries / "atelier", BUILT_IN["atelier"])
    print(f"{len(compiled)} queries, {sum(map(len, compiled.values()))} judgments")
