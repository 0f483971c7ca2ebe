"""The page "What the catalogue graph gives": encoders alone, the graph alone, and both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmark.results import thinned
from benchmark.results.comparison import Comparison
from benchmark.results.schema import Result
from benchmark.results.thinned import Thinned
from benchmark.scorers.measures import MAIN
from benchmark.site import charts
from benchmark.site.leaderboard import Leaderboard
from benchmark.site.page import Files, Page, Site
from benchmark.site.templates import render
from benchmark.submission import load_all, stages
from benchmark.workspace import Workspace

_SHOWN = 3
"""Categories in which a fusion gains most, and in which least."""


@dataclass(frozen=True)
class _Fusion:
    """A submission that reads the graph beside an encoder that does not."""

    both: Result
    eye: Result
    pair: Comparison
    """Of both against the encoder alone."""
    teacher: Comparison | None
    """Of both against the encoder's teacher alone."""
    gains: list[tuple[str, float]]
    """Category -> what the graph gives there, most first."""


def draw(site: Site) -> Files:
    """One page for all boards, and a chart for each that a study was made of."""
    boards = [
        (board, fusions, [r for r in board.results if r.about.inputs == ["graph"]])
        for board in site.boards
        if (fusions := list(_fusions(board, site.workspace)))
    ]
    rows = [row for board, _, _ in boards for row in _studied(board, site.workspace)]
    shown = {}
    for board, _, _ in boards:
        if own := [row for row in rows if row.collection == board.name and row.gain]:
            shown[board.name] = f"charts/{board.path}-thinned.svg"
            yield shown[board.name], charts.shares([_dot(row) for row in own])
    table = [row for row in rows if row.collection in shown]
    yield PAGE.path, render("graph.md.j2", boards=boards, charts=shown, study=table, most=_SHOWN)


def _fusions(board: Leaderboard, workspace: Workspace) -> Iterator[_Fusion]:
    by_name = {result.submission: result for result in board.results}
    reading = [result for result in board.results if "graph" in result.about.inputs]
    loaded = load_all(workspace.submissions)
    for both in reading:
        submission = loaded.get(both.submission)
        if submission is None or isinstance(submission, Exception):
            continue
        below = stages(workspace.submissions / both.submission, submission)
        for name, stage in below.items():
            if "graph" in stage.inputs or name not in by_name:
                continue
            eye = by_name[name]
            above = eye.about.teacher
            yield _Fusion(
                both,
                eye,
                board.pair(both.submission, name),
                board.pair(both.submission, above) if above in by_name else None,
                sorted(_gains(both, eye), key=lambda one: -one[1]),
            )


def _gains(both: Result, eye: Result) -> Iterator[tuple[str, float]]:
    for category, measures in both.categories.items():
        if category in eye.categories:
            alone = eye.categories[category][MAIN.name].mean
            yield category, measures[MAIN.name].mean - alone


def _studied(board: Leaderboard, workspace: Workspace) -> list[Thinned]:
    """The study's rows on a board, of submissions that are what they were then."""
    now = {result.submission: result.provenance.submission for result in board.results}
    return [
        row
        for row in thinned.read(workspace.leaderboard)
        if row.collection == board.name and now.get(row.submission) == row.checkpoint
    ]


def _dot(row: Thinned) -> charts.Datum:
    assert row.gain is not None, "only rows with a gain are drawn"
    return {"name": row.submission, "share": row.share, **row.gain.model_dump()}


PAGE = Page(path="graph.md", title="What the catalogue gives", draw=draw)
