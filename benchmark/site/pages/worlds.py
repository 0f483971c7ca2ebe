"""The page of two boards together: who understands a drawn world, who finds real paintings."""

from __future__ import annotations

from benchmark.site import charts
from benchmark.site.both_boards import CHANCE, Entry, Worlds, worlds
from benchmark.site.page import Files, Page, Site
from benchmark.site.templates import render

CHART = "charts/worlds.svg"


def draw(site: Site) -> Files:
    """The one page, and its chart beside it."""
    found = worlds(site.boards)
    if found is None:
        yield PAGE.path, render("worlds.md.j2", worlds=None)
        return
    dots = {entry.result.submission: _dot(entry) for entry in found.entries}
    chance = dots.pop(CHANCE, None)
    boards = (found.drawn.name, found.real.name)
    yield CHART, charts.worlds(list(dots.values()), boards, chance)
    yield (
        PAGE.path,
        render(
            "worlds.md.j2",
            worlds=found,
            chart=CHART,
            chance=chance,
            moved=sorted(
                (entry for entry in found.models if entry.apart), key=lambda one: -one.apart
            ),
            farthest=max(found.models, key=lambda one: abs(one.real.rank - one.drawn.rank)),
            known=_known(found),
        ),
    )


def _known(found: Worlds) -> dict[tuple[bool, bool], list[Entry]]:
    """Whether beyond chance on real paintings, and on drawn ones -> the models."""
    kinds: dict[tuple[bool, bool], list[Entry]] = {
        (real, drawn): [] for real in (True, False) for drawn in (True, False)
    }
    for entry in found.models:
        kinds[bool(entry.real.beats_chance), bool(entry.drawn.beats_chance)].append(entry)
    return kinds


def _dot(entry: Entry) -> charts.Datum:
    found: charts.Datum = {
        "name": entry.result.submission,
        "looks_at": " and ".join(entry.result.about.inputs),
    }
    for axis, value in (("x", entry.drawn.value), ("y", entry.real.value)):
        found |= {f"{axis}_{field}": getattr(value, field) for field in ("mean", "low", "high")}
    return found


PAGE = Page(path="worlds.md", title="Drawn and real", menu=2, draw=draw)
