"""What a submission costs: its passes in turns with a reference's, then what it takes alone.

Every time is taken by our own process between a request and its answer, every count is of what
was put, and energy is metered over our own window. Two workers stand side by side and are asked in
turns, round by round (asv interleaves so), that an hour in which the machine is slow may slow
both; the one that is not asked is stopped. Energy is taken when the reference is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmark.errors import BadInput, SubmissionFailed
from benchmark.harness.evaluation.cache import Entry
from benchmark.harness.evaluation.device import named
from benchmark.harness.evaluation.encode import Progress
from benchmark.harness.evaluation.index import index
from benchmark.harness.evaluation.rank import read
from benchmark.harness.evaluation.report import IMAGES, Report
from benchmark.harness.isolation.answers import Echoed
from benchmark.harness.isolation.job import Job
from benchmark.harness.isolation.model import Model
from benchmark.harness.isolation.process import Process
from benchmark.harness.profiling.bench import Bench, Gallery
from benchmark.harness.profiling.channel import Overhead, overhead
from benchmark.harness.profiling.honesty import marks
from benchmark.harness.profiling.rounds import Effort, Rounds
from benchmark.results.cost import Cost, Hardware, Ratio
from benchmark.results.provenance import machine, measure_code
from benchmark.scorers.cost import percentile, ratios, spread
from benchmark.scorers.measures import DEPTH
from benchmark.search.exact import ExactIndex

EFFORT = Effort()

REFERENCE = Path(__file__).parent / "reference"
"""The submission that stands in where none is named as a teacher."""


def measure(
    job: Job,
    report: Report,
    references: Sequence[Callable[[], tuple[Job, int]]],
    gallery: Gallery,
    entry: Entry,
    progress: Progress,
) -> Cost:
    """The cost of a submission whose embeddings, to be searched, are in `entry`.

    `references`: makers of jobs with the size of their batches; the first whose model can be made
    is measured in turns with it. Raises SubmissionFailed where the submission fails.
    """
    effort, steps = EFFORT, EFFORT.rounds + 3
    progress("measuring", 0, steps)
    with Process(None) as bare:
        bare.ask(Echoed, "echo", most=1, back=1)
        bare_mb = bare.watch.highest() / 2**20
        channel = overhead(bare)
    with Model(job) as model:
        searching = _index(gallery, entry) if report.kind == "encoder" else None
        mine, first = _ready(model, gallery, searching, report.batch_size, channel)
        if model.kind != report.kind:
            raise SubmissionFailed(f"was a {report.kind} when scored and is a {model.kind} now")
        with ExitStack() as stack:
            with model.paused():
                name, other = _reference(references, gallery, stack, channel)
                other.warm_up()
            with other.bench.model.paused():
                mine.warm_up()
            for number in range(effort.rounds):
                with other.bench.model.paused():
                    mine.round()
                with model.paused():
                    other.round()
                progress("measuring", number + 1, steps)
        energy = mine.energy()
        progress("measuring", effort.rounds + 1, steps)
        precision = getattr(job.manifest.model, "precision", "fp32")
        found = marks(mine, precision, entry)
        progress("measuring", effort.rounds + 2, steps)
        peak_mb = model.watch.highest() / 2**20
        told = model.told(gallery.texts[:1])
        picture = gallery.collection.picture(gallery.rows[0])
        done = model.operations(gallery.texts[0], picture)
    progress("measuring", steps, steps)
    figures, theirs = mine.figures(), other.figures()
    middle = {figure: percentile(values, 50) for figure, values in figures.items()}
    queries, encode, search = (
        [value for one in rounds for value in one]
        for rounds in (mine.query_ms(), mine.encode_ms, mine.search_ms)
    )
    return Cost(
        load_s=first.load_s,
        first_query_ms=first.query_ms,
        first_picture_ms=first.picture_ms,
        query_ms_p50=percentile(queries, 50),
        query_ms_p90=percentile(queries, 90),
        query_ms_p99=percentile(queries, 99),
        query_encode_ms=percentile(encode, 50),
        query_search_ms=percentile(search, 50),
        queries_timed=len(queries),
        queries_per_s=middle["queries_per_s"],
        pictures_per_s=middle.get("pictures_per_s"),
        decoded_pictures_per_s=middle.get("decoded_pictures_per_s"),
        batch_size=report.batch_size,
        bare_memory_mb=bare_mb,
        peak_memory_mb=peak_mb - bare_mb,
        device_allocated_mb=told.allocated_mb,
        device_reserved_mb=told.reserved_mb,
        flops_per_picture=done.flops_per_picture,
        flops_per_query=done.flops_per_query,
        energy=energy,
        spread={figure: spread(values) for figure, values in figures.items()},
        relative={
            figure: Ratio.of(*ratios(values, theirs[figure]))
            for figure, values in figures.items()
            if figure in theirs
        },
        reference=name,
        marks=found,
        hardware=Hardware(**machine(), device=named(model.cuda)),
        isolation="sandbox" if model.walled else "process",
        code=measure_code(job.manifest),
        date=datetime.now(UTC).isoformat(timespec="seconds"),
    )


@dataclass(frozen=True)
class _First:
    """What a model takes before it is warm."""

    load_s: float
    query_ms: float
    picture_ms: float | None


def _index(gallery: Gallery, entry: Entry) -> ExactIndex:
    """The gallery's embeddings, ready to be searched."""
    every = read(entry.images / IMAGES, len(gallery.collection))
    ids = [gallery.collection.ids[row] for row in gallery.rows]
    return ExactIndex(ids, every if len(ids) == len(every) else every[gallery.rows])


