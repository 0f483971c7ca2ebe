"""The page of all queries, by collection and category."""

from __future__ import annotations

from benchmark.site.page import Files, Page, Site
from benchmark.site.templates import render


def draw(site: Site) -> Files:
    """The one page."""
    yield PAGE.path, render("query_list.md.j2", boards=site.boards)


PAGE = Page(path="queries/index.md", title="Queries", menu=3, draw=draw)
