from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, Field

from benchmark.errors import BadInput
from benchmark.tables import validated


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    depth: int = 1


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    inner: Inner | None = None
    size: int = Field(1, ge=1)


def test_a_table_becomes_its_model() -> None:
    found = validated("x.toml", Outer, {"name": "a", "inner": {"depth": 2}})
    assert found == Outer(name="a", inner=Inner(depth=2))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({}, "x.toml: name: missing; add it"),
        ({"nam": "a"}, "x.toml: nam: unknown key; did you mean 'name'?"),
        ({"name": "a", "colour": 1}, "x.toml: colour: unknown key; known: name, inner, size"),
        (
            {"name": "a", "inner": {"dept": 1}},
            "x.toml: inner.dept: unknown key; did you mean 'depth'?",
        ),
        (
            {"name": "a", "size": 0},
            "x.toml: size: Input should be greater than or equal to 1, not 0",
        ),
        (
            {"name": "a", "inner": {"depth": "deep"}},
            "x.toml: inner.depth: Input should be a valid integer, unable to parse string as an "
            "integer, not 'deep'",
        ),
        (
            {"name": "\x1b[2J", "size": "\x1b"},
            "x.toml: size: Input should be a valid integer, unable to parse string as an integer, "
            "not '\\x1b'",
        ),
    ],
)
def test_what_is_wrong_first_in_one_line(table: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput) as caught:
        validated("x.toml", Outer, table)
    assert str(caught.value) == said
