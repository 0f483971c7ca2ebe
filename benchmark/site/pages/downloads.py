"""What can be taken along: tables, results, graphs, the schema of a manifest."""

from __future__ import annotations

import json

from benchmark.collections.registry import known
from benchmark.results.table import as_csv
from benchmark.site.page import Files, Page, Site
from benchmark.site.templates import file_name
from benchmark.submission import Submission


def draw(site: Site) -> Files:
    """A CSV and a JSON a leaderboard, the graphs of published collections, and the schema."""
    for board in site.boards:
        csv = PAGE.path.format(collection=board.path)
        yield csv, as_csv(board.results, board.standing.places)
        rows = [result.model_dump(mode="json") for result in board.results]
        yield f"data/{board.path}.json", json.dumps(rows, indent=1) + "\n"
    for home in known(site.workspace):
        for graph, kind in ((home.facts_graph, ""), (home.catalogue_graph, "-catalogue")):
            if graph is not None and home.built_in:
                yield f"data/{file_name(home.name)}{kind}.ttl", graph.read_bytes()
    yield (
        "submission.schema.json",
        json.dumps(Submission.model_json_schema(), indent=1) + "\n",
    )


PAGE = Page(path="data/{collection}.csv", title="Data", draw=draw)
