"""The rewritten talk's list, and what the catalogue graph says of all that holds by now."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmark.conversing.talk import DEPTH, Known, System, Turn, listed
from benchmark.conversing.wordings import JOINED, REWRITTEN
from benchmark.search.ties import id_ranks, top_k

WEIGHT = 1.0
"""Of the constraints; the first of the list counts 1."""

_HALF = 10
"""Places down the list after which a painting counts half."""


def answer(turns: Sequence[Turn], known: Known, weight: float = WEIGHT) -> Sequence[str]:
    """All paintings by where the list has them and how far they meet the constraints."""
    catalogue = known.catalogue
    assert catalogue is not None, "only where there is a catalogue graph"
    found = np.float32(weight) * catalogue.met([turn.said for turn in turns])
    rows = {name: row for row, name in enumerate(catalogue.ids)}
    for place, painting in enumerate(listed(turns, known, REWRITTEN, JOINED)):
        found[rows[painting]] += 1 / (1 + place / _HALF)
    order = top_k(found, id_ranks(catalogue.ids), min(DEPTH, len(rows)))
    return tuple(catalogue.ids[row] for row in order if found[row] > 0)


SYSTEM = System(
    "constrained",
    "the rewritten talk, and constraints of the catalogue graph carried along and revised",
    answer,
    needs_graph=True,
)
