"""A searcher's scores as a table, so that they are compared as embeddings are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benchmark.collections.base import Collection
from benchmark.harness.evaluation.index import index, searched
from benchmark.harness.isolation.model import Model, Rows
from benchmark.submission import Submission


class SearcherScores:
    """Asks a searcher about paintings by one `text`, and about texts over one gallery.

    Scores are float32, 0 for what a list lacks.
    """

    def __init__(self, gallery: Collection, submission: Submission, text: str) -> None:
        self._gallery, self._submission, self._text = gallery, submission, text
        self._model: Model | None = None
        """Who was shown the gallery last, in `_order`."""
        self._order = np.zeros(0, np.int64)

    def paintings(self, model: Model, pictures: Sequence[bytes]) -> Rows:
        """(n, 1) of the first paintings of the gallery, which have these pictures instead."""
        self._model, first = None, dict(enumerate(pictures))
        shown = replace(
            self._gallery, picture=lambda row: first.get(row) or self._gallery.picture(row)
        )
        order = index(model, shown, self._submission)
        return self._scores(model, order, [self._text])[:, : len(pictures)].T

    def texts(self, model: Model, texts: Sequence[str]) -> Rows:
        """(n, paintings); the gallery is shown once to each process."""
        if self._model is not model:
            self._order = index(model, self._gallery, self._submission)
            self._model = model
        return self._scores(model, self._order, texts)

    def _scores(self, model: Model, order: NDArray[np.int64], texts: Sequence[str]) -> Rows:
        run = searched(model, self._gallery, order, texts)
        at = {name: place for place, name in enumerate(self._gallery.ids)}
        table = np.zeros((len(texts), len(self._gallery)), np.float32)
        for row, ids, scores in zip(table, run.ids, run.scores, strict=True):
            row[[at[name] for name in ids]] = scores
        return table
