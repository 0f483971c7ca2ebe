"""`demo`: talk to a collection in the browser of this machine."""

from __future__ import annotations

import importlib.util

from benchmark.collections.registry import find
from benchmark.commands.console import out
from benchmark.errors import BadInput
from benchmark.workspace import Workspace


def demo(reference: str, port: int) -> None:
    """Serve the demo until Ctrl-C. Raises BadInput where it cannot be."""
    if importlib.util.find_spec("nicegui") is None:
        raise BadInput("cimaise demo", "needs NiceGUI", "pip install --editable '.[demo]'")
    from benchmark.demo.live_search import Search
    from benchmark.demo.preparing import Preparing
    from benchmark.harness.evaluation.session import Session

    workspace = Workspace.find()
    place = find(reference, workspace)
    session = Session(workspace, place, "auto", fresh=False, partial=True)
    if lacks := place.lacks(session.pictures):
        out.print(f"{place.name}: {lacks}; they are left aside")
    search = Search(session)
    preparing = Preparing(search)
    preparing.start()
    from benchmark.demo.server import serve  # meanwhile: it takes a second to import

    serve(search, preparing, port, lambda address: out.print(f"{address} until Ctrl-C"))
