"""Other words for topics: plain, whole, and never a published text."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmark.errors import BadInput
from benchmark.queries.annotations import LANGUAGES, read_topics
from benchmark.queries.rewording import bare, reworded
from benchmark.workspace import Workspace

FOLDER: Path = Workspace.find(Path(__file__)).queries / "atelier"


@pytest.mark.parametrize(
    ("relevance", "english", "french"),
    [
        (
            {"subject": [{"concept": "rose", "colour": "red"}, {"concept": "vase"}],
             "soft": [{"concept": "vase", "colour": "blue"}]},
            "a red rose and a blue vase", "une rose rouge et un vase bleu",
        ),
        (
            {"subject": [{"relation": "riding", "of": {"concept": "woman"},
                          "to": {"concept": "horse"}}], "soft": [{"season": "winter"}]},
            "a woman riding a horse in winter", "une femme sur un cheval en hiver",
        ),
        (
            {"subject": [{"setting": "harbour"}], "not": [{"concept": "boat"}]},
            "in a harbour, without boats", "dans un port, sans bateaux",
        ),
        (
            {"subject": [{"concept": "hourglass"}], "soft": [{"hour": ["dawn", "day"]}],
             "not": [{"weather": "storm"}]},
            "an hourglass at dawn or in daylight, but not in a storm",
            "un sablier à l'aube ou en plein jour, mais pas sous l'orage",
        ),
        (
            {"subject": [{"figure": "Lucy"}], "soft": [{"mood": "solemn"}]},
            "Saint Lucy, solemn in mood", "sainte Lucie, dans une ambiance grave",
        ),
    ],
)  # fmt: skip
def test_an_expression_is_said_in_plain_words(
    relevance: dict[str, Any], english: str, french: str
) -> None:
    for language, said in enumerate((english, french)):
        for seed in range(5):
            assert reworded(relevance, language, Random(seed), set()).endswith(said)


def test_every_topic_has_other_words_in_both_languages() -> None:
    topics = read_topics(FOLDER / "annotations.jsonl")
    published = {bare(topic[language]) for topic in topics for language in LANGUAGES}
    for topic in topics:
        for language in (0, 1):
            text = reworded(topic["relevance"], language, Random(1), published)
            assert bare(text) not in published
            assert "  " not in text and not text.endswith((" ", ","))


def test_a_published_text_is_passed_over() -> None:
    relevance = {"subject": [{"concept": "lion"}]}
    first = reworded(relevance, 0, Random(3), set())
    assert reworded(relevance, 0, Random(3), {bare(first)}) != first


def test_where_all_is_published_it_says_so() -> None:
    class Everything(set[str]):
        def __contains__(self, _: object) -> bool:
            return True

    with pytest.raises(BadInput, match="other words"):
        reworded({"subject": [{"concept": "lion"}]}, 0, Random(3), Everything())


def test_case_marks_and_spaces_make_no_other_text() -> None:
    assert bare("A  red boat, please!") == bare("a red boat please")
