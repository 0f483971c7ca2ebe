from __future__ import annotations

import csv
from pathlib import Path

import pytest

from benchmark.collections.atelier import vocabulary as words
from benchmark.collections.atelier.painters import FIGURES
from benchmark.training import synonyms
from benchmark.training.synonyms import phrases

ROWS = list(
    csv.DictReader(Path(synonyms.__file__).with_suffix(".csv").open(encoding="utf-8", newline=""))
)
KNOWN = {
    "thing": words.CONCEPTS, "setting": words.SETTINGS, "hour": words.HOURS,
    "season": words.SEASONS, "weather": words.WEATHERS, "mood": words.MOODS,
    "palette": words.PALETTES, "style": words.STYLES, "genre": words.GENRES,
    "relation": words.RELATIONS, "figure": FIGURES,
}  # fmt: skip


@pytest.mark.parametrize("name", sorted({row["tag"].partition(":")[0] for row in ROWS}))
def test_every_row_is_of_a_tag_there_is_and_well_formed(name: str) -> None:
    for row in ROWS:
        kind, _, value = row["tag"].partition(":")
        if kind != name:
            continue
        assert not value or value in KNOWN[name]
        assert row["form"] in ("noun", "rest", "adjective", "work")
        for language in ("en", "fr"):
            for phrase in filter(None, row[language].split("|")):
                # French wants a space before its question mark.
                assert phrase == (phrase.rstrip() if name == "closing" else phrase.strip())
                assert phrase.count("/") == (name == "thing")


def test_every_thing_and_figure_has_other_names() -> None:
    tags = {row["tag"] for row in ROWS}
    assert {f"thing:{concept}" for concept in words.CONCEPTS} <= tags
    assert {f"figure:{name}" for name in FIGURES} <= tags


def test_the_style_held_out_of_training_is_not_in_it() -> None:
    assert not any("tenebr" in " ".join(row.values()).lower() for row in ROWS)


def test_no_row_is_written_twice() -> None:
    keys = [(row["tag"], row["form"]) for row in ROWS]
    assert len(keys) == len(set(keys))


def test_phrases_by_tag_form_and_language() -> None:
    assert phrases("thing:rooster", "noun", 0)[:2] == ["cock/cocks", "cockerel/cockerels"]
    assert phrases("hour:night", "rest", 1)[0] == "de nuit"
    assert phrases("style:tenebrist", "rest", 0) == []
    assert phrases("thing:nothing", "noun", 0) == []
