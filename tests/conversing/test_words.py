"""What the words of one turn say, by rules, in English and French."""

from __future__ import annotations

import pytest

from benchmark.conversing.words import Meaning, content, meaning


@pytest.mark.parametrize(
    ("text", "wanted", "refused", "takes_back"),
    [
        ("a farm", "a farm", (), False),
        ("show me farms, please", "farms", (), False),
        ("Je voudrais une ferme, s'il vous plaît", "une ferme", (), False),
        ("but no hens", "", ("hens",), False),
        ("mais sans poules ni oies", "", ("poules", "oies"), False),
        ("without hens and without geese", "", ("hens", "geese"), False),
        ("a barn without hens", "a barn", ("hens",), False),
        ("une grange, pas de poules", "une grange", ("poules",), False),
        ("a goose rather than a hen", "a goose", ("hen",), True),
        ("une oie plutôt qu'une poule", "une oie", ("poule",), True),
        ("no, the other one", "the other one", (), True),
        ("actually a duck", "a duck", (), True),
        ("finalement un canard", "un canard", (), True),
        ("more like that one, but at noon", "at noon", (), False),
        ("plutôt comme celui-là, mais à midi", "à midi", (), False),
        ("and nobody in it", "", ("people",), False),
        ("I don't want any hens", "", ("hens",), False),
        ("je ne veux pas de poules", "", ("poules",), False),
    ],
)
def test_a_turn(text: str, wanted: str, refused: tuple[str, ...], takes_back: bool) -> None:
    assert meaning(text) == Meaning(wanted, refused, takes_back)


@pytest.mark.parametrize("text", ["", " ", "…", "no", "???", "\x00", "not", "x" * 10_000])
def test_nothing_fails(text: str) -> None:
    found = meaning(text)
    assert found.refused == ()


def test_words_that_mean_something() -> None:
    assert content("the Trees of a forêt") == {"tree", "foret"}
