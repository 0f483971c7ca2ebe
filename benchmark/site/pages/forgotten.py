"""The page "What did distillation forget?": of students and teachers, and of tuned models."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmark.results.comparison import Comparison
from benchmark.results.pareto import front
from benchmark.results.retention import kept, kept_by, shares
from benchmark.results.scenarios import choices
from benchmark.results.schema import Interval, Result
from benchmark.results.self_reported import parameters
from benchmark.scorers.measures import MAIN
from benchmark.site import charts
from benchmark.site.both_boards import CHANCE
from benchmark.site.fronts import costs_of
from benchmark.site.leaderboard import Leaderboard
from benchmark.site.page import Files, Page, Site
from benchmark.site.templates import render
from benchmark.site.training_log import Log, training_log

_PLOTTED = ("parameters", "ms a query", "ms a picture", "J for 1,000 queries")


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


@dataclass(frozen=True)
class _Tuned:
    """A fine-tuned submission: what its training said of itself, and its base."""

    name: str
    base: str
    log: Log
    pair: Comparison


def draw(site: Site) -> Files:
    """Of the first leaderboard with a student on it, and a page for each other one."""
    found = [(board, pupils) for board in site.boards if (pupils := _pupils(board))]
    if not found:
        yield PAGE.path, render("forgotten.md.j2", board=None)
    # The menu leads to the first; what follows has an address of its own.
    paths = [PAGE.path, *(f"forgotten/{board.path}.md" for board, _ in found[1:])]
    links = {board.name: Path(path).stem for (board, _), path in zip(found, paths, strict=False)}
    for (board, pupils), path in zip(found, paths, strict=False):
        others = {name: page for name, page in links.items() if name != board.name}
        yield from _page(board, pupils, site.workspace.submissions, path, others)


def _page(
    board: Leaderboard, pupils: list[_Pupil], submissions: Path, path: str, others: dict[str, str]
) -> Files:
    """The page, and its charts beside it; `others` are the pages of other boards."""
    losses: list[charts.Datum] = [
        {"student": pupil.name, "category": category, **_numbers(part)}
        for pupil in pupils
        for category, part in pupil.parts.items()
    ]
    if losses:
        yield f"charts/{board.path}-retention.svg", charts.retention(losses)
    fronts = {
        name: (f"charts/{board.path}-front-{number}.svg", dots)
        for number, name in enumerate(_PLOTTED, 1)
        if len(dots := _dots(board, name)) > 1
    }
    for name, (chart, dots) in fronts.items():
        yield chart, charts.front(dots, name)
    page = render(
        "forgotten.md.j2",
        board=board,
        pupils=pupils,
        categories=sorted({loss["category"] for loss in losses}),
        fronts=[(name, chart) for name, (chart, _) in fronts.items()],
        choices=choices(board.results, board.standing.values),
        tuned=_tuned(board, submissions),
        others=others,
        chance=_kept_by_chance(board, pupils),
    )
    yield path, page


def _kept_by_chance(board: Leaderboard, pupils: list[_Pupil]) -> dict[str, Interval]:
    """Teacher -> what a random order keeps of it: what is no merit of a student."""
    values = board.standing.values
    teachers = dict.fromkeys(pupil.teacher for pupil in pupils if CHANCE in values)
    shares = {name: kept(values[CHANCE], values[name]) for name in teachers if name != CHANCE}
    return {name: share for name, share in shares.items() if share}


def _pupils(board: Leaderboard) -> list[_Pupil]:
    by_name = {result.submission: result for result in board.results}
    category = {query.topic: query.category for query in board.query_set.queries}
    values, found = board.standing.values, []
    for result in board.results:
        teacher = by_name.get(result.about.teacher or "")
        if teacher is None:
            continue
        mine, theirs = values[result.submission], values[teacher.submission]
        twin = _twin(board, result)
        found.append(
            _Pupil(
                name=result.submission,
                teacher=teacher.submission,
                whole=kept(mine, theirs),
                parts=kept_by(mine, theirs, category),
                lighter=shares(result, teacher),
                twin=twin,
                taught=board.pair(result.submission, twin) if twin else None,
            )
        )
    return found


def _twin(board: Leaderboard, pupil: Result) -> str | None:
    """The submission of the same towers that learned from nothing, without a teacher."""
    for other in board.results:
        alone = other.about.teacher is None and other.about.base is None
        counted = parameters(other.size) and parameters(pupil.size)
        if alone and counted and other.size.parameters == pupil.size.parameters:
            return other.submission
    return None


def _tuned(board: Leaderboard, submissions: Path) -> list[_Tuned]:
    by_name = {result.submission: result for result in board.results}
    return [
        _Tuned(
            name=result.submission,
            base=result.about.base,
            log=training_log(submissions / result.submission),
            pair=board.pair(result.submission, result.about.base),
        )
        for result in board.results
        if result.about.role == "fine-tuned" and result.about.base in by_name
    ]


def _dots(board: Leaderboard, cost: str) -> list[charts.Datum]:
    """Quality against a cost, of what looks at pictures alone."""
    seeing = {r.submission: r for r in board.results if r.about.inputs == ["image"]}
    costs = {n: c for n, c in costs_of(board.results, cost).items() if n in seeing and c}
    best = front(costs, board.standing.pairs)
    return [
        {
            "name": name,
            "cost": value,
            "front": name in best,
            **_numbers(seeing[name].measures[MAIN.name]),
        }
        for name, value in costs.items()
    ]


def _numbers(value: Interval) -> dict[str, float]:
    return {"mean": value.mean, "low": value.low, "high": value.high}


PAGE = Page(path="forgotten/index.md", title="What distillation forgets", menu=5, draw=draw)
