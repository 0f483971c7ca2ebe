"""Results made by hand."""

from __future__ import annotations

import numpy as np

from benchmark.collections.knowledge import Knowledge
from benchmark.collections.registry import Place
from benchmark.queries import load as queries
from benchmark.queries.load import QuerySet
from benchmark.records import Query, Run
from benchmark.results.cost import Cost, Energy, Hardware, Ratio, Size
from benchmark.results.schema import About, Asked, Gallery, Interval, Provenance, Result
from benchmark.results.stage_keys import Keys
from benchmark.scorers import Answers, Judgments
from benchmark.scorers.measures import MEASURES
from benchmark.submission import Submission
from benchmark.tasks import Sources
from benchmark.tasks._embeddings import EmbeddingFigures, Stored, Trade
from benchmark.tasks.retrieval import TASK

QUERY_SET = QuerySet(
    (Query("q1", "one", "x", "en", "q1"), Query("q2", "two", "y", "en", "q2")),
    {"q1": {"a": 3, "b": 1}, "q2": {"b": 2}},
)
RUN = Run(
    ("q1", "q2"),
    (("b", "a"), ("c",)),
    (np.array([0.5, 0.25], np.float32), np.array([1.5], np.float32)),
)
SCORES = {measure.name: {"q1": 0.5, "q2": 0.25} for measure in MEASURES}
CATALOGUE = {"gini@10": 0.5, "never@10": 0.25, "hub_skew@10": 1.5, "hub@10": 0.125}
EMBEDDINGS = EmbeddingFigures(
    geometry={"matched": 0.25, "unmatched": 0.05, "separation": 2.0, "truncated": 0.0},
    stored=[Stored(way="int8", bytes_per_painting=7, main=0.36)],
    trade=[
        Trade(weight=1, measures={"ndcg@10": 0.375, "ild@10": 0.5}),
        Trade(weight=0.5, measures={"ndcg@10": 0.25, "ild@10": 0.75}),
    ],
)
MANIFEST = {
    "name": "s",
    "title": "S",
    "summary": "A test.",
    "role": "baseline",
    "inputs": ["image"],
    "licence": "Apache-2.0",
    "batch_size": 4,
    "model": {"adapter": "python"},
}
MODEL = Submission.model_validate(MANIFEST)
KEYS = Keys.of(
    MODEL,
    [],
    "d",
    "f",
    QUERY_SET.texts_digest,
    QUERY_SET.qrels_digest,
)
COST = Cost(
    load_s=1,
    first_query_ms=5,
    first_picture_ms=None,
    query_ms_p50=1,
    query_ms_p90=2,
    query_ms_p99=3,
    query_encode_ms=0.75,
    query_search_ms=0.25,
    queries_timed=100,
    queries_per_s=2000,
    pictures_per_s=300,
    decoded_pictures_per_s=400,
    batch_size=32,
    bare_memory_mb=90,
    peak_memory_mb=1234,
    device_allocated_mb=None,
    device_reserved_mb=None,
    flops_per_picture=2_500_000,
    flops_per_query=None,
    energy={
        "queries": Energy(
            method="modelled", cpu_j=1, gpu_j=0, ram_j=2.5, g_co2e=0.01, country="FRA", seconds=4
        )
    },
    spread={
        "query_ms_p50": 0.25,
        "queries_per_s": 0.01,
        "pictures_per_s": 0.02,
        "decoded_pictures_per_s": 0.1,
    },
    relative={"query_ms_p50": Ratio(middle=2, low=1.5, high=2.5)},
    reference="reference",
    marks=["caches texts"],
    hardware=Hardware(processor="x", cores=2, memory_gb=8, device="cpu"),
    isolation="process",
    code=KEYS.costs,
    date="2026-01-01T00:00:00+00:00",
)


def changed(one: Result, **fields: object) -> Result:
    """A result whose retrieval section says something else."""
    found = one.sections[TASK.name].model_copy(update=fields)
    return one.model_copy(update={"sections": one.sections | {TASK.name: found}})


def result(submission: str = "s", ndcg: float | None = None) -> Result:
    """A result of SCORES over QUERY_SET, under the code as it is."""
    sources = Sources(QUERY_SET, lambda: Knowledge({}, {}))
    found = TASK.summary(SCORES, Answers(RUN, Judgments({}, ())), sources)
    fields: dict[str, object] = {"catalogue": CATALOGUE, "embeddings": EMBEDDINGS}
    if ndcg is not None:
        main = {"ndcg@10": Interval(mean=ndcg, low=ndcg, high=ndcg)}
        fields["measures"] = found.measures | main
    return Result(
        submission=submission,
        about=About(
            title="S",
            summary="A test.",
            role="baseline",
            teacher=None,
            base=None,
            inputs=["image"],
            adapter="python",
            licence="Apache-2.0",
            authors=[],
            links=[],
        ),
        collection=Gallery(name="g", fingerprint="f", paintings=3, left_out=[]),
        queries=Asked.of(QUERY_SET),
        sections={TASK.name: found.model_copy(update=fields)},
        size=Size(parameters={"image": 2_500_000}, weight_mb=9.5, bytes_per_painting=12),
        cost=COST,
        provenance=Provenance(
            submission="d",
            weights=None,
            encode_code=KEYS.encode,
            rank_code=KEYS.rank,
            families=dict(KEYS.families),
            section_code=KEYS.section,
            space_code=KEYS.space,
            cimaise="0",
            libraries={},
            date="2026-01-01T00:00:00+00:00",
            isolation="process",
        ),
    )


def as_now(made: Result, place: Place) -> Result:
    """The same on a collection as it lies there now, so that it is current."""
    here = place.open()
    query_set = queries.of(place, here)
    digests = {"texts_digest": query_set.texts_digest, "qrels_digest": query_set.qrels_digest}
    gallery = {
        "name": place.name,
        "fingerprint": place.fingerprint(),
        "paintings": len(here),
    }
    return made.model_copy(
        update={
            "collection": made.collection.model_copy(update=gallery),
            "queries": made.queries.model_copy(update=digests),
        }
    )
