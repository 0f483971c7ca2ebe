"""A simulated visitor, without a language model: what she does follows from judgments alone.

She looks at the first ten. Of those worth 2 or 3 for what she wants now she likes the two best;
of those worth nothing that stand above the best one she likes (all ten, where she likes none) she
rejects the first two. Asked to point, she points at the best of the last answer that is worth
anything, and at nothing where none is. Among equals the higher in the list comes first, so
nothing is left to chance; she makes no mistakes, for there is no record of real ones to go by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LOOKS_AT = 10
"""Paintings that she looks at."""

REACTS = 2
"""Paintings that she likes at most, and rejects at most, at each turn."""

_LIKES = 2
"""The grade from which on she likes a painting."""


def reactions(
    shown: Sequence[str], grades: Mapping[str, int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(liked, rejected) of an answer, under the judgments of the turn that it answers."""
    seen = shown[:LOOKS_AT]
    worth = [painting for painting in seen if grades.get(painting, 0) >= _LIKES]
    liked = tuple(sorted(worth, key=lambda painting: -grades[painting])[:REACTS])
    above = seen[: seen.index(liked[0])] if liked else seen
    return liked, tuple(one for one in above if not grades.get(one, 0))[:REACTS]


def points_at(shown: Sequence[str], grades: Mapping[str, int]) -> str | None:
    """The painting of the last answer that she points at, under the judgments of that turn."""
    worth = [painting for painting in shown[:LOOKS_AT] if grades.get(painting, 0)]
    return max(worth, key=lambda painting: grades[painting], default=None)
