"""What is opened once, however many threads ask for it at the same time."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class once(Generic[Value]):
    """A property whose value is made by the first who asks; others wait for it.

    Its owner has a lock of its own, `opening`. (functools.cached_property has none from
    Python 3.12 on, so that two threads would each open the collection.)
    """

    def __init__(self, make: Callable[[Any], Value]) -> None:
        self._make, self._name = make, make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> once[Value]: ...

    @overload
    def __get__(self, owner: object, kind: type) -> Value: ...

    def __get__(self, owner: Any, kind: type) -> once[Value] | Value:
        if owner is None:
            return self
        lock: RLock = owner.opening
        with lock:
            if self._name not in owner.__dict__:
                owner.__dict__[self._name] = self._make(owner)
        value: Value = owner.__dict__[self._name]
        return value
