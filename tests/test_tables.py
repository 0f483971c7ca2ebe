from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from benchmark.errors import BadInput
from benchmark.tables import Table, Text, validated


class Small(Table):
    kind: Literal["small"]
    size: int = Field(1, le=3)


class Large(Table):
    kind: Literal["large"]
    rooms: int


class Limits(Table):
    wall: int = 1


class Whole(Table):
    title: Text = "x"
    part: Annotated[Small | Large, Field(discriminator="kind")] | None = None
    limits: Limits | None = None
    names: list[Text] = Field([])


@pytest.mark.parametrize(
    ("given", "problem", "remedy"),
    [
        ({"titel": "x"}, "titel: unknown key", "did you mean 'title'?"),
        ({"q": 1}, "q: unknown key", "known: limits, names, part, title"),
        ({"limits": {"wal": 1}}, "limits.wal: unknown key", "did you mean 'wall'?"),
        # What may stand in the chosen table alone, though another has it.
        (
            {"part": {"kind": "small", "rooms": 3}},
            "part.rooms: unknown key",
            "known: kind, size",
        ),
        ({"part": {"kind": "large"}}, "part.rooms: missing", "add it"),
        ({"part": {"kind": "huge"}}, "part.kind: 'huge' is unknown", "one of small, large"),
        ({"part": {"knid": "small"}}, "part.kind: missing", "one of small, large"),
        ({"part": {"kind": "small", "size": 9}}, "part.size: Input should be less than", ""),
        ({"names": ["a", "\u202e"]}, "names.1: has control or invisible characters", ""),
        ({"small": 1}, "small: unknown key", "known: limits, names, part, title"),
    ],
)
def test_the_key_is_named_as_the_file_has_it(
    given: dict[str, Any], problem: str, remedy: str
) -> None:
    with pytest.raises(BadInput) as caught:
        validated("x.toml", Whole, given)
    assert str(caught.value).startswith(f"x.toml: {problem}")
    assert str(caught.value).endswith(f"; {remedy}" if remedy else str(caught.value))
