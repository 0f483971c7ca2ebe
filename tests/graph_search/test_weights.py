from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.graph_search.weights import GUESS, read

OURS = Path(__file__).parents[2] / "submissions" / "graph-search" / "weights.json"


def test_what_is_written_is_read(tmp_path: Path) -> None:
    (tmp_path / "w.json").write_text(GUESS.model_dump_json())
    assert read(tmp_path / "w.json") == GUESS
    assert GUESS.count == read(OURS).count == 22


@pytest.mark.parametrize(
    ("field", "value", "line"),
    [
        ("date", "1e999", "date: Input should be a finite number, not inf"),
        ("date", "NaN", "not valid JSON (NaN is no number); write it anew"),
        ("date", '"much"', "date: Input should be a valid number, unable to parse string"),
        ("more", "1", "more: unknown key; known: date, expansion, how, kind, negated, title, "),
        ("kind", "{}", "kind: lacks "),
    ],
)
def test_what_is_no_weight_is_one_line(tmp_path: Path, field: str, value: str, line: str) -> None:
    path, table = tmp_path / "w.json", {**GUESS.model_dump(), field: "HERE"}
    path.write_text(json.dumps(table).replace('"HERE"', value))
    with pytest.raises(BadInput) as caught:
        read(path)
    said = str(caught.value)
    assert "\n" not in said
    assert said.startswith(f"{path}: {line}")


def test_of_keys_that_are_lacking_the_first_is_named(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    path.write_text(json.dumps({**GUESS.model_dump(), "expansion": {}}))
    with pytest.raises(BadInput) as caught:
        read(path)
    assert str(caught.value) == f"{path}: expansion: lacks 'attribute'; add it"
