"""From a cached entry to ranked lists, by the similarity that its submission names."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.collections.base import Collection
from benchmark.errors import SubmissionFailed
from benchmark.harness.evaluation.cache import Entry
from benchmark.harness.evaluation.rank import rank, table
from benchmark.records import Run
from benchmark.scorers.measures import DEPTH
from benchmark.search.similarities import search
from benchmark.search.similarity import INNER_PRODUCT
from benchmark.submission import Submission

NOT_SEARCHED = "is no Encoder, so no embeddings are searched: remove [search]"


def ranked(
    entry: Entry, collection: Collection, query_ids: Sequence[str], depth: int = DEPTH
) -> Run:
    """Rank the gallery for each query. Raises SubmissionFailed on unusable rows."""
    if entry.similarity == INNER_PRODUCT:
        return rank(entry, collection, query_ids, depth)
    texts, images, ids = table(entry, collection, len(query_ids))
    return search(entry.similarity, query_ids, texts, ids, images, depth)


def need_no_similarity(submission: Submission) -> None:
    """Raise SubmissionFailed where what is no encoder names what its embeddings are searched by."""
    if submission.search is not None:
        raise SubmissionFailed(NOT_SEARCHED)
