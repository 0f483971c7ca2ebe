"""What holds for every system, whoever adds one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmark.conversing.constraints import Catalogue
from benchmark.conversing.systems import systems
from benchmark.conversing.talk import DEPTH, Known, System, Turn, Vectors
from benchmark.conversing.wordings import questions
from benchmark.errors import BadInput
from tests.graph_search.small import store

NAMES = [f"p{number:03}" for number in range(130)]
TALKS = {
    "plain": ["a farm", "in spring", "but no hens"],
    "contradictory": ["hens", "no hens", "hens", "no, no hens"],
    "nothing wanted": ["no", "not that", "…"],
    "other words": ["鶏", "без птиц", "'" * 300],
}


def test_all_turns_joined_comes_first() -> None:
    assert [*systems()] == [
        "joined",
        "constrained",
        "constrained+rocchio",
        "last",
        "rewritten",
        "rewritten+rocchio",
        "rocchio",
    ]


@pytest.mark.parametrize("talk", TALKS)
@pytest.mark.parametrize("name", systems())
def test_every_turn_of_every_talk_has_an_answer(name: str, talk: str) -> None:
    system = systems()[name]
    asked = questions(["a", "b", "c", "d"][: len(TALKS[talk])], TALKS[talk])
    texts = sorted({key for turn in asked for key, _ in turn.values()})
    random = np.random.default_rng(0)
    rows, images = (random.normal(size=(n, 8)).astype(np.float32) for n in (len(texts), 130))
    order = {key: random.permutation(NAMES)[:DEPTH].tolist() for key in texts}
    known = Known(
        order,
        Vectors(texts, rows, NAMES, images) if system.needs_embeddings else None,
        Catalogue(store(), NAMES) if system.needs_graph else None,
    )
    assert system.fits(known)
    turns: list[Turn] = []
    for number, turn in enumerate(asked):
        keys = {wording: key for wording, (key, _) in turn.items()}
        said = TALKS[talk][number]
        turns.append(Turn(keys, number == 2, "p001" if number else None, said=said))
        found = system.answer(turns, known)
        assert len(found) == DEPTH == len(set(found)) and set(found) <= set(NAMES)
        assert list(system.answer(turns, known)) == list(found), "another answer when asked again"
        turns[-1] = turns[-1].reacted(("p002", "p003"), ("p004",))


def test_a_system_is_asked_where_what_it_needs_is_known() -> None:
    vectors = Vectors(["q"], np.ones((1, 2), np.float32), ["p"], np.ones((1, 2), np.float32))
    catalogue = Catalogue(store(), ["p"])
    plain, both = (
        System(name, "", lambda turns, known: (), needs_embeddings=needs, needs_graph=needs)
        for name, needs in (("plain", False), ("both", True))
    )
    assert plain.fits(Known({})) and both.fits(Known({}, vectors, catalogue))
    assert not both.fits(Known({}, vectors)) and not both.fits(Known({}, None, catalogue))


def test_a_file_without_a_system_is_named(package: Path) -> None:
    (package / "empty.py").write_text("")
    with pytest.raises(BadInput, match=r"empty\.py: SYSTEM: missing; define SYSTEM as a System"):
        systems(package.name)
