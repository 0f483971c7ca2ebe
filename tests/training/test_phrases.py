from __future__ import annotations

import csv
from pathlib import Path

import pytest

from benchmark.collections.atelier import vocabulary as words
from benchmark.training import phrases as module
from benchmark.training.phrases import phrases

ROWS = list(
    csv.DictReader(Path(module.__file__).with_suffix(".csv").open(encoding="utf-8", newline=""))
)
KNOWN = {
    "thing": words.CONCEPTS, "setting": words.SETTINGS, "hour": words.HOURS,
    "season": words.SEASONS, "weather": words.WEATHERS, "mood": words.MOODS,
    "palette": words.PALETTES, "manner": words.MANNERS, "genre": words.GENRES,
    "relation": words.RELATIONS,
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['tag']} {row['form']}")
def test_every_row_is_of_a_tag_there_is_and_well_formed(row: dict[str, str]) -> None:
    name, _, value = row["tag"].partition(":")
    if value:
        assert value in KNOWN[name]
    assert row["form"] in ("noun", "rest", "adjective", "work")
    for language in ("en", "fr"):
        for phrase in filter(None, row[language].split("|")):
            assert phrase == phrase.strip()
            assert phrase.count("/") == (name == "thing")


def test_no_row_is_written_twice() -> None:
    keys = [(row["tag"], row["form"]) for row in ROWS]
    assert len(keys) == len(set(keys))


def test_phrases_by_tag_form_and_language() -> None:
    assert phrases("thing:rooster", "noun", 0) == ["cock/cocks", "cockerel/cockerels"]
    assert phrases("hour:night", "rest", 1)[0] == "de nuit"
    assert phrases("thing:tree", "noun", 0) == []
    assert phrases("thing:nothing", "noun", 0) == []
