"""Relevance expressions over known facts: grades, refusals, and what is wrong with a wrong one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.collections.atelier.vocabulary import CONCEPTS
from benchmark.errors import BadInput
from benchmark.queries.expressions import grade, held_out, holds, validate


def thing(concept: str, colour: str = "", count: int = 1) -> dict[str, Any]:
    broader = list(CONCEPTS[concept].broader)
    return {"concept": concept, "broader": broader, "colour": colour, "count": count}


HARBOUR: dict[str, Any] = {
    "genre": "marine",
    "setting": "harbour",
    "style": "woodcut",
    "hour": "dusk",
    "mood": "calm",
    "figure": "",
    "painter": "Jorma Hietalampi",
    "school": "Grauhafen press",
    "century": "20th",
    "main": "sailing boat",
    "objects": [
        thing("sailing boat", "red", 2),
        thing("rowing boat", "blue"),
        thing("house", "white"),
        thing("man", "black"),
        thing("umbrella", "red"),
    ],
    "relations": [[0, "left of", 2], [3, "holding", 4]],
}
SAINT = {
    **HARBOUR,
    "genre": "sacred",
    "figure": "Lucy",
    "main": "woman",
    "objects": [thing("woman", "green"), thing("pair of eyes on a dish")],
    "relations": [[0, "holding", 1]],
}
BOAT, RED_BOAT = {"concept": "boat"}, {"concept": "boat", "colour": "red"}
WHITE, RED_HOUSE = ({"concept": "house", "colour": colour} for colour in ("white", "red"))
CHURCH, COW = {"concept": "church"}, {"concept": "cow"}
LEFT = {"relation": "left of", "of": {"concept": "boat"}, "to": {"concept": "house"}}
RIGHT = {"relation": "left of", "of": {"concept": "house"}, "to": {"concept": "boat"}}
DUSK, DAWN, CALM, JOYFUL = {"hour": "dusk"}, {"hour": "dawn"}, {"mood": "calm"}, {"mood": "joyful"}


@pytest.mark.parametrize(
    ("relevance", "expected"),
    [
        ({"subject": [BOAT]}, 3),
        ({"subject": [{"concept": "vehicle"}]}, 3),
        ({"subject": [CHURCH]}, 1),  # a house is a building, as a church is
        ({"subject": [COW]}, 0),
        # all but one soft constraint is 2, less is 1
        ({"subject": [BOAT], "soft": [DUSK]}, 3),
        ({"subject": [BOAT], "soft": [DAWN]}, 2),
        ({"subject": [BOAT], "soft": [DAWN, CALM]}, 2),
        ({"subject": [BOAT], "soft": [DAWN, JOYFUL]}, 1),
        ({"subject": [BOAT], "soft": [{"hour": ["dawn", "dusk"]}]}, 3),
        ({"subject": [BOAT], "soft": [{"main": "boat"}]}, 3),
        ({"subject": [BOAT], "soft": [{"main": "house"}]}, 2),
        # counts are of all things of a kind and colour
        ({"subject": [{**BOAT, "count": 3}]}, 3),
        ({"subject": [{**RED_BOAT, "count": 2}]}, 3),
        ({"subject": [{**BOAT, "count": 2}]}, 1),
        # colours belong to their things
        ({"subject": [BOAT, WHITE], "soft": [RED_BOAT, WHITE]}, 3),
        ({"subject": [BOAT, WHITE], "soft": [RED_BOAT, RED_HOUSE]}, 2),
        ({"subject": [RED_HOUSE]}, 1),
        # relations have a direction
        ({"subject": [LEFT]}, 3),
        ({"subject": [RIGHT]}, 1),
        ({"subject": [{**LEFT, "of": RED_BOAT}]}, 3),
        ({"subject": [{**LEFT, "of": {"concept": "rowing boat"}}]}, 1),
        ({"subject": [{**LEFT, "to": COW}]}, 0),
        (
            {
                "subject": [
                    {
                        "relation": "holding",
                        "of": {"concept": "person"},
                        "to": {"concept": "umbrella"},
                    }
                ]
            },
            3,
        ),
        # any of several
        ({"subject": [{"any": [COW, BOAT]}]}, 3),
        ({"subject": [{"any": [COW, CHURCH]}]}, 1),
        # makers
        ({"subject": [{"painter": "Jorma Hietalampi"}]}, 3),
        ({"subject": [{"painter": "Marceline Ivoy"}]}, 1),  # of the same school
        ({"subject": [{"painter": "Zelda Pirokov"}]}, 0),
        ({"subject": [{"school": "Grauhafen press"}], "soft": [{"century": "19th"}]}, 2),
        # a style has no loose form
        ({"subject": [{"style": "fauve"}]}, 0),
        ({"subject": [{"style": "woodcut"}, COW]}, 0),
        # what is refused is never above 1
        ({"subject": [{"genre": "marine"}], "not": [BOAT]}, 1),
        ({"subject": [{"genre": "marine"}], "not": [CHURCH]}, 3),
        ({"subject": [{"genre": "marine"}], "not": [DUSK]}, 1),
    ],
)
def test_grades(relevance: dict[str, Any], expected: int) -> None:
    validate("t", relevance)
    assert grade(relevance, HARBOUR) == expected


@pytest.mark.parametrize(
    ("figure", "expected"),
    [("Lucy", 3), ("Barbara", 1), ("Peter", 0), ("Diana", 0), (["Peter", "Agnes"], 1)],
)
def test_figures_are_akin_by_kind_and_sex(figure: Any, expected: int) -> None:
    assert grade({"subject": [{"figure": figure}]}, SAINT) == expected
    assert grade({"subject": [{"figure": figure}]}, HARBOUR) == 0


SOFT = st.lists(st.sampled_from([DUSK, DAWN, CALM, JOYFUL, RED_BOAT, WHITE, LEFT]), max_size=4)


@given(SOFT, st.sampled_from(["boat", "church", "cow"]))
def test_asking_for_less_never_lowers_a_grade(soft: list[dict[str, Any]], subject: str) -> None:
    relevance = {"subject": [{"concept": subject}], "soft": soft}
    met = [constraint for constraint in soft if holds(constraint, HARBOUR)]
    whole, less = grade(relevance, HARBOUR), grade({**relevance, "soft": met}, HARBOUR)
    assert less >= whole
    assert less == {"boat": 3, "church": 1, "cow": 0}[subject]


@given(SOFT)
def test_what_is_refused_is_never_above_1(soft: list[dict[str, Any]]) -> None:
    relevance = {"subject": [BOAT], "soft": soft}
    assert grade({**relevance, "not": [{"concept": "building"}]}, HARBOUR) == 1
    assert grade({**relevance, "not": [CHURCH]}, HARBOUR) == grade(relevance, HARBOUR)


@pytest.mark.parametrize(
    ("relevance", "found"),
    [
        ({"subject": [BOAT]}, ()),
        ({"subject": [{"style": "tenebrist"}]}, ("style",)),
        ({"subject": [BOAT], "soft": [{"style": ["tenebrist", "icon"]}]}, ()),
        ({"subject": [{"painter": "Zelda Pirokov"}]}, ("painter",)),
        ({"subject": [{"concept": "horse"}, {"concept": "bridge"}]}, ("pair",)),
        ({"subject": [{"concept": "windmill", "colour": "white"}]}, ("colour",)),
        (
            {
                "subject": [
                    {"relation": "above", "of": {"concept": "cat"}, "to": {"concept": "window"}}
                ]
            },
            ("pair",),
        ),
    ],
)
def test_held_out(relevance: dict[str, Any], found: tuple[str, ...]) -> None:
    assert held_out(relevance) == found


@pytest.mark.parametrize(
    ("relevance", "line"),
    [
        ({"subject": [{"concept": "griffin"}]}, "unknown concept 'griffin'; use animal, "),
        ({"subject": [{**BOAT, "colour": "puce"}]}, "unknown colour 'puce'; use red, yellow, "),
        ({"subject": [{**BOAT, "count": "three"}]}, "unknown count 'three'; use 1, 2, "),
        ({"subject": [{**BOAT, "count": 8}]}, "unknown count 8; use 1, 2, "),
        ({"subject": [{**BOAT, "hour": "dusk"}]}, "unknown key 'hour'; use concept, colour, count"),
        ({"subject": [{**BOAT, "color": "red"}]}, "unknown key 'color'; use concept, "),
        ({"subject": [{"hour": "noon"}]}, "unknown hour 'noon'; use dawn, day, dusk, night"),
        ({"subject": [{"hour": ["dusk", "noon"]}]}, "unknown hour 'noon'; use dawn, "),
        ({"subject": [BOAT], "not": [{"hour": "noon"}]}, "unknown hour 'noon'; use dawn, "),
        ({"subject": [{"size": "big"}]}, "unknown key 'size'; use main, genre, "),
        ({"subject": [{"painter": "Somebody"}]}, "unknown painter 'Somebody'; use Aurélien "),
        ({"subject": [{**LEFT, "relation": "under"}]}, "unknown relation 'under'; use left of, "),
        ({"subject": [{"relation": "left of", "of": BOAT}]}, "to is no thing; write "),
        ({"subject": [{**LEFT, "to": {"concept": "griffin"}}]}, "unknown concept 'griffin'"),
        ({"subject": [{"any": [{"concept": "griffin"}]}]}, "unknown concept 'griffin'"),
        ({"subject": [{}]}, "{} names 0 facts; name one"),
        ({"subject": [{"hour": "dusk", "mood": "calm"}]}, "names 2 facts; name one"),
        ({"subject": [BOAT], "sotf": []}, "unknown key 'sotf'; use subject, soft, not"),
        ({"subject": BOAT}, "subject is no list of constraints; write [{"),
        ({"soft": [BOAT]}, "has no subject; say "),
    ],
)
def test_a_wrong_expression_says_what_is_wrong(relevance: dict[str, Any], line: str) -> None:
    with pytest.raises(BadInput) as caught:
        validate("t: relevance", relevance)
    assert str(caught.value).startswith("t: relevance: ")
    assert line in str(caught.value)
