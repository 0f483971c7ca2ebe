"""Grades from expressions over known facts, and the frozen judgments of the atelier."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.collections.registry import BUILT_IN
from benchmark.errors import BadInput
from benchmark.queries.compile import (
    compile_qrels,
    freeze,
    grade,
    holds,
    read_annotations,
    read_facts,
)
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


SOFT = st.lists(
    st.sampled_from(
        [{"hour": "dusk"}, {"hour": "dawn"}, {"mood": "calm"}, {"mood": "joyful"}, RED_BOAT, WHITE]
    ),
    max_size=4,
)


@given(SOFT, st.sampled_from(["boat", "church", "cow"]))
def test_asking_for_less_never_lowers_a_grade(soft: list[dict[str, Any]], subject: str) -> None:
    relevance = {"subject": [{"concept": subject}], "soft": soft}
    if subject == "boat":
        unmet = [constraint for constraint in soft if not holds(constraint, HARBOUR)]
        fewer = [constraint for constraint in soft if constraint not in unmet]
        assert grade({**relevance, "soft": fewer}, HARBOUR) == 3 >= grade(relevance, HARBOUR) >= 1
    elif soft:
        assert grade(relevance, HARBOUR) == 0


@given(SOFT)
def test_what_is_refused_is_never_above_1(soft: list[dict[str, Any]]) -> None:
    relevance = {"subject": [BOAT], "soft": soft}
    assert grade({**relevance, "not": [{"concept": "building"}]}, HARBOUR) == 1
    assert grade({**relevance, "not": [CHURCH]}, HARBOUR) == grade(relevance, HARBOUR)


@pytest.mark.parametrize(
    ("relevance", "line"),
    [
        ({"subject": [{"concept": "dragon"}]}, "unknown concept 'dragon'; use boat, vehicle, "),
        ({"subject": [{**BOAT, "colour": "puce"}]}, "unknown colour 'puce'; use red, yellow, "),
        ({"subject": [{**BOAT, "count": "three"}]}, "unknown count 'three'; use 1, 2, "),
        ({"subject": [{**BOAT, "count": 0}]}, "unknown count 0; use 1, 2, "),
        ({"subject": [{**BOAT, "hour": "dusk"}]}, "unknown key 'hour'; use concept, colour, count"),
        ({"subject": [{**BOAT, "color": "red"}]}, "unknown key 'color'; use concept, "),
        ({"subject": [{"concept": ["boat"]}]}, "unknown concept ['boat']; use "),
        ({"subject": [{"hour": "noon"}]}, "unknown hour 'noon'; use dawn, day, dusk, night"),
        ({"subject": [{"hour": ["dusk", "noon"]}]}, "unknown hour 'noon'; use dawn, "),
        ({"subject": [BOAT], "not": [{"hour": "noon"}]}, "unknown hour 'noon'; use dawn, "),
        ({"subject": [{"size": "big"}]}, "unknown key 'size'; use genre, manner, "),
        ({"subject": [{}]}, "{} names 0 facts; name one"),
        ({"subject": [{"hour": "dusk", "mood": "calm"}]}, "names 2 facts; name one"),
        ({"subject": [BOAT], "sotf": []}, "unknown key 'sotf'; use subject, soft, not"),
        ({"subject": BOAT}, "subject is no list of constraints; write [{"),
        ({"soft": [BOAT]}, "has no subject; say "),
        ({"subject": [CHURCH]}, "no painting meets all of it; ask for less"),
    ],
)
def test_a_wrong_expression_names_its_topic(relevance: dict[str, Any], line: str) -> None:
    with pytest.raises(BadInput) as caught:
        compile_qrels([{"topic": "t", "relevance": relevance}], {"a": HARBOUR})
    assert str(caught.value).startswith("t: relevance: ")
    assert line in str(caught.value)


def test_a_topic_stated_twice_is_refused() -> None:
    topic = {"topic": "boats", "relevance": {"subject": [BOAT]}}
    with pytest.raises(BadInput, match=r"^boats: stands twice; rename one of them$"):
        compile_qrels([topic, topic], {"a": HARBOUR})


@pytest.mark.parametrize("line", ["", "{", "[1]", '{"topic": "t", "en": "boats"}'])
def test_a_malformed_topic_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "annotations.jsonl"
    good = (FOLDER / "annotations.jsonl").read_text(encoding="utf-8").splitlines()[0]
    path.write_text(f"{good}\n{line}\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"annotations\.jsonl:2: is no topic; give topic, "):
        read_annotations(path)


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
        grades = list(query_set.qrels[query.id].values())
        assert grades.count(3) >= 3, query.id
        assert min(grades) < 3, query.id
    categories = Counter(query.category for query in query_set.queries)
    assert len(categories) == 10
    assert set(categories.values()) == {8}


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
