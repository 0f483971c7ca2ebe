"""A pipeline being measured: what one query sets in motion, stage after stage.

Latency is the sum of what its stages take one after another, each timed as a model alone is;
memory, parameters and what is loaded are of all models that stand at the same time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter

from benchmark.harness.evaluation.cache import Entry
from benchmark.harness.evaluation.fusing import fused, looked_at
from benchmark.harness.evaluation.report import Report
from benchmark.harness.isolation.job import Job
from benchmark.harness.isolation.model import Model
from benchmark.harness.profiling import inputs
from benchmark.harness.profiling.bench import (
    Answer,
    Batches,
    Bench,
    Gallery,
    Pairs,
    Singles,
    compared,
    repeated,
)
from benchmark.harness.profiling.channel import Overhead
from benchmark.harness.profiling.ready import First, ready
from benchmark.records import Run
from benchmark.search.fusion import reranked
from benchmark.submission import Pipeline, Submission

Ask = Callable[[int | None, str], Answer]
"""One query, with its number where it is a published one."""


@dataclass(frozen=True)
class Stage:
    """A submission that takes part, what is kept of it, and those that it stands on."""

    manifest: Submission
    job: Job | None
    """None for a fusion, which has no model."""
    report: Report
    entry: Entry
    below: tuple[Stage, ...] = ()

    def others(self) -> list[Submission]:
        """All submissions below it."""
        return [one for stage in self.below for one in (stage.manifest, *stage.others())]

    @property
    def looks(self) -> int:
        """Paintings of a list that any of its fusions looks at."""
        own = looked_at(self.manifest.pipeline)
        return max([own, *(stage.looks for stage in self.below)])


class Whole:
    """The bench of a pipeline: of every model that takes part, loaded once, until `stack` ends."""

    def __init__(
        self, stage: Stage, gallery: Gallery, overhead: Overhead, stack: ExitStack
    ) -> None:
        self._gallery = gallery = replace(gallery, depth=stage.looks)
        self._overhead, self._stack = overhead, stack
        self.models: list[Model] = []
        self.first = First(0, 0, None)
        self._encoders: list[Bench] = []
        self._rows = {gallery.collection.ids[row]: row for row in gallery.rows}
        self._made: dict[str, Ask] = {}
        self._texts = inputs.texts(gallery.texts)
        self._ask = self._of(stage)

    @property
    def encodes(self) -> bool:
        """Whether pictures are embedded by one of its stages."""
        return bool(self._encoders)

    def singles(self, seconds: float, least: int) -> Singles:
        """At least that many queries and that long: from one text to its ranked list."""
        found: list[Answer] = []
        ends = perf_counter() + seconds
        while len(found) < least or perf_counter() < ends:
            found.append(self._ask(*next(self._texts)))
        return Singles([one.encode_ms for one in found], [one.search_ms for one in found])

    def texts(self, seconds: float) -> Batches:
        """Queries through the whole, one after another: there are no batches of a whole."""
        items, spent = 0, 0.0
        while not items or spent < seconds:
            spent += self._ask(*next(self._texts)).whole_ms / 1000
            items += 1
        return Batches(items, spent)

    def pictures(self, seconds: float, decoded: bool) -> Batches:
        """Pictures through every encoder that takes part, one encoder after another."""
        share = seconds / len(self._encoders)
        passes = [bench.pictures(share, decoded) for bench in self._encoders]
        items = sum(one.items for one in passes)
        return Batches(items, items * sum(one.seconds / one.items for one in passes))

    def repeats(self, texts: bool) -> Pairs:
        """Round by round, milliseconds of one text again and again, and of as many distinct."""
        return repeated(self._milliseconds, inputs.text_variants(self._gallery.texts))

    def known_and_new(self, texts: bool) -> Pairs:
        """Round by round, milliseconds of published texts and of others made from them."""
        return compared(self._milliseconds, inputs.known_and_new(self._gallery.texts))

    def _milliseconds(self, text: str) -> float:
        return self._ask(None, text).whole_ms

    def _of(self, stage: Stage) -> Ask:
        """What is asked of a stage for one query; each stage stands once."""
        name = stage.manifest.name
        if name not in self._made:
            self._made[name] = self._make(stage)
        return self._made[name]

    def _make(self, stage: Stage) -> Ask:
        below, pipeline = [self._of(one) for one in stage.below], stage.manifest.pipeline
        if stage.job is None:
            assert pipeline is not None, "what has no model is a fusion"
            embedded = [one.report.kind == "encoder" for one in stage.below]
            return partial(self._fused, below, pipeline, embedded)
        model = self._stack.enter_context(Model(stage.job))
        self.models.append(model)
        if pipeline is None:
            kept = stage.report, stage.entry
            bench, first = ready(
                model, self._gallery, stage.report.batch_size, self._overhead, kept
            )
            self.first += first
            self._encoders += [bench] if bench.encodes else []
            return bench.one
        model.load()
        model.need("Reranker")
        text = self._gallery.texts[0]
        _, taken = self._scored(model, text, below[0](None, text).ids[: pipeline.depth])
        self.first += First(model.load_s, taken, None)
        return partial(self._reranked, model, below[0], pipeline.depth)

    def _fused(
        self,
        below: Sequence[Ask],
        pipeline: Pipeline,
        embedded: Sequence[bool],
        number: int | None,
        text: str,
    ) -> Answer:
        found = [ask(number, text) for ask in below]
        began = perf_counter()
        run = fused(pipeline, [_run(one) for one in found], embedded, self._gallery.depth)
        taken = 1000 * (perf_counter() - began)
        encode = sum(one.encode_ms for one in found)
        return Answer(
            run.ids[0], run.scores[0], encode, taken + sum(one.search_ms for one in found)
        )

    def _reranked(
        self, model: Model, first: Ask, depth: int, number: int | None, text: str
    ) -> Answer:
        found = first(number, text)
        scores, taken = self._scored(model, text, found.ids[:depth])
        began = perf_counter()
        run = reranked(_run(found), {"q": scores})
        taken += 1000 * (perf_counter() - began)
        return Answer(run.ids[0], run.scores[0], found.encode_ms, found.search_ms + taken)

    def _scored(
        self, model: Model, text: str, best: Sequence[str]
    ) -> tuple[dict[str, float], float]:
        """Scores of paintings, and the milliseconds from encoded pictures to them."""
        shown = [name for name in best if name in self._rows]
        if not shown:
            return {}, 0
        pictures = [self._gallery.collection.picture(self._rows[name]) for name in shown]
        values, _ = model.rerank(text, pictures, lambda _: True)
        there, spent = sum(map(len, pictures)) + len(text), model.answered - model.asked
        taken = 1000 * self._overhead.without(spent, there, values.nbytes)
        return dict(zip(shown, map(float, values), strict=True)), taken


def _run(found: Answer) -> Run:
    """A list as a run of one query."""
    return Run(("q",), (found.ids,), (found.scores,))
