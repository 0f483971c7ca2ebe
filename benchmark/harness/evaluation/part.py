"""A part of a collection, shown as if it were one."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.collections.base import Collection


def part(collection: Collection, rows: Sequence[int]) -> Collection:
    """Some paintings of a collection, in the order given."""
    return Collection(
        name=collection.name,
        folder=collection.folder,
        ids=tuple(collection.ids[row] for row in rows),
        metadata=tuple(collection.metadata[row] for row in rows),
        picture=lambda place: collection.picture(rows[place]),
    )
