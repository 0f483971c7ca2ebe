"""docs/training.md lists the keys of every kind of recipe as the tables have them."""

from __future__ import annotations

import json
from pathlib import Path

from benchmark.training.recipe import kind, kinds
from tests.training.test_conformance import fields

PAGE = Path(__file__).parents[2] / "docs" / "training.md"


def listed() -> str:
    """The section as it must stand."""
    parts = []
    for name in kinds():
        rows = ["| key | if not said | meaning |", "| --- | --- | --- |"]
        for key, field in fields(kind(name).table):
            missing = "required"
            if not field.is_required():
                missing = "" if field.default is None else f"`{json.dumps(field.default)}`"
            rows.append(f"| `{key}` | {missing} | {field.description} |")
        parts.append(f"### {name}\n\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def test_every_key_stands_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    section = text.split("## Keys of a recipe\n")[1].split("\n## ")[0]
    assert listed().strip() in section
