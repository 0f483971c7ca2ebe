"""Which column of a data set is what: `title=Title,artist=Author,image=image`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from benchmark.collections.folder import PUBLIC
from benchmark.errors import BadInput

OURS = ("id", "image", *PUBLIC)


def read(said: str) -> dict[str, str]:
    """Our column -> theirs; `image` is `image` where nothing is said of it. Raises BadInput."""
    columns: dict[str, str] = {}
    for part in filter(None, said.split(",")):
        ours, equals, theirs = (word.strip() for word in part.partition("="))
        if not equals or not theirs:
            raise BadInput("--columns", f"'{part}' is no pair", "write title=Title,artist=Author")
        if ours not in OURS:
            raise BadInput("--columns", f"'{ours}' is unknown", f"there are {', '.join(OURS)}")
        if ours in columns:
            raise BadInput("--columns", f"'{ours}' comes twice", "name one column for it")
        columns[ours] = theirs
    return {"image": "image", **columns}


def check(columns: Mapping[str, str], there: Iterable[str], where: str) -> None:
    """Raise BadInput where one of their columns is not there."""
    names = list(there)
    for ours, theirs in columns.items():
        if theirs not in names:
            problem = f"{ours}={theirs}: no such column"
            raise BadInput(where, problem, f"--columns can name {', '.join(names)}")
