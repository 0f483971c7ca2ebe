"""A page for each query: what every submission finds for it, with grades."""

from __future__ import annotations

from collections import Counter

from benchmark.site.leaderboard import Leaderboard
from benchmark.site.page import Files, Page, Site
from benchmark.site.templates import file_name, render


def draw(site: Site) -> Files:
    """A page a query."""
    for board in site.boards:
        for number, query in enumerate(board.query_set.queries):
            path = PAGE.path.format(collection=board.path, query=file_name(query.id))
            yield path, _page(board, number)


def _page(board: Leaderboard, number: int) -> str:
    queries = board.query_set.queries
    query = queries[number]
    rows = [
        {
            "result": result,
            "value": board.values[result.submission].get(query.id),
            "top": board.top(result.submission, query),
        }
        for result in board.results
    ]
    return render(
        "query_page.md.j2",
        board=board,
        query=query,
        siblings=[q for q in queries if q.topic == query.topic and q.id != query.id],
        grades=Counter(board.query_set.qrels.get(query.id, {}).values()),
        rows=rows,
        before=queries[number - 1] if number else None,
        after=queries[number + 1] if number + 1 < len(queries) else None,
    )


PAGE = Page(path="queries/{collection}/{query}.md", title="A query", draw=draw)
