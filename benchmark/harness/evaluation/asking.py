"""A gallery that a model is shown now, and its lists over it: nothing is read or kept."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.collections.base import Collection
from benchmark.harness.evaluation.encode import TEXTS_AT_ONCE, encode_texts, picture_embeddings
from benchmark.harness.evaluation.index import index, searched
from benchmark.harness.isolation.model import Model
from benchmark.records import Run
from benchmark.scorers.measures import DEPTH
from benchmark.search.similarities import search
from benchmark.submission import Submission

Questions = Sequence[tuple[str, str]]
"""Questions as (id, text)."""


def asked(
    model: Model,
    submission: Submission,
    shown: Collection,
    questions: Questions,
    depth: int = DEPTH,
) -> Run:
    """Lists of a loaded model over a gallery. Raises SubmissionFailed where it gives none."""
    names, texts = [name for name, _ in questions], [text for _, text in questions]
    if not model.can("Encoder"):
        order = index(model, shown, submission)
        found = searched(model, shown, order, texts)
        shown_ids = tuple(one[:depth] for one in found.ids)
        return Run(tuple(names), shown_ids, tuple(one[:depth] for one in found.scores))
    size = submission.batch_size
    size = TEXTS_AT_ONCE if size == "auto" else size
    ids, images = picture_embeddings(model, shown, size)
    embeddings = encode_texts(model, texts, min(size, TEXTS_AT_ONCE))
    return search(submission.similarity, names, embeddings, ids, images, depth)
