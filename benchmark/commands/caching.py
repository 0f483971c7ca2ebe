"""`cache info` and `cache clear`: what this machine keeps, and how to be rid of it."""

from __future__ import annotations

import shutil

from rich.filesize import decimal
from rich.table import Table

from benchmark.commands.console import out, print_json
from benchmark.errors import BadInput
from benchmark.harness.evaluation.cache import weight
from benchmark.workspace import Workspace

PARTS = {
    "embeddings": "encoded pictures and texts, by content",
    "confirmed": "marks that a stored result was confirmed by sample here",
    "remembered": "digests of files that lie there unchanged",
    "partial": "what killed runs had encoded",
    "pictures": "pictures that were pulled; cimaise collection pull brings them again",
    "incomplete": "results that lack some pictures, and so are on no board",
    "datasets": "tables of collections, as the datasets library keeps them",
    "knowledge": "what is asked of each collection's graph",
    "pairs": "rendered pairs for training",
    "atelier": "rendered training pictures",
    "building": "pages of galleries that are being built",
    "hub": "weights and collections fetched from a hub",
}


def info(as_json: bool) -> None:
    """Sizes of what is kept."""
    folder = Workspace.find().cache
    sizes = {part: weight(folder / part) for part in PARTS}
    if as_json:
        print_json({"folder": str(folder), "bytes": sizes})
        return
    table = Table("part", "size", "what it is", box=None)
    for part, what in PARTS.items():
        table.add_row(part, decimal(sizes[part]), what)
    out.print(table)


def clear(parts: list[str] | None) -> None:
    """Remove the parts named, or all of them."""
    folder = Workspace.find().cache
    for part in parts or PARTS:
        if part not in PARTS:
            raise BadInput(part, "no such part of the cache", f"there are: {', '.join(PARTS)}")
    for part in parts or PARTS:
        size = weight(folder / part)
        shutil.rmtree(folder / part, ignore_errors=True)
        out.print(f"{part}: {decimal(size)} removed")
