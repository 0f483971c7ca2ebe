"""Draws every page of `pages/`; run by mkdocs-gen-files while MkDocs builds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import mkdocs_gen_files

from benchmark.collections.registry import known, on_board
from benchmark.errors import BadInput
from benchmark.results.store import Store
from benchmark.site.leaderboard import Leaderboard
from benchmark.site.page import Site, pages
from benchmark.workspace import Workspace


def boards(
    workspace: Workspace, write: Callable[[str, bytes], None]
) -> tuple[list[Leaderboard], list[str]]:
    """Every leaderboard that can be shown, those with a place first, and why others cannot, a line
    each."""
    store = Store(workspace.leaderboard)
    homes = {home.name: home for home in known(workspace)}
    first = [place.name for place in on_board(workspace)]
    named = store.collections()
    found, left_out = [], []
    for name in [*(n for n in first if n in named), *(n for n in named if n not in first)]:
        if name in homes and homes[name].split != "test":
            continue  # what is for tuning (dev) is on no board
        try:
            if name not in homes:
                remedy = "cimaise collection info FOLDER, or remove its results"
                raise BadInput(name, "its folder is not known here", remedy)
            board = Leaderboard(homes[name], store, write)
            if not board.results:
                reasons = ", ".join(board.stale) or "of another version of Cimaise"
                remedy = f"cimaise run --collection {name}"
                raise BadInput(name, f"holds no current results, but some {reasons}", remedy)
            board.read()
            found.append(board)
        except BadInput as error:
            left_out.append(str(error))
    return found, left_out


def generate(workspace: Workspace) -> None:
    """Draw all pages of all leaderboards that can be shown here.

    What cannot is left out, with a line on stderr. Raises BadInput where nothing is left.
    """
    found, left_out = boards(workspace, _write)
    for line in left_out:
        print(f"left out of the site: {line}", file=sys.stderr)
    if not found:
        raise BadInput(workspace.leaderboard, "holds no results that can be shown", "cimaise run")
    site = Site(workspace, found)
    for page in pages().values():
        for path, content in page.draw(site):
            _write(path, content)


def _write(path: str, content: str | bytes) -> None:
    """Add one file to the site."""
    mode = "wb" if isinstance(content, bytes) else "w"
    with mkdocs_gen_files.open(path, mode) as out:
        out.write(content)


if __name__ == "<run_path>":  # the name mkdocs-gen-files runs it under
    generate(Workspace(Path(mkdocs_gen_files.config.config_file_path).parent))
