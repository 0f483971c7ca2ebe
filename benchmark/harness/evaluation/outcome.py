"""What a run says of one submission."""

from __future__ import annotations

from dataclasses import dataclass

from benchmark.results.agreement import State
from benchmark.results.schema import Result


@dataclass(frozen=True)
class Outcome:
    """What became of one submission, in a word and a line.

    `left_out`: paintings whose picture could not be read, of so many in the `gallery`.
    """

    name: str
    state: State
    detail: str = ""
    left_out: tuple[str, ...] = ()
    gallery: int = 0

    @classmethod
    def of(cls, name: str, state: State, detail: str, result: Result) -> Outcome:
        """With the pictures that a result leaves out."""
        left_out = tuple(result.collection.left_out)
        gallery = result.collection.paintings + len(left_out) if left_out else 0
        return cls(name, state, detail, left_out, gallery)
