"""What a submission costs: its passes in turns with a reference's, then what it takes alone.

Every time is taken by our own process between a request and its answer, every count is of what
was put, and energy is metered over our own window. Two workers stand side by side and are asked in
turns, round by round (asv interleaves so), that an hour in which the machine is slow may slow
both; the one that is not asked is stopped. Energy is taken when the reference is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmark.errors import BadInput, SubmissionFailed
from benchmark.harness.evaluation.device import named
from benchmark.harness.evaluation.encode import Progress
from benchmark.harness.isolation.answers import Echoed
from benchmark.harness.isolation.job import Job
from benchmark.harness.isolation.model import Model
from benchmark.harness.isolation.process import Process
from benchmark.harness.profiling.bench import Bench, Gallery
from benchmark.harness.profiling.channel import Overhead, overhead
from benchmark.harness.profiling.honesty import marks
from benchmark.harness.profiling.ready import First, ready
from benchmark.harness.profiling.rounds import Effort, Rounds
from benchmark.harness.profiling.timings import percentile, ratios, spread
from benchmark.harness.profiling.whole import Stage, Whole
from benchmark.results.cost import Cost, Hardware, Ratio
from benchmark.results.provenance import machine, measure_code

EFFORT = Effort()

REFERENCE = Path(__file__).parent / "reference"
"""The submission that stands in where none is named as a teacher."""


def measure(
    stage: Stage,
    references: Sequence[Callable[[], tuple[Job, int]]],
    gallery: Gallery,
    progress: Progress,
) -> Cost:
    """The cost of a submission, with all that it stands on.

    `references`: makers of jobs with the size of their batches; the first whose model can be made
    is measured in turns with it. Raises SubmissionFailed where the submission fails.
    """
    effort, steps = EFFORT, EFFORT.rounds + 3
    progress("measuring", 0, steps)
    with Process(None) as bare:
        bare.ask(Echoed, "echo", most=1, back=1)
        bare_mb = bare.watch.highest() / 2**20
        channel = overhead(bare)
    with ExitStack() as standing:
        bench, first = _bench(stage, gallery, channel, standing)
        mine, models = Rounds(bench, EFFORT), bench.models
        with ExitStack() as stack:
            with _paused(models):
                name, other = _reference(references, gallery, stack, channel)
                other.warm_up()
            with _paused(other.bench.models):
                mine.warm_up()
            for number in range(effort.rounds):
                with _paused(other.bench.models):
                    mine.round()
                with _paused(models):
                    other.round()
                progress("measuring", number + 1, steps)
        energy = mine.energy()
        progress("measuring", effort.rounds + 1, steps)
        precision = getattr(stage.manifest.model, "precision", "fp32")
        found = marks(mine, precision, stage.entry)
        progress("measuring", effort.rounds + 2, steps)
        peak_mb = sum(model.watch.highest() for model in models) / 2**20
        told = [model.told(gallery.texts[:1]) for model in models]
        picture = gallery.collection.picture(gallery.rows[0])
        done = [model.operations(gallery.texts[0], picture) for model in models]
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
        batch_size=stage.report.batch_size,
        bare_memory_mb=bare_mb,
        peak_memory_mb=peak_mb - len(models) * bare_mb,
        device_allocated_mb=_sum(one.allocated_mb for one in told),
        device_reserved_mb=_sum(one.reserved_mb for one in told),
        flops_per_picture=_sum(one.flops_per_picture for one in done),
        flops_per_query=_sum(one.flops_per_query for one in done),
        energy=energy,
        spread={figure: spread(values) for figure, values in figures.items()},
        relative={
            figure: Ratio.of(*ratios(values, theirs[figure]))
            for figure, values in figures.items()
            if figure in theirs
        },
        reference=name,
        marks=found,
        hardware=Hardware(**machine(), device=named(any(model.cuda for model in models))),
        isolation="sandbox" if models[0].walled else "process",
        code=measure_code(stage.manifest, stage.others()),
        date=datetime.now(UTC).isoformat(timespec="seconds"),
    )


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
        bench, _ = ready(attempt.enter_context(Model(job)), gallery, size, channel)
        stack.push(attempt.pop_all())
        return job.manifest.name, Rounds(bench, EFFORT)


def _bench(
    stage: Stage, gallery: Gallery, channel: Overhead, stack: ExitStack
) -> tuple[Bench | Whole, First]:
    """The bench of a submission whose models stand until `stack` ends, and how they began."""
    if stage.job is None or stage.below:
        whole = Whole(stage, gallery, channel, stack)
        return whole, whole.first
    model = stack.enter_context(Model(stage.job))
    return ready(model, gallery, stage.report.batch_size, channel, (stage.report, stage.entry))


@contextmanager
def _paused(models: Iterable[Model]) -> Iterator[None]:
    """All of them are stopped meanwhile."""
    with ExitStack() as stack:
        for model in models:
            stack.enter_context(model.paused())
        yield


def _sum(values: Iterable[float | None]) -> float | None:
    """The sum; None where one of them is unknown."""
    every = list(values)
    return None if None in every else sum(value for value in every if value is not None)
