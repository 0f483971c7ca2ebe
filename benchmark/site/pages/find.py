"""The page with the search box: a text encoder in the reader's browser."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from benchmark.errors import BadInput
from benchmark.site.browser_search.box import Box, box
from benchmark.site.leaderboard import Leaderboard
from benchmark.site.page import Files, Page, Site
from benchmark.site.templates import render


@dataclass(frozen=True)
class _Choice:
    """A gallery that can be searched, and where its packs lie."""

    board: Leaderboard
    box: Box

    @property
    def folder(self) -> str:
        return f"find/{self.board.path}"

    @property
    def megabytes(self) -> float:
        """What is sent when somebody first types, the code apart."""
        return (len(self.box.encoder) + len(self.box.gallery)) / 1e6


def draw(site: Site) -> Files:
    """The one page, and two packs for every gallery that can be searched.

    What cannot is left out, with a line on stderr and on the page.
    """
    choices, left_out = [], []
    for board in site.boards:
        try:
            choices.append(_Choice(board, box(site.workspace, board)))
        except BadInput as error:
            left_out.append(str(error))
            print(f"left out of the search box: {error}", file=sys.stderr)
    for choice in choices:
        yield f"{choice.folder}/encoder.bin", choice.box.encoder
        yield f"{choice.folder}/gallery.bin", choice.box.gallery
    yield PAGE.path, render("find.md.j2", choices=choices, left_out=left_out)


PAGE = Page(path="find.md", title="Find a painting", draw=draw, menu=1)