def _ready(
    model: Model, gallery: Gallery, searching: ExactIndex | None, size: int, channel: Overhead
) -> tuple[Rounds, _First]:
    """The model loaded and first asked, and its rounds. Without embeddings to search, of as many
    at random: what a search takes depends on their number and width alone."""
    model.load()
    load_s, picture_ms = model.load_s, None
    if searching is not None:
        model.expect(searching.width)
    if model.kind == "encoder":
        model.send_pictures([gallery.collection.picture(gallery.rows[0])])
        model.receive_pictures(["the first"], lambda _: True)
        picture_ms = 1000 * (model.answered - model.asked)
        width = model.texts(gallery.texts[:1]).shape[1]
    else:
        index(model, gallery.collection, model.manifest)
        load_s += model.answered - model.asked
        model.search(gallery.texts[:1], DEPTH, len(gallery.collection))
    first = _First(load_s, 1000 * (model.answered - model.asked), picture_ms)
    if model.kind == "encoder" and searching is None:
        random = np.random.default_rng(0).standard_normal((len(gallery.rows), width), np.float32)
        searching = ExactIndex([gallery.collection.ids[row] for row in gallery.rows], random)
    return Rounds(Bench(model, gallery, searching, size, channel), EFFORT), first


def _reference(
    references: Sequence[Callable[[], tuple[Job, int]]],
    gallery: Gallery,
    stack: ExitStack,
    channel: Overhead,
) -> tuple[str, Rounds]:
    """The first reference that can be made, with its name. The last one must stand."""
    *teachers, fixed = references
    for make in teachers:
        try:
            return _started(make(), gallery, stack, channel)
        except (BadInput, SubmissionFailed):  # its own row says why
            continue
    return _started(fixed(), gallery, stack, channel)


def _started(
    made: tuple[Job, int], gallery: Gallery, stack: ExitStack, channel: Overhead
) -> tuple[str, Rounds]:
    """The rounds of a job's model, once it is ready; it ends with `stack`."""
    job, size = made
    with ExitStack() as attempt:
        rounds, _ = _ready(attempt.enter_context(Model(job)), gallery, None, size, channel)
        stack.push(attempt.pop_all())
        return job.manifest.name, rounds
