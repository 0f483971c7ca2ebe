"""What a reader of the board is told beside a submission's name, in words."""

from __future__ import annotations

from benchmark.collections.pictures import Pictures
from benchmark.results.schema import Result

_AUDIT = {
    "falls": "falls on new pictures",
    "falls in other words": "falls in other words",
}


def lacking(pictures: Pictures) -> str:
    """That some pictures were missing, in words."""
    return f"without {pictures.missing:,} of its pictures"


def marks(result: Result) -> list[str]:
    """What was missing, and what the honesty tests and the audit found; nothing where all is
    well."""
    found = list(result.cost.marks) if result.cost else []
    if result.pictures and result.pictures.missing:
        found.append(lacking(result.pictures))
    if result.audit and result.audit.verdict in _AUDIT:
        found.append(_AUDIT[result.audit.verdict])
    if result.disguise and result.disguise.verdict == "falls":
        found.append("knows the files, not the pictures")
    return found


def has_seen(result: Result) -> bool:
    """Whether the submission says that it learned from the collection's own pictures or queries,
    or from the world that they are drawn from: an entry of its training data begins with the
    collection's name. Neither praise nor blame, and no matter for its place."""
    entries = result.about.training_data or []
    return result.collection.name in (entry.partition(" ")[0] for entry in entries)
