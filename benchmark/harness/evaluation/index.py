"""A gallery shown to a searcher under other names and in another order, and what it finds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmark.collections.base import Collection
from benchmark.harness.evaluation.disguise import names, shuffled
from benchmark.harness.isolation.model import Model
from benchmark.records import Run
from benchmark.search.ranking import FUSED, ranking
from benchmark.submission import Submission

_TEXTS_AT_ONCE = 256


def index(model: Model, collection: Collection, submission: Submission) -> NDArray[np.int64]:
    """Show a searcher what its `inputs` name of every painting; returns the order it was shown.

    Names say nothing, but to who reads the catalogue graph: it names paintings by their own.
    """
    order = shuffled(len(collection))
    shown = submission.inputs
    metadata = [collection.metadata[row] for row in order] if "metadata" in shown else None
    pictures = [collection.picture(int(row)) for row in order] if "image" in shown else []
    own = [collection.ids[row] for row in order] if "graph" in shown else names(len(order))
    model.index(own, metadata, pictures)
    return order


def searched(
    model: Model, collection: Collection, order: NDArray[np.int64], texts: Sequence[str]
) -> Run:
    """The best lists for all texts, named by their numbers; empty lists are kept.

    They reach far beyond what is published: equal scores at the cut are ordered by our ids, not by
    the names it was told, and a fusion may look at them.
    """
    k, asked = min(len(order), FUSED), shuffled(len(texts))
    ids: list[list[str]] = [[] for _ in texts]
    scores: list[NDArray[np.float32]] = [np.zeros(0, np.float32) for _ in texts]
    for start in range(0, len(texts), _TEXTS_AT_ONCE):
        part = asked[start : start + _TEXTS_AT_ONCE]
        found = model.search([texts[number] for number in part], k, len(order))
        for number, (places, values) in zip(part, found, strict=True):
            ids[number] = [collection.ids[row] for row in order[places]]
            scores[number] = values
    numbers = [str(number) for number in range(len(texts))]
    return ranking(numbers, ids, scores, set(collection.ids), FUSED)
