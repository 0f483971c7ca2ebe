"""Captions and titles: true, grammatical where it is easy to be wrong, and not telling too much."""

from __future__ import annotations

import re

import numpy as np
import pytest

from benchmark.collections.atelier import captions, vocabulary
from benchmark.collections.atelier.naming import listed, name_en, name_fr, related
from benchmark.collections.atelier.sampling import sample_scene
from benchmark.collections.atelier.scene import MANY, Thing


@pytest.mark.parametrize(
    ("thing", "english", "french"),
    [
        (Thing("house", "white", 2), "two white houses", "deux maisons blanches"),
        (Thing("apple", "red", 1), "a red apple", "une pomme rouge"),
        (Thing("orange", "", 1), "an orange", "une orange"),
        (Thing("woman", "blue", 1), "a woman in blue", "une femme en bleu"),
        (Thing("horse", "white", 3), "three white horses", "trois chevaux blancs"),
        (Thing("sun", "", 1), "the sun", "le soleil"),
        (Thing("moon", "", 1), "the moon", "la lune"),
        (Thing("star", "", MANY), "many stars", "beaucoup d'étoiles"),
        (Thing("candle", "", 7), "seven candles", "sept bougies"),
    ],
)
def test_names(thing: Thing, english: str, french: str) -> None:
    assert name_en(thing) == english
    assert name_fr(thing) == french


def test_relations_in_words() -> None:
    assert related("a dog", "left of", "a horse", 0) == "a dog to the left of a horse"
    assert related("un chien", "left of", "un cheval", 1) == "un chien à gauche d'un cheval"
    assert related("la lune", "above", "le soleil", 1) == "la lune au-dessus du soleil"
    assert related("un roi", "above", "deux lions", 1) == "un roi au-dessus de deux lions"
    assert related("un homme", "holding", "un livre", 1) == "un homme tenant un livre"
    assert listed(["a", "b", "c"], 1) == "a, b et c"


@pytest.mark.parametrize("seed", range(0, 400, 7))
def test_a_sentence_is_clean_and_keeps_to_the_facts(seed: int) -> None:
    scene = sample_scene(seed)
    rng = np.random.default_rng(seed)
    for _ in range(4):
        for text in (captions.english(scene, rng), captions.french(scene, rng)):
            assert text.endswith(".") and text[0] == text[0].upper()
            assert "  " not in text and " ," not in text and "{" not in text
        english = captions.english(scene, rng).lower()
        assert not re.search(r"\ba [aeiou](?!ne\b)", english.replace("a one", "")), english
        for name in vocabulary.STYLES.keys() - {scene.style, "academic", "icon"}:
            assert f"{name} style" not in english


def test_absent_things_are_absent() -> None:
    for seed in range(300):
        scene = sample_scene(seed)
        shown = {vocabulary.CONCEPTS[thing.concept].en_plural for thing in scene.things}
        said = captions.english(scene, np.random.default_rng(seed))
        found = re.search(r"but no ([\w -]+?)[,.]", said)
        assert found is None or found.group(1) not in shown, said
