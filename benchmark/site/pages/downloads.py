"""What can be taken along: tables, results, the graph of a collection, the schema of a manifest."""

from __future__ import annotations

import json

from benchmark.collections.atelier.pins import GRAPH
from benchmark.collections.registry import known
from benchmark.results.table import as_csv
from benchmark.site.page import Files, Page, Site
from benchmark.site.templates import file_name
from benchmark.submission import Submission


def draw(site: Site) -> Files:
    """A CSV and a JSON a leaderboard, a graph a collection that has one, and the schema."""
    for board in site.boards:
        csv = PAGE.path.format(collection=board.path)
        yield csv, as_csv(board.results, board.standing.places)
        rows = [result.model_dump(mode="json") for result in board.results]
        yield f"data/{board.path}.json", json.dumps(rows, indent=1) + "\n"
    for home in known(site.workspace):
        if (home.folder / GRAPH).is_file():
            yield f"data/{file_name(home.name)}.ttl", (home.folder / GRAPH).read_bytes()
    yield (
        "submission.schema.json",
        json.dumps(Submission.model_json_schema(), indent=1) + "\n",
    )


PAGE = Page(path="data/{collection}.csv", title="Data", draw=draw)
