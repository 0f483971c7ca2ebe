"""The lists of a fusion's stages made into one, as its manifest says."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.records import Run
from benchmark.scorers.measures import DEPTH
from benchmark.search.fusion import reciprocal_rank_fusion, weighted_fusion
from benchmark.search.ranking import FUSED
from benchmark.submission import Pipeline


def looked_at(pipeline: Pipeline | None) -> int:
    """Paintings of each stage's list that take part: scores are looked at further than ranks."""
    return FUSED if pipeline is not None and pipeline.weights else DEPTH


def fused(pipeline: Pipeline, runs: Sequence[Run], embedded: Sequence[bool], depth: int) -> Run:
    """The best `depth` of one list for each query; `embedded`: which runs embeddings gave."""
    if pipeline.weights:
        return weighted_fusion(runs, pipeline.weights, embedded, depth)
    return reciprocal_rank_fusion(runs, pipeline.constant, depth)
