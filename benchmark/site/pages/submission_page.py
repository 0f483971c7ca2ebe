"""A page for each submission on each leaderboard: all its figures, and its model card."""

from __future__ import annotations

from benchmark.results.marks import has_seen, marks
from benchmark.results.retention import kept, kept_by, shares
from benchmark.results.schema import Interval, Result
from benchmark.scorers.measures import CATALOGUE, GEOMETRY, GROUPS, MAIN, MEASURES
from benchmark.site.card import model_card
from benchmark.site.costs import lines, machine
from benchmark.site.leaderboard import Leaderboard
from benchmark.site.page import Files, Page, Site
from benchmark.site.templates import file_name, render
from benchmark.statistics import by_topic

FAMILIES = [(title, found) for title, found in GROUPS.items() if set(found) <= set(MEASURES)]


def draw(site: Site) -> Files:
    """A page a submission and leaderboard, and beside it the ranked lists as they are stored."""
    for board in site.boards:
        for result in board.results:
            names = {"collection": board.path, "submission": file_name(result.submission)}
            card = model_card(site.workspace.submissions / result.submission)
            yield PAGE.path.format(**names), f"{_page(site, board, result)}\n{card}"
            run = board.store.run_path(board.name, result.submission)
            yield "data/runs/{collection}/{submission}.parquet".format(**names), run.read_bytes()


def _page(site: Site, board: Leaderboard, result: Result) -> str:
    name = result.submission
    values = board.values[name]
    texts = {query.id: query for query in board.query_set.queries}
    ordered = sorted((query for query in values if query in texts), key=lambda q: (-values[q], q))
    return render(
        "submission_page.md.j2",
        board=board,
        result=result,
        place=board.stands(name),
        machine=machine(result),
        here={other.submission for other in board.results},
        elsewhere=[
            other
            for other in site.boards
            if other is not board and name in {r.submission for r in other.results}
        ],
        families=[
            (title, [measure for measure in family if measure.name in result.measures])
            for title, family in FAMILIES
        ],
        catalogue=CATALOGUE,
        geometry=GEOMETRY,
        costs=lines(result),
        marks=marks(result),
        seen=has_seen(result),
        **_retention(board, result),
        best=[(texts[q], values[q]) for q in ordered[:5]],
        worst=[(texts[q], values[q]) for q in reversed(ordered[-5:])],
    )


def _retention(board: Leaderboard, result: Result) -> dict[str, object]:
    """What a submission keeps of its teacher: of each measure, and of the main one by category."""
    standing = board.standing
    teacher = next((r for r in board.results if r.submission == result.about.teacher), None)
    if teacher is None:
        return {"retention": {}, "lighter": {}}
    mine, theirs = (standing.values[r.submission] for r in (result, teacher))
    queries = board.query_set.queries
    category = {query.topic: query.category for query in queries}
    scores = [board.store.scores(board.name, r.submission) for r in (result, teacher)]
    found: dict[str, Interval] = {}
    for measure in MEASURES:
        if measure.range == (0, 1) and all(measure.name in values for values in scores):
            share = kept(*(by_topic(values[measure.name], queries) for values in scores))
            found |= {measure.name: share} if share else {}
    found |= {f"{MAIN.name}, {name}": s for name, s in kept_by(mine, theirs, category).items()}
    return {"retention": found, "lighter": shares(result, teacher)}


PAGE = Page(path="submissions/{collection}/{submission}.md", title="A submission", draw=draw)
