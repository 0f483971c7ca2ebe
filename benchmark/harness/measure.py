"""What a submission costs: its passes in turns with a reference's, then what it takes alone.

Two workers stand side by side and are asked in turns, round by round (asv interleaves so), that an
hour in which the machine is slow may slow both. Energy is taken when the reference is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from benchmark.errors import BadInput, SubmissionFailed
from benchmark.harness.answers import Sizes
from benchmark.harness.cache import Entry
from benchmark.harness.honesty import marks
from benchmark.harness.isolate import Progress
from benchmark.harness.job import Job
from benchmark.harness.process import Process
from benchmark.harness.rounds import Effort, Rounds
from benchmark.results.cost import Cost, Hardware, Ratio
from benchmark.results.provenance import machine, measure_code
from benchmark.scorers.cost import percentile, ratios, spread

EFFORT = Effort()

REFERENCE = Path(__file__).parent / "reference"
"""The submission that stands in where none is named as a teacher."""


def measure(
    job: Job, references: Sequence[Callable[[], Job]], entry: Entry, progress: Progress
) -> Cost:
    """The cost of a submission whose rows, to be searched, are in `entry`.

    `references`: makers of jobs; the first whose model can be made is measured in turns with it.
    Raises SubmissionFailed where the submission fails.
    """
    effort, steps = EFFORT, EFFORT.rounds + 3
    progress("measuring", 0, steps)
    with Process(job) as worker:
        mine = Rounds(worker, effort)
        with ExitStack() as stack:
            name, other = _reference(references, stack, effort)
            mine.warm_up()
            other.warm_up()
            for number in range(effort.rounds):
                mine.round()
                other.round()
                progress("measuring", number + 1, steps)
        energy = mine.energy()
        progress("measuring", effort.rounds + 1, steps)
        found = marks(mine, job, entry)
        progress("measuring", effort.rounds + 2, steps)
        sizes = mine.ask(Sizes, do="sizes")
        peak = max(sizes.peak_mb, worker.peak_memory / 2**20)
    progress("measuring", steps, steps)
    ready, figures, theirs = mine.ready, mine.figures(), other.figures()
    middle = {figure: percentile(values, 50) for figure, values in figures.items()}
    queries, encode, search = (
        [value for one in rounds for value in one]
        for rounds in (mine.query_ms(), mine.encode_ms, mine.search_ms)
    )
    return Cost(
        load_s=ready.load_s,
        first_query_ms=ready.first_query_ms,
        first_picture_ms=ready.first_picture_ms,
        query_ms_p50=percentile(queries, 50),
        query_ms_p90=percentile(queries, 90),
        query_ms_p99=percentile(queries, 99),
        query_encode_ms=percentile(encode, 50),
        query_search_ms=percentile(search, 50),
        queries_timed=len(queries),
        queries_per_s=middle["queries_per_s"],
        pictures_per_s=middle.get("pictures_per_s"),
        decoded_pictures_per_s=middle.get("decoded_pictures_per_s"),
        batch_size=job.batch_size,
        bare_memory_mb=ready.bare_mb,
        peak_memory_mb=peak - ready.bare_mb,
        device_allocated_mb=sizes.allocated_mb,
        device_reserved_mb=sizes.reserved_mb,
        flops_per_picture=sizes.flops_per_picture,
        flops_per_query=sizes.flops_per_query,
        energy=energy,
        spread={figure: spread(values) for figure, values in figures.items()},
        relative={
            figure: Ratio.of(*ratios(values, theirs[figure]))
            for figure, values in figures.items()
            if figure in theirs
        },
        reference=name,
        marks=found,
        hardware=Hardware(**machine(), device=ready.device),
        isolation="sandbox" if worker.walled else "process",
        code=measure_code(),
        date=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _reference(
    references: Sequence[Callable[[], Job]], stack: ExitStack, effort: Effort
) -> tuple[str, Rounds]:
    """The first reference that can be made, with its name. The last one must stand."""
    *teachers, fixed = references
    for make in teachers:
        try:
            return _started(make(), stack, effort)
        except (BadInput, SubmissionFailed):  # its own row says why
            continue
    return _started(fixed(), stack, effort)


def _started(job: Job, stack: ExitStack, effort: Effort) -> tuple[str, Rounds]:
    """The job's worker, once its model is ready; it ends with `stack`."""
    with ExitStack() as attempt:
        rounds = Rounds(attempt.enter_context(Process(job)), effort)
        stack.push(attempt.pop_all())
        return job.manifest.name, rounds
