from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest

from benchmark.errors import BadInput
from benchmark.queries.museum import visual_concepts
from benchmark.training.painting_requests import Request, by_name, fitting, of_two, read
from tests.training.described import CONCEPTS, queries

ROOT = Path(__file__).parents[2]


def asked(needs: str, bars: str = "") -> Request:
    """A request as its line has it."""
    groups = tuple(tuple(group.split("|")) for group in needs.split())
    return Request(("en", "fr"), groups, tuple(bars.split()))


@pytest.mark.parametrize(
    ("request_", "seen", "fit"),
    [
        (asked("cat"), {"cat": 2}, 2),
        (asked("cat"), {"cat": 1, "boat": 2}, 1),
        (asked("cat"), {"boat": 2}, 0),
        (asked("cat"), {}, 0),
        (asked("cat|dog"), {"dog": 1}, 1),
        (asked("cat|dog"), {"dog": 1, "cat": 2}, 2),
        (asked("boat sea"), {"boat": 2, "sea": 1}, 1.5),
        (asked("boat sea"), {"boat": 2}, 0),
        (asked("boat sea red"), {"boat": 2, "sea": 1, "red": 1}, 4 / 3),
        (asked("boat", "sea"), {"boat": 2}, 2),
        (asked("boat", "sea"), {"boat": 2, "sea": 1}, 0),
        (asked("", "sea"), {"boat": 2}, 1),
        (asked("", "sea red"), {"red": 1}, 0),
        (asked(""), {}, 1),
    ],
)
def test_how_well_a_painting_answers(request_: Request, seen: dict[str, int], fit: float) -> None:
    assert request_.fits(seen) == fit
    np.testing.assert_allclose(fitting([request_], [seen]), [[fit]], rtol=1e-3)


def test_all_at_once_is_one_by_one() -> None:
    chance, names = Random(0), [*CONCEPTS, "never-seen"]

    def some(most: int) -> list[str]:
        return chance.sample(names, chance.randrange(most + 1))

    seen = [
        {name: chance.choice((1, 2)) for name in some(4) if name in CONCEPTS} for _ in range(40)
    ]
    requests = [
        Request(("", ""), tuple(tuple(some(2) or ["cat"]) for _ in range(chance.randrange(4))),
                tuple(some(2)))
        for _ in range(60)
    ]  # fmt: skip
    found = fitting(requests, seen)
    assert found.shape == (60, 40) and found.dtype == np.float16
    wanted = [[one.fits(told) for told in seen] for one in requests]
    np.testing.assert_allclose(found, wanted, rtol=1e-3)
    assert 0 < np.mean(found > 0) < 1


def test_lines_are_needs_bars_and_both_languages(tmp_path: Path) -> None:
    requests = read(queries(tmp_path) / "training-paintings" / "requests.tsv", CONCEPTS)
    assert requests[1:4] == [
        Request(("a boat on the sea", "un bateau en mer"), (("boat",), ("sea",))),
        Request(("a pet", "un animal familier"), (("cat", "dog"),)),
        Request(("something red, no sea", "du rouge, sans la mer"), (("red",),), ("sea",)),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("cat\t\ta cat\tun chat\ncat\ta cat\tun chat\n", ":2: has 3 columns; give 4"),
        ("cat|unicorn\t\ta\tb\n", ":1: 'unicorn' is not in the vocabulary; mend it"),
        ("\tunicorn\ta\tb\n", ":1: 'unicorn' is not in the vocabulary; mend it"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, line: str) -> None:
    path = tmp_path / "requests.tsv"
    path.write_text(text)
    with pytest.raises(BadInput) as caught:
        read(path, CONCEPTS)
    assert str(caught.value) == f"{path}{line}"


def test_ours_are_in_words_of_the_vocabulary() -> None:
    concepts = visual_concepts.read(ROOT / "queries" / "museum-core" / visual_concepts.CSV)
    requests = read(ROOT / "queries" / "training-paintings" / "requests.tsv", concepts)
    assert len(requests) > 2000
    assert all(one.needs or one.bars for one in requests)
    assert all(text and text == text.strip() for one in requests for text in one.said)


def test_concepts_are_asked_for_by_their_own_names() -> None:
    requests = by_name(CONCEPTS)
    assert {one.needs for one in requests} == {
        (("cat",),), (("dog",),), (("boat",),), (("sea",),), (("red",),),
    }  # fmt: skip  # "animal" is a heading, without a note
    said = {one.said for one in requests if one.needs == (("cat",),)}
    assert {("cat", "chat"), ("show me cat", "montrez-moi chat")} <= said


def test_two_things_are_asked_for_that_one_painting_shows() -> None:
    seen = [{"cat": 2, "animal": 2, "red": 1}, {"boat": 1}, {"boat": 2, "sea": 2}] * 9
    requests = of_two(seen, CONCEPTS, seed=3)
    assert requests == of_two(seen, CONCEPTS, seed=3) != of_two(seen, CONCEPTS, seed=4)
    assert {frozenset(name for (name,) in one.needs) for one in requests} == {
        frozenset({"cat", "red"}), frozenset({"boat", "sea"}),
    }  # fmt: skip
    for one in requests:
        for language, said in enumerate(one.said):
            names = [(CONCEPTS[name].en, CONCEPTS[name].fr)[language] for (name,) in one.needs]
            assert said.index(names[0]) < said.index(names[1])
