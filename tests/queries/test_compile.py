"""Grades from expressions over known facts, and the frozen judgments of the atelier."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmark.collections.registry import BUILT_IN
from benchmark.errors import BadInput
from benchmark.queries.compile import compile_qrels, freeze, grade, read_annotations, read_facts
from benchmark.queries.load import load

FOLDER = Path(__file__).parent.parent.parent / "queries" / "atelier"


def thing(concept: str, broader: str, colour: str = "", count: int = 1) -> dict[str, Any]:
    return {"concept": concept, "broader": [broader], "colour": colour, "count": count}


HARBOUR = {
    "genre": "marine",
    "manner": "woodcut",
    "hour": "dusk",
    "mood": "calm",
    "objects": [
        thing("boat", "vehicle", "red", 2),
        thing("boat", "vehicle", "blue", 1),
        thing("house", "building", "white"),
    ],
}
BOAT, RED_BOAT = {"concept": "boat"}, {"concept": "boat", "colour": "red"}
WHITE, RED_HOUSE = ({"concept": "house", "colour": colour} for colour in ("white", "red"))
CHURCH = {"concept": "church"}


@pytest.mark.parametrize(
    ("relevance", "expected"),
    [
        ({"subject": [BOAT]}, 3),
        ({"subject": [CHURCH]}, 1),  # a house is a building, as a church is
        ({"subject": [CHURCH], "soft": [{"hour": "dusk"}]}, 0),
        ({"subject": [{"concept": "building"}]}, 3),
        ({"subject": [{"concept": "cow"}]}, 0),
        ({"subject": [BOAT], "soft": [{"hour": "dusk"}]}, 3),
        ({"subject": [BOAT], "soft": [{"hour": "dawn"}]}, 1),
        ({"subject": [BOAT], "soft": [{"hour": "dawn"}, {"mood": "calm"}]}, 2),
        ({"subject": [BOAT], "soft": [{"hour": "dawn"}, {"mood": "joyful"}]}, 1),
        ({"subject": [BOAT], "soft": [{"hour": ["dawn", "dusk"]}]}, 3),
        ({"subject": [BOAT], "soft": [{**BOAT, "count": 3}]}, 3),  # two red ones and a blue one
        ({"subject": [BOAT], "soft": [{**RED_BOAT, "count": 2}]}, 3),
        ({"subject": [BOAT], "soft": [{**RED_BOAT, "count": 3}]}, 1),
        ({"subject": [BOAT, WHITE], "soft": [RED_BOAT, WHITE]}, 3),
        ({"subject": [BOAT, WHITE], "soft": [RED_BOAT, RED_HOUSE]}, 2),
        ({"subject": [{"genre": "marine"}], "not": [BOAT]}, 1),
        ({"subject": [{"genre": "marine"}], "not": [CHURCH]}, 3),
        ({"subject": [{"manner": "fauve"}]}, 0),
    ],
)
def test_grades(relevance: dict[str, Any], expected: int) -> None:
    assert grade(relevance, HARBOUR) == expected


def test_compiled_for_both_languages_without_zeros() -> None:
    topic = {"topic": "boats", "relevance": {"subject": [BOAT]}}
    empty = {**HARBOUR, "objects": [thing("cow", "animal")]}
    assert compile_qrels([topic], {"a": HARBOUR, "b": empty}) == {
        "boats-en": {"a": 3},
        "boats-fr": {"a": 3},
    }


@pytest.mark.parametrize(
    ("relevance", "line"),
    [
        ({"subject": [{"concept": "dragon"}]}, "t: relevance: unknown concept 'dragon'"),
        ({"subject": [{**BOAT, "colour": "puce"}]}, "t: relevance: unknown colour 'puce'"),
        ({"subject": [{"hour": "noon"}]}, "t: relevance: unknown hour 'noon'"),
        ({"subject": [{"size": "big"}]}, "t: relevance: unknown size 'big'"),
        (
            {"subject": [BOAT], "sotf": []},
            "t: relevance: unknown key 'sotf'; use subject, soft, not",
        ),
        ({"soft": [BOAT]}, "t: relevance: has no subject"),
        ({"subject": BOAT}, "t: relevance: subject is no list of constraints"),
        (
            {"subject": [{"concept": "boat", "color": "red"}]},
            "t: relevance: unknown key 'color'; use concept, colour, count",
        ),
        (
            {"subject": [{**BOAT, "count": "three"}]},
            "t: relevance: count 'three' is not a whole number",
        ),
        ({"subject": [{}]}, "t: relevance: {} names 0 facts; name one"),
        ({"subject": [CHURCH]}, "t: relevance: no painting meets all of it; ask for less"),
    ],
)
def test_a_wrong_expression_names_its_topic(relevance: dict[str, Any], line: str) -> None:
    with pytest.raises(BadInput) as caught:
        compile_qrels([{"topic": "t", "relevance": relevance}], {"a": HARBOUR})
    assert str(caught.value) == line


def test_a_topic_stated_twice_is_refused() -> None:
    topic = {"topic": "boats", "relevance": {"subject": [BOAT]}}
    with pytest.raises(BadInput, match=r"^boats: stands twice$"):
        compile_qrels([topic, topic], {"a": HARBOUR})


def test_frozen_judgments_are_the_compiled_ones(tmp_path: Path) -> None:
    (tmp_path / "annotations.jsonl").write_bytes((FOLDER / "annotations.jsonl").read_bytes())
    freeze(tmp_path, BUILT_IN["atelier"])
    for name in ("queries.jsonl", "qrels/test.tsv"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), name


def test_every_query_has_answers_and_a_category() -> None:
    query_set = load(FOLDER, read_facts(BUILT_IN["atelier"]).keys())
    assert len(query_set.queries) == 80
    assert query_set.unanswered == []
    for query in query_set.queries:
        assert list(query_set.qrels[query.id].values()).count(3) >= 3, query.id
    assert set(Counter(query.category for query in query_set.queries).values()) == {8}


def test_the_two_languages_of_a_topic_have_the_same_answers() -> None:
    query_set = load(FOLDER, read_facts(BUILT_IN["atelier"]).keys())
    for annotation in read_annotations(FOLDER / "annotations.jsonl"):
        english, french = (query_set.qrels[f"{annotation['topic']}-{x}"] for x in ("en", "fr"))
        assert english == french


def test_the_datasheet_states_the_histogram() -> None:
    counts: Counter[int] = Counter()
    for query, grades in load(FOLDER, read_facts(BUILT_IN["atelier"]).keys()).qrels.items():
        if query.endswith("-en"):  # it counts the judgments of one language
            counts.update(grades.values())
    text = (FOLDER / "datasheet.md").read_text(encoding="utf-8")
    assert f"| all | 40 | {counts[3]} | {counts[2]} | {counts[1]} |" in text
