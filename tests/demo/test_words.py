"""Both languages say everything."""

from __future__ import annotations

import re
from pathlib import Path

from benchmark.demo import words

HERE = Path(words.__file__).parent


def test_every_label_is_said_in_both_languages_and_used() -> None:
    code = "".join(path.read_text("utf-8") for path in HERE.glob("*.py") if path.stem != "words")
    for name, (english, french) in words._WORDS.items():
        assert english and french
        assert re.search(rf"""["']{name}["']""", code), name


def test_numbers_and_predicates() -> None:
    assert words.count(60_000, "en") == "60,000"
    assert words.count(60_000, "fr") == "60\u202f000"
    assert words.says("P62_depicts", "fr") == "montre"
    assert words.says("current_location", "en") == "current location"
