"""The page of measures: what each means, and who defined it."""

from __future__ import annotations

from benchmark.scorers.measures import GROUPS
from benchmark.site.page import Files, Page, Site
from benchmark.site.templates import render


def draw(_: Site) -> Files:
    """The one page; it is the same whatever was scored."""
    yield PAGE.path, render("measure_list.md.j2", families=GROUPS.items())


PAGE = Page(path="measures.md", title="Measures", menu=4, draw=draw)
