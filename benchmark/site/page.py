"""What a page of the site is: one file of `pages/`, found by reading that folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmark import plugins
from benchmark.errors import BadInput
from benchmark.results.waiting import Waiting, waiting
from benchmark.site.leaderboard import Leaderboard
from benchmark.workspace import Workspace

FOLDER = "benchmark.site.pages"


@dataclass(frozen=True)
class Site:
    """What pages are drawn from: the checkout, and every leaderboard that can be shown."""

    workspace: Workspace
    boards: Sequence[Leaderboard]

    @cached_property
    def waiting(self) -> list[Waiting]:
        """Submissions of no board whose weights lie on a hub."""
        ranked = {result.submission for board in self.boards for result in board.results}
        return waiting(self.workspace.submissions, ranked)


Files = Iterator[tuple[str, str | bytes]]
"""Paths from the root of the site, with what stands there. `.md` becomes a page."""


@dataclass(frozen=True)
class Page:
    """A page, or all pages of one kind.

    `path`: where it stands, as in "measures.md" or "queries/{collection}/{query}.md". `title`: what
    it is called in the menu. `menu`: its place there, counted from 0, docs included; None where it
    is reached by links alone. `draw` gives its files, charts and data beside it included.
    """

    path: str
    title: str
    draw: Callable[[Site], Files]
    menu: int | None = None

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("title: is empty")
        if self.path.startswith("/") or ".." in Path(self.path).parts or not self.path:
            raise ValueError(f"path: '{self.path}' does not lie on the site")
        if self.menu is not None and ("{" in self.path or not self.path.endswith(".md")):
            raise ValueError(f"menu: '{self.path}' is no single page")


def pages() -> dict[str, Page]:
    """Every page by the name of its file. Raises BadInput naming the file with a mistake."""
    found: dict[str, Page] = {}
    for name in plugins.modules(FOLDER):
        page = plugins.member(FOLDER, name, "PAGE", Page)
        assert isinstance(page, Page)
        for other, kept in found.items():
            for field in ("path", "title", "menu"):
                value = getattr(page, field)
                if value is not None and value == getattr(kept, field):
                    where = f"benchmark/site/pages/{name}.py: {field}"
                    raise BadInput(where, f"'{value}' is that of {other}.py", "choose another")
        found[name] = page
    return found
