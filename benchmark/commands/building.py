"""`collection build`: a gallery of one's own from a query, or from a data set's rows."""

from __future__ import annotations

from pathlib import Path

from benchmark.collections.building.endpoint import WIKIDATA
from benchmark.collections.registry import find
from benchmark.commands.console import bars, notes, out
from benchmark.errors import BadInput
from benchmark.workspace import Workspace


def build(
    name: str,
    sparql: Path | None,
    hub: str | None,
    columns: str,
    endpoint: str | None,
    limit: int,
    to: Path | None,
) -> None:
    """Build the gallery NAME and say what to do with it next. Raises BadInput."""
    workspace = Workspace.find()
    if (sparql is None) == (hub is None):
        remedy = "give --sparql FILE.rq or --hf OWNER/NAME"
        raise BadInput("collection build", "needs one thing to build from", remedy)
    with bars() as progress:
        update = progress(name)
        if sparql is not None:
            from benchmark.collections.building import from_query

            if columns:
                raise BadInput("--columns", "is for --hf", "a query names its columns itself")
            home, count = from_query.build(
                name, sparql, limit, endpoint or WIKIDATA, to, workspace.cache, notes.print, update
            )
            told, then = f"{count} works", f"cimaise collection pull {name}"
        else:
            from benchmark.collections.building import from_hub

            assert hub is not None, "one of both is given"
            if endpoint:
                raise BadInput("--endpoint", "is for --sparql", "leave it out")
            home, count, left_out = from_hub.build(name, hub, columns, limit, to, update)
            for why, number in left_out.items():
                notes.print(f"left out: {number}, {why}")
            told, then = f"{count} paintings", f"write queries/{name}/queries.jsonl"
    find(str(home), workspace)  # so that its name is known here from now on
    out.print(f"{name}: {told} in {home}; it has no queries yet; next: {then}")
