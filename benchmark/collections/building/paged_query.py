"""A query of one's own that is asked page by page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from benchmark.errors import BadInput
from benchmark.parsing import read

COLUMNS = (
    "title", "title_fr", "artist", "born", "died", "date",
    "movement", "genre", "material", "museum", "depicts", "file",
)  # fmt: skip
"""What a query may select beside ?painting."""
_MOST = 16 << 10
"""Bytes of a query. The parser of long ones takes its time; of deep ones it dies."""
_DEEPEST = 100
_OPENS = {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}
_NOTS = re.compile(rf"(?:!\s*){{{_DEEPEST}}}")


@dataclass(frozen=True)
class PagedQuery:
    """A SELECT without LIMIT, OFFSET and ORDER BY of its own, and the columns that it selects."""

    text: str
    columns: tuple[str, ...]

    def page(self, offset: int, size: int) -> str:
        """The query for `size` rows after the first `offset`.

        Rows are in a total order, so that pages neither repeat a row nor leave one out.
        """
        order = " ".join(f"?{name}" for name in ("painting", *self.columns))
        return f"{self.text}\nORDER BY {order}\nLIMIT {size}\nOFFSET {offset}\n"


def load(path: Path) -> PagedQuery:
    """Read a query and check it without asking anybody. Raises BadInput."""
    import pyoxigraph

    try:
        text = read(path, _MOST).decode("utf-8")
        if max(accumulate(_OPENS.get(c, 0) for c in text), default=0) > _DEEPEST or (
            _NOTS.search(text)
        ):
            raise BadInput(path, "is nested too deeply", "flatten it")
        solutions = pyoxigraph.Store().query(text)  # lazy: nothing is evaluated
    except (SyntaxError, ValueError) as error:  # ValueError: of UTF-8
        reason = " ".join(str(error).split())[:200]
        raise BadInput(path, f"is not SPARQL 1.1 ({reason})", "declare its prefixes, too") from None
    if not isinstance(solutions, pyoxigraph.QuerySolutions):
        raise BadInput(path, "is no SELECT", "write SELECT ?painting ?title ... WHERE { ... }")
    names = [variable.value for variable in solutions.variables]
    if "painting" not in names:
        raise BadInput(path, "selects no ?painting", "name the Wikidata entity so")
    columns = tuple(name for name in names if name != "painting")
    if unknown := [name for name in columns if name not in COLUMNS]:
        known = ", ".join(f"?{name}" for name in COLUMNS)
        raise BadInput(path, f"selects ?{unknown[0]}, which is no column", f"there are {known}")
    if not columns:
        raise BadInput(path, "selects ?painting alone", "add ?title at least")
    query = PagedQuery(text, columns)
    try:
        pyoxigraph.Store().query(query.page(0, 1))
    except SyntaxError:
        problem = "has LIMIT, OFFSET, ORDER BY or VALUES of its own at its end"
        raise BadInput(path, problem, "leave it out: it is asked in pages; --limit N") from None
    return query
