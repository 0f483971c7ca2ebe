"""What is worked out once of an object, for as long as that object lives."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

T = TypeVar("T")
P = ParamSpec("P")
R = TypeVar("R")


def once(make: Callable[Concatenate[T, P], R]) -> Callable[Concatenate[T, P], R]:
    """Remember what a function makes of an object (and of hashable details beside it).

    Objects are told apart by identity, so their fields must not change.
    """
    kept: WeakKeyDictionary[T, dict[Hashable, R]] = WeakKeyDictionary()

    def remembered(owner: T, /, *args: P.args, **kwargs: P.kwargs) -> R:
        found = kept.setdefault(owner, {})
        key: Any = (args, tuple(sorted(kwargs.items())))
        if key not in found:
            found[key] = make(owner, *args, **kwargs)
        return found[key]

    return remembered
