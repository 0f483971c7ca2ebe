"""From rows to works: the rows of one painting become one row of the manifest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any
from urllib.parse import unquote

from benchmark.collections.building.results_page import Row
from benchmark.collections.pulling.wikidata import is_title
from benchmark.errors import BadInput

MOST_ROWS = 20_000
"""Of one painting: a query that multiplies lists with one another is noticed."""
_YEAR = re.compile(r"([+-]?\d{1,6})(-\d\d.*)?")

Work = dict[str, Any]
"""A row of the manifest: column -> value."""


def joined(rows: Iterable[tuple[Row, str]], limit: int) -> Iterator[Work]:
    """At most `limit` works, each from the rows of one painting, which follow each other.

    Raises BadInput where they do not.
    """
    seen: set[int] = set()
    for painting, of in groupby(rows, key=lambda pair: pair[0].painting):
        if len(seen) == limit:
            return
        if painting in seen:
            problem = (
                "comes again after other paintings: no ORDER BY, or its data changed meanwhile"
            )
            remedy = "cimaise cache clear building, then begin anew, or ask another with --endpoint"
            raise BadInput(f"Q{painting}", problem, remedy)
        seen.add(painting)
        yield _work(painting, of)


def _work(painting: int, rows: Iterable[tuple[Row, str]]) -> Work:
    said: dict[str, dict[str, None]] = {}
    retrieved = ""
    for number, (row, got) in enumerate(rows):
        if number == MOST_ROWS:
            problem = f"has more than {MOST_ROWS:,} rows: lists are multiplied with one another"
            raise BadInput(f"Q{painting}", problem, "give each list its own part of a UNION")
        retrieved = retrieved or got
        for name, value in row.values.items():
            said.setdefault(name, {})[value] = None
    lists = {name: list(values) for name, values in said.items()}
    first = {name: values[0] for name, values in lists.items()}
    artists, dates = lists.get("artist", []), _years(lists.get("date", []))
    alone = len(artists) < 2  # whose life it is, is not known of several
    born = min(_years(lists.get("born", [])), default=None) if alone else None
    died = max(_years(lists.get("died", [])), default=None) if alone else None
    return {
        "id": f"Q{painting}",
        "title": first.get("title") or first.get("title_fr", ""),
        "title_fr": first.get("title_fr", ""),
        "artist": ", ".join(artists),
        "born": born,
        "died": died,
        "life_source": "" if born is None and died is None else "Wikidata",
        "date": str(min(dates)) if dates else "",
        "year": min(dates, default=None),
        "style": first.get("movement", ""),
        "genre": first.get("genre", ""),
        "medium": ", ".join(lists.get("material", [])),
        "movements": lists.get("movement", []),
        "genres": lists.get("genre", []),
        "materials": lists.get("material", []),
        "museums": lists.get("museum", []),
        "depicts": lists.get("depicts", []),
        "source": "Wikidata, CC0",
        "retrieved": retrieved,
        "file": next(filter(None, map(file_name, lists.get("file", []))), ""),
    }


def _years(texts: list[str]) -> list[int]:
    """The years of dates such as 1853, 1853-03-30T00:00:00Z or -0428-01-01; of others none."""
    return [int(found[1]) for text in texts if (found := _YEAR.fullmatch(text))]


def file_name(said: str) -> str:
    """The name of a Commons file, said as an address or a name; "" where it is none."""
    name = said
    if re.match("https?://", said):
        name = unquote(said.partition("?")[0].rpartition("/")[2])
    name = " ".join(name.replace("_", " ").split()).removeprefix("File:")
    return name if is_title(name) and not {"/", "\\"} & set(name) else ""
