from __future__ import annotations

import gc
from dataclasses import dataclass
from weakref import ref

from benchmark.scorers._once import once


@dataclass(frozen=True, eq=False)
class Thing:
    number: int


def test_is_worked_out_once_for_each_object_and_detail() -> None:
    asked: list[tuple[int, int]] = []

    @once
    def times(thing: Thing, by: int) -> int:
        asked.append((thing.number, by))
        return thing.number * by

    one, same = Thing(3), Thing(3)
    assert [times(one, 2), times(one, 2), times(one, 5), times(same, 2)] == [6, 6, 15, 6]
    assert asked == [(3, 2), (3, 5), (3, 2)]


def test_is_forgotten_with_the_object() -> None:
    @once
    def wrapped(thing: Thing) -> Thing:
        return Thing(-thing.number)

    thing = Thing(1)
    made = ref(wrapped(thing))
    assert made() is not None
    del thing
    gc.collect()
    assert made() is None
