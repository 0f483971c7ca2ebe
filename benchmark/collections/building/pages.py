"""The rows of a query, page by page: each page is kept, and none is asked for twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmark.collections.building.endpoint import BROKEN_OFF, Endpoint, TooMuch
from benchmark.collections.building.paged_query import PagedQuery
from benchmark.collections.building.results_page import Row, rows
from benchmark.errors import BadInput
from benchmark.workspace import replacing

SIZE = 10_000
"""Rows of a page."""
LEAST = 100
"""Rows below which a page is not halved any more."""


def every_row(
    query: PagedQuery, endpoint: Endpoint, folder: Path, size: int = SIZE
) -> Iterator[tuple[Row, str]]:
    """Each row with the date on which it was got; what lies in `folder` is not asked for again.

    Raises BadInput.
    """
    offset = 0
    while True:
        path = folder / f"{offset:09}.json"
        if path.is_file():
            page = rows(path, str(path))
        else:
            page, size = _asked(query, endpoint, path, offset, size)
        if not page:  # a short page may be the endpoint's own limit; an empty one is the end
            return
        got = datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()
        yield from ((row, got) for row in page)
        offset += len(page)


def _asked(
    query: PagedQuery, endpoint: Endpoint, path: Path, offset: int, size: int
) -> tuple[list[Row], int]:
    """The page after `offset` rows, kept as `path`, and how many rows were asked for at last."""
    name = f"{endpoint.address}, after row {offset}"
    while True:
        try:
            with replacing(path) as temporary:
                endpoint.ask(query.page(offset, size), temporary)
                page = _whole(temporary, name)
                if len(page) > size:
                    problem = f"gives {len(page)} rows for LIMIT {size}"
                    raise BadInput(name, problem, "ask an endpoint that pages")
            return page, size
        except TooMuch as error:
            size //= 2
            if size < LEAST:
                remedy = "make the query narrower, or ask another endpoint with --endpoint"
                raise BadInput(name, f"{error}, even for {size * 2} rows", remedy) from None


def _whole(path: Path, name: str) -> list[Row]:
    """The rows of a page. Raises TooMuch where its text ends before its time, as it does where
    the endpoint's time runs out while it answers."""
    with path.open("rb") as stream:
        stream.seek(max(path.stat().st_size - 64, 0))
        ends = stream.read().rstrip().endswith(b"}")
    if not ends:
        raise TooMuch(BROKEN_OFF)
    return rows(path, name)
