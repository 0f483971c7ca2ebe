"""The front page: the table of every leaderboard, best first."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.results.marks import has_seen, marks
from benchmark.results.schema import Result
from benchmark.results.self_reported import self_reported
from benchmark.scorers.measures import MEASURES
from benchmark.site.both_boards import worlds
from benchmark.site.costs import machine
from benchmark.site.leaderboard import Leaderboard
from benchmark.site.page import Files, Page, Site
from benchmark.site.templates import render

SHOWN = ("hit_rate@1", "recall(rel=2)@100", "alpha_ndcg@10")
"""Measures beside the main one; the rest stand on a submission's page."""

PICTURES, LABELS = 12, 6
"""Paintings shown above a table: as pictures, or where none are at hand in words."""


def draw(site: Site) -> Files:
    """The one page."""
    meanings = {measure.name: measure.meaning for measure in MEASURES}
    tables = [_table(board) for board in site.boards]
    yield (
        PAGE.path,
        render(
            "front.md.j2",
            tables=tables,
            shown=SHOWN,
            meanings=meanings,
            worlds=worlds(site.boards) is not None,
            waiting=site.waiting,
        ),
    )


def _table(board: Leaderboard) -> dict[str, object]:
    """The table of one leaderboard, and a dozen paintings from all over its gallery."""
    letters = machines(board.results)
    step = max(1, len(board.collection) // PICTURES)
    wall = [board.thumbnails.card(painting) for painting in board.collection.ids[::step][:PICTURES]]
    return {
        "board": board,
        "rows": [
            {
                "place": board.stands(result.submission),
                "best": board.standing.places[result.submission][0],
                "result": result,
                "mark": letters.get(machine(result), ""),
                "marks": marks(result),
                "seen": has_seen(result),
                "self_reported": self_reported(result.size, result.cost),
            }
            for result in board.results
        ],
        "machines": letters,
        "energy": " and ".join(sorted(_methods(board.results))),
        "date": max(result.provenance.date for result in board.results)[:10],
        "wall": [card for card in wall if card["src"]],
        "labels": wall[:: PICTURES // LABELS] if board.place.pulls else [],
    }


def machines(results: Sequence[Result]) -> dict[str, str]:
    """Each machine in words -> the letter that marks its costs; no letter where all is one."""
    found = sorted({machine(result) for result in results} - {""})
    letters = [""] if len(found) == 1 else [_letter(number) for number in range(len(found))]
    return dict(zip(found, letters, strict=True))


def _letter(number: int) -> str:
    """a to z, then aa, ab and so on."""
    before, last = divmod(number, 26)
    return (_letter(before - 1) if before else "") + chr(ord("a") + last)


def _methods(results: Sequence[Result]) -> set[str]:
    """How the energy of results was had: "measured", "modelled"."""
    costs = [result.cost for result in results if result.cost is not None]
    return {energy.method for cost in costs for energy in cost.energy.values()}


PAGE = Page(path="index.md", title="Leaderboard", menu=0, draw=draw)
