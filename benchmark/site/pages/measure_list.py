"""The page of measures: what each means, and who defined it."""

from __future__ import annotations

from benchmark.scorers.measures import (
    CATALOGUE,
    DIVERSITY,
    GEOMETRY,
    RELEVANCE,
    SESSION,
    TURN,
    UNJUDGED,
)
from benchmark.site.page import Files, Page, Site
from benchmark.site.templates import render

FAMILIES = (
    ("Relevance", RELEVANCE),
    ("Where not all is judged", UNJUDGED),
    ("Diversity", DIVERSITY),
    ("Conversations", (TURN, SESSION)),
    ("What the gallery gets to show", CATALOGUE),
    ("The space of an encoder's embeddings", GEOMETRY),
)


def draw(_: Site) -> Files:
    """The one page; it is the same whatever was scored."""
    yield PAGE.path, render("measure_list.md.j2", families=FAMILIES)


PAGE = Page(path="measures.md", title="Measures", menu=4, draw=draw)
