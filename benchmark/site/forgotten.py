"""The page "What did distillation forget?": figures of results, and of the logs of tuned models."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, Field, FiniteFloat, ValidationError

from benchmark.errors import BadInput
from benchmark.parsing import read
from benchmark.results.comparison import Comparison
from benchmark.results.pareto import front
from benchmark.results.retention import kept, kept_by, shares
from benchmark.results.scenarios import choices
from benchmark.results.schema import Interval, Result
from benchmark.results.self_reported import parameters
from benchmark.scorers.measures import MAIN
from benchmark.site import charts
from benchmark.site.differences import COSTS, comparable
from benchmark.site.gallery import Gallery
from benchmark.site.render import render
from benchmark.submission_files import LOG

_PLOTTED = ("parameters", "ms a query", "ms a picture", "J for 1,000 queries")

Write = Callable[[str, str | bytes], None]


@dataclass(frozen=True)
class _Pupil:
    """A distilled submission beside its teacher, and its twin without one if there is any."""

    name: str
    teacher: str
    whole: Interval | None
    parts: dict[str, Interval]
    lighter: dict[str, float]
    twin: str | None
    taught: Comparison | None


class _Trial(BaseModel):
    wishes: int
    scenes: int


_LONGEST_LOG = 16 << 20
"""Bytes of a training's log that are read; ours have some kilobytes."""


class _Log(BaseModel):
    """What a training may say of itself; all else in its log is passed over."""

    before: dict[str, FiniteFloat] = Field({}, alias="top_1_before")
    after: dict[str, FiniteFloat] = Field({}, alias="top_1_after")
    found_before: dict[str, FiniteFloat] = Field({}, alias=f"{MAIN}_before")
    found_after: dict[str, FiniteFloat] = Field({}, alias=f"{MAIN}_after")
    gain: dict[str, Interval] = Field({}, alias=f"{MAIN}_gain")
    trial: dict[str, _Trial] = {}


@dataclass(frozen=True)
class _Tuned:
    """A fine-tuned submission: what its training reported before and after, and its base."""

    name: str
    base: str
    accuracy: tuple[dict[str, float], dict[str, float]]
    found: tuple[dict[str, float], dict[str, float]]
    gain: dict[str, Interval]
    trial: dict[str, _Trial]
    pair: Comparison


def forgotten(gallery: Gallery, submissions: Path, write: Write) -> str | None:
    """The page as Markdown, its charts written beside it; None where nobody was distilled."""
    by_name = {result.submission: result for result in gallery.results}
    pupils = [
        _pupil(gallery, result, by_name[str(result.about.teacher)])
        for result in gallery.results
        if result.about.teacher in by_name
    ]
    if not pupils:
        return None
    rows: list[charts.Row] = [
        {"student": pupil.name, "category": category, **_numbers(part)}
        for pupil in pupils
        for category, part in pupil.parts.items()
    ]
    if rows:
        write(f"charts/{gallery.path}-retention.svg", charts.retention(rows))
    return render(
        "forgotten.md.j2",
        gallery=gallery,
        pupils=pupils,
        categories=sorted({row["category"] for row in rows}),
        fronts=_fronts(gallery, write),
        choices=choices(gallery.results, gallery.standing.values),
        tuned=[
            _tuned(gallery, result, submissions)
            for result in gallery.results
            if result.about.role == "fine-tuned" and result.about.base in by_name
        ],
    )


def _pupil(gallery: Gallery, result: Result, teacher: Result) -> _Pupil:
    mine, theirs = (gallery.standing.values[r.submission] for r in (result, teacher))
    category = {query.topic: query.category for query in gallery.query_set.queries}
    twin = _twin(gallery, result)
    return _Pupil(
        name=result.submission,
        teacher=teacher.submission,
        whole=kept(mine, theirs),
        parts=kept_by(mine, theirs, category),
        lighter=shares(result, teacher),
        twin=twin,
        taught=_pair(gallery, result.submission, twin) if twin else None,
    )


def _numbers(value: Interval) -> dict[str, float]:
    return {"mean": value.mean, "low": value.low, "high": value.high}


def _twin(gallery: Gallery, pupil: Result) -> str | None:
    """The submission of the same towers that learned from nothing, without a teacher."""
    for other in gallery.results:
        alone = other.about.teacher is None and other.about.base is None
        counted = parameters(other.size) and parameters(pupil.size)
        if alone and counted and other.size.parameters == pupil.size.parameters:
            return other.submission
    return None


def _pair(gallery: Gallery, one: str, other: str) -> Comparison:
    return next(pair for pair in gallery.standing.pairs if {pair.a, pair.b} == {one, other})


def _fronts(gallery: Gallery, write: Write) -> list[tuple[str, str]]:
    """Names of costs and the charts of quality against them, of what looks at pictures alone."""
    found = []
    for number, name in enumerate(_PLOTTED):
        results = [r for r in comparable(gallery, name) if r.about.inputs == ["image"]]
        costs = {r.submission: value for r in results if (value := COSTS[name](r))}
        if len(costs) < 2:
            continue
        best = front(costs, gallery.standing.pairs)
        rows = [
            {
                "name": r.submission,
                "cost": costs[r.submission],
                "front": r.submission in best,
                **_numbers(r.measures[MAIN.name]),
            }
            for r in results
            if r.submission in costs
        ]
        path = f"charts/{gallery.path}-front-{number + 1}.svg"
        write(path, charts.front(rows, name))
        found.append((name, path))
    return found


def _tuned(gallery: Gallery, result: Result, submissions: Path) -> _Tuned:
    log = _log(submissions / result.submission)
    base = str(result.about.base)
    return _Tuned(
        name=result.submission,
        base=base,
        accuracy=(log.before, log.after),
        found=(log.found_before, log.found_after),
        gain=log.gain,
        trial=log.trial,
        pair=_pair(gallery, result.submission, base),
    )


def _log(folder: Path) -> _Log:
    """The log in a submission's folder; an empty one where it is missing or says something else."""
    path = folder / LOG
    if not path.is_file() or path.resolve() != folder.parent.resolve() / folder.name / LOG:
        return _Log()
    try:
        return _Log.model_validate_json(read(path, _LONGEST_LOG))
    except (BadInput, ValidationError):
        return _Log()
