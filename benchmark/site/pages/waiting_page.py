"""A page for each submission that waits for a machine with the hub: what it is, and its card."""

from __future__ import annotations

from benchmark.site.card import model_card
from benchmark.site.page import Files, Page, Site
from benchmark.site.templates import file_name, render


def draw(site: Site) -> Files:
    """A page a submission."""
    for one in site.waiting:
        name = one.submission.name
        card = model_card(site.workspace.submissions / name)
        head = render("waiting_page.md.j2", one=one, about=one.submission)
        yield PAGE.path.format(submission=file_name(name)), f"{head}\n{card}"


PAGE = Page(path="waiting/{submission}.md", title="A submission that waits", draw=draw)
