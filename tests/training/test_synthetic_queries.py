from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.collections.atelier.training_scenes import training_scene
from benchmark.training.query_text import SyntheticQuery
from benchmark.training.synthetic_queries import synthetic_query
from benchmark.training.tags import TagTable, mirrored, number, tags, touched

FACTS = {
    "genre": "landscape", "setting": "fields", "season": "spring", "hour": "day", "weather": "",
    "mood": "calm", "palette": "muted", "style": "geometric", "figure": "",
    "painter": "Ilona Szabados-Korda", "school": "Line and field",
    "objects": [
        {"concept": "cypress", "broader": ["tree", "plant"], "colour": "", "count": 1},
        {"concept": "oak", "broader": ["tree", "plant"], "colour": "red", "count": 2},
    ],
    "relations": [[1, "left of", 0]],
}  # fmt: skip


def test_tags_of_a_scene() -> None:
    assert tags(FACTS) == {
        "genre:landscape", "setting:fields", "season:spring", "hour:day", "mood:calm",
        "palette:muted", "style:geometric", "painter:Ilona Szabados-Korda",
        "school:Line and field", "thing:cypress", "1:cypress", "thing:oak", "2:oak", "red:oak",
        "thing:tree", "3:tree", "red:tree", "thing:plant", "3:plant", "red:plant",
        "oak left of cypress", "oak left of tree", "oak left of plant", "tree left of cypress",
        "tree left of tree", "tree left of plant", "plant left of cypress", "plant left of tree",
        "plant left of plant",
    }  # fmt: skip


def test_many_of_some_is_many_of_all() -> None:
    crowd = {"concept": "pine", "broader": ["tree"], "colour": "", "count": 0}
    facts = {**FACTS, "objects": [*FACTS["objects"], crowd]}  # type: ignore[misc]
    assert (number(facts, "tree"), number(facts, "oak")) == (0, 2)


def test_in_a_mirror_left_is_right() -> None:
    assert mirrored(FACTS)["relations"] == [[0, "left of", 1]]
    assert mirrored(mirrored(FACTS)) == FACTS


def test_a_domain_is_named_by_beginnings_of_tags() -> None:
    assert touched(FACTS, ["style:cubist", "genre:land"])
    assert not touched(FACTS, ["style:cubist", "figure:"])
    assert not touched(FACTS, [])


def test_the_table_answers_as_the_sets_do() -> None:
    other = {**FACTS, "style": "cubist", "relations": []}
    table = TagTable([FACTS, other])
    asked = [
        (["thing:oak"], []), (["thing:oak", "style:cubist"], []), (["thing:boat"], []),
        (["2:oak"], ["style:cubist"]), ([], ["thing:boat"]),
    ]  # fmt: skip
    assert table.fitting(np.array([0, 1]), asked).tolist() == [
        [True, True], [False, True], [False, False], [True, False], [True, True],
    ]  # fmt: skip
    assert table.fitting(np.array([1]), asked[:1]).tolist() == [[True]]
    columns = table.common(2)
    assert len(columns) == 8 + 4  # facts with one value but the style; kinds of things
    assert table.labels(np.array([0, 1]), columns).all()


@settings(deadline=None)
@given(index=st.integers(0, 300), language=st.integers(0, 1), seed=st.integers(0, 10_000))
def test_a_query_is_answered_by_the_scene_it_was_made_from(
    index: int, language: int, seed: int
) -> None:
    facts = training_scene(index).facts()
    made = synthetic_query(facts, language, Random(seed))
    held = tags(facts)
    assert made.needs
    assert set(made.needs) <= held
    assert not set(made.bars) & held
    assert made.text.strip() == made.text
    assert "  " not in made.text


def test_little_words_agree_with_what_follows() -> None:
    made = SyntheticQuery(subjects=["a owl above a house"], language=0, closing=" ?")
    assert made.text == "an owl above a house ?"
    made = SyntheticQuery(["une lune au-dessus de un lac"], ["sans aucune sorte de arbres"])
    made.language = 1
    assert made.text == "une lune au-dessus d'un lac sans aucune sorte d'arbres"
    made = SyntheticQuery(["un chien à gauche de le soleil"], language=1)
    assert made.text == "un chien à gauche du soleil"


@pytest.mark.parametrize(
    ("language", "words"), [(0, {"oaks", "red", "springtime"}), (1, {"chênes", "tableau"})]
)
def test_queries_speak_both_languages_in_many_words(language: int, words: set[str]) -> None:
    said = " ".join(synthetic_query(FACTS, language, Random(seed)).text for seed in range(200))
    assert words <= set(said.replace(",", " ").split())
