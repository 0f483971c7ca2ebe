"""The page "What did distillation forget?", all of its figures from results."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmark.results.comparison import Comparison
from benchmark.results.pareto import front
from benchmark.results.retention import kept, kept_by, shares
from benchmark.results.scenarios import choices
from benchmark.results.schema import Interval, Result
from benchmark.site import charts
from benchmark.site.differences import COSTS, comparable
from benchmark.site.gallery import Gallery
from benchmark.site.render import render

LOG = "training.json"
_PLOTTED = ("parameters", "ms a query", "ms a picture", "J for 1,000 queries")

Write = Callable[[str, str | bytes], None]


def forgotten(gallery: Gallery, submissions: Path, write: Write) -> str | None:
    """The page as Markdown, its charts written beside it; None where nobody was distilled."""
    by_name = {result.submission: result for result in gallery.results}
    pupils = [r for r in gallery.results if r.about.teacher in by_name]
    if not pupils:
        return None
    values = gallery.standing.values
    category = {query.topic: query.category for query in gallery.query_set.queries}
    rows: list[charts.Row] = []
    table = []
    for pupil in pupils:
        teacher = by_name[str(pupil.about.teacher)]
        mine, theirs = values[pupil.submission], values[teacher.submission]
        whole = kept(mine, theirs)
        parts = kept_by(mine, theirs, category)
        rows += [
            {"student": pupil.submission, "category": name, **_numbers(part)}
            for name, part in sorted(parts.items(), key=lambda item: item[0])
        ]
        table.append((pupil, teacher, whole, parts, shares(pupil, teacher), _twin(gallery, pupil)))
    if any(parts for _, _, _, parts, _, _ in table):
        write(f"charts/{gallery.path}-retention.svg", charts.retention(rows))
    return render(
        "forgotten.md.j2",
        gallery=gallery,
        pupils=table,
        categories=sorted({row["category"] for row in rows}),
        fronts=_fronts(gallery, write),
        choices=choices(gallery.results, values),
        tuned=[
            (result, by_name[str(result.about.base)], *_tuned(gallery, result, submissions))
            for result in gallery.results
            if result.about.role == "fine-tuned" and result.about.base in by_name
        ],
    )


def _numbers(value: Interval) -> dict[str, float]:
    return {"mean": value.mean, "low": value.low, "high": value.high}


def _twin(gallery: Gallery, pupil: Result) -> tuple[str, Comparison] | None:
    """The submission of the same towers that had no teacher, and the two compared."""
    for other in gallery.results:
        alone = other.about.teacher is None and other.about.base is None
        if alone and other.size.parameters and other.size.parameters == pupil.size.parameters:
            return other.submission, _pair(gallery, pupil.submission, other.submission)
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
                **_numbers(r.measures["ndcg@10"]),
            }
            for r in results
            if r.submission in costs
        ]
        path = f"charts/{gallery.path}-front-{number + 1}.svg"
        write(path, charts.front(rows, name))
        found.append((name, path))
    return found


def _tuned(gallery: Gallery, result: Result, submissions: Path) -> tuple[Comparison, Any]:
    """A fine-tuned submission against its base, and the accuracies its training reported."""
    path = submissions / result.submission / LOG
    log = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    accuracies = (log.get("top_1_before", {}), log.get("top_1_after", {}))
    return _pair(gallery, result.submission, str(result.about.base)), accuracies
