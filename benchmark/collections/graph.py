"""The knowledge graph of any collection: Turtle, read into memory and asked in SPARQL.

A painting is whatever has a schema:identifier that is the id of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from benchmark.errors import BadInput
from benchmark.workspace import replacing

IDENTIFIER = "https://schema.org/identifier"


@dataclass(frozen=True)
class Graph:
    """A graph with the prefixes that its file declares."""

    path: Path
    store: ox.Store
    prefixes: Mapping[str, str]

    def select(self, query: str) -> list[dict[str, str]]:
        """The rows of a SPARQL SELECT, unbound variables left out.

        The prefixes of the file are declared already. Raises BadInput where it is no SPARQL.
        """
        try:
            found = self.store.query(query, prefixes=dict(self.prefixes))
        except SyntaxError as error:
            raise BadInput(
                f"cannot be asked of {self.path.name}", " ".join(str(error).split())
            ) from None
        assert isinstance(found, ox.QuerySolutions), "only SELECT is meant here"
        names = [variable.value for variable in found.variables]
        return [{n: str(row[n].value) for n in names if row[n] is not None} for row in found]  # type: ignore[union-attr]

    def said(self, pattern: str) -> Iterator[tuple[str, str]]:
        """(painting id, what is so of it) by a pattern from ?painting to ?value, and ?with."""
        head = f"SELECT DISTINCT ?id ?value ?with WHERE {{ ?painting <{IDENTIFIER}> ?id . "
        for row in self.select(f"{head}{pattern} }}"):
            if "value" in row:
                yield row["id"], " ".join(row[n] for n in ("value", "with") if n in row)


def load(path: Path) -> Graph:
    """The graph of a Turtle file in memory. Raises BadInput when it is missing or broken."""
    if not path.is_file():
        raise BadInput(path, "missing", "only a collection with a graph can be asked about it")
    store = ox.Store()
    try:
        parser = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        next(parser, None)  # its prefixes stand in front
        store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise BadInput(path, f"is not Turtle ({error})") from None
    return Graph(path, store, parser.prefixes)


def write(triples: Iterable[ox.Triple], path: Path, prefixes: Mapping[str, str]) -> None:
    """Write Turtle, whole or not at all."""
    with replacing(path) as temporary:
        ox.serialize(triples, str(temporary), format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes))
