"""Both languages say everything."""

from __future__ import annotations

import re
from pathlib import Path

from benchmark.demo import phrases

HERE = Path(phrases.__file__).parent


def test_every_label_is_said_in_both_languages_and_used() -> None:
    code = "".join(path.read_text("utf-8") for path in HERE.glob("*.py") if path.stem != "phrases")
    for name, (english, french) in phrases._WORDS.items():
        assert english and french
        assert re.search(rf"""["']{name}["']""", code), name


def test_numbers_and_predicates() -> None:
    assert phrases.count(60_000, "en") == "60,000"
    assert phrases.count(60_000, "fr") == "60\u202f000"
    assert phrases.says("P62_depicts", "fr") == "montre"
    assert phrases.says("current_location", "en") == "current location"
