"""`site`: stored results as pages."""

from __future__ import annotations

import importlib.util

from benchmark.commands.console import notes, out
from benchmark.errors import BadInput
from benchmark.workspace import Workspace


def site(serve: bool, port: int) -> None:
    """Build the site; with `serve`, show it on this machine until Ctrl-C."""
    if importlib.util.find_spec("mkdocs") is None:
        raise BadInput("cimaise site", "needs MkDocs", "pip install --editable '.[docs]'")
    from benchmark.site import build

    workspace = Workspace.find()
    with notes.status("building the site"):
        folder = build.build(workspace, workspace.root / "site")
    out.print(f"site: {folder / 'index.html'}")
    if serve:
        out.print(f"http://127.0.0.1:{port}/ until Ctrl-C")
        build.serve(folder, port)
