"""The page that says why similarities of two models cannot be compared, and makes them so."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

from benchmark.collections.registry import Place
from benchmark.site import charts
from benchmark.site.both_boards import CHANCE
from benchmark.site.calibrated import Calibrated, calibrated, tuning
from benchmark.site.leaderboard import Leaderboard
from benchmark.site.page import Files, Page, Site
from benchmark.site.similarity_scales import Example, Scale, example, scale, taus
from benchmark.site.templates import render


@dataclass(frozen=True)
class _Part:
    """What the page says of one board."""

    board: Leaderboard
    scales: list[Scale]
    example: Example | None
    taus: dict[str, float]
    """How well the order by a figure agrees with that by the main measure."""
    tuned_on: Place | None
    fitted: list[Calibrated]
    left_out: list[str]
    """Those with a scale and no map yet."""

    @property
    def drawn(self) -> list[Calibrated]:
        """Those on a scale of cosines, which share an axis."""
        return [one for one in self.fitted if one.raw]

    @property
    def errors(self) -> tuple[float, float] | None:
        """The middle calibration errors of cosines as they stand, and of the same ones mapped."""
        both = [(one.raw.error, one.calibrated.error) for one in self.drawn if one.raw]
        if not both:
            return None
        raw, mapped = np.median(both, axis=0).tolist()
        return raw, mapped

    @property
    def better(self) -> int:
        """How many maps tell more than one number for all would: by a hundredth of its Brier."""
        return sum(one.calibrated.brier < 0.99 * one.alone.brier for one in self.fitted)


def draw(site: Site) -> Files:
    """The one page, and of each board its charts and the maps as data."""
    parts = [part for board in site.boards if (part := _part(site, board)).scales]
    for part in parts:
        path = part.board.path
        yield f"charts/{path}-similarities.svg", charts.similarities(_bars(part.scales))
        if part.fitted:
            lines = {one.submission: _points(one) for one in part.fitted}
            yield f"data/calibration/{path}.json", json.dumps(lines, indent=1) + "\n"
        if part.drawn:
            yield (
                f"charts/{path}-calibration.svg",
                charts.calibration({one.submission: _points(one) for one in part.drawn}),
            )
    yield PAGE.path, render("similarities.md.j2", parts=parts)


def _part(site: Site, board: Leaderboard) -> _Part:
    home = site.workspace.submissions
    scales = [found for one in board.results if (found := scale(one, home)) is not None]
    models = [one for one in scales if one.name != CHANCE]
    tuned_on = tuning(site.workspace, board)
    fitted = calibrated(board, tuned_on) if tuned_on else []
    has = {one.submission for one in fitted}
    left_out = [one.name for one in scales if one.name not in has]
    return _Part(board, scales, example(board, models), taus(models), tuned_on, fitted, left_out)


def _bars(scales: list[Scale]) -> list[charts.Datum]:
    return [
        {
            "name": one.name,
            "matched": one.matched,
            "unmatched": one.unmatched,
            "low": one.unmatched - (one.spread or 0),
            "high": one.unmatched + (one.spread or 0),
        }
        for one in scales
    ]


def _points(one: Calibrated) -> list[tuple[float, float]]:
    knots = zip(one.map.similarities.tolist(), one.map.probabilities.tolist(), strict=True)
    return [(round(similarity, 6), round(probability, 6)) for similarity, probability in knots]


PAGE = Page(path="similarities.md", title="Similarities", draw=draw)
