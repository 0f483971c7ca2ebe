"""What is said of the pictures that models are shown, where each machine pulls its own."""

from __future__ import annotations

from benchmark.records import Record


class Pictures(Record):
    """One state of a gallery's pictures: where they come from, and which bytes they are."""

    source: str
    """With their size, as in "Commons, 500 px"."""
    digest: str
    """Over every painting in the order of the gallery, and its picture's bytes or their lack."""
    missing: int
    """Paintings without one."""
