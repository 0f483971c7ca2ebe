"""What a source gives of a painting: the bytes, and what is to be said with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from benchmark.collections.pulled import Source
from benchmark.collections.pulling.wanted import Work


class Found(NamedTuple):
    """The bytes of a file, unchecked; `about` are fields of `pulled.Picture`: `origin` at least."""

    data: bytes
    about: Mapping[str, str]


Way = Callable[[], Found] | str
"""How to get a picture, or why there is none. Getting it raises Unfit, Unavailable or Ended."""


class Gives(Protocol):
    """A source of pictures: Commons, or a mirror."""

    @property
    def source(self) -> Source:
        """What results say of where their pictures are from."""
        ...

    def locate(self, works: Sequence[Work]) -> Mapping[str, Way]:
        """Id -> way, for each of at most 50 works. Raises Ended."""
        ...
