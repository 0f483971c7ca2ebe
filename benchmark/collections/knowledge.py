"""What is known of each painting, for measures of variety: as the collection declares it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmark.collections.base import Collection
from benchmark.collections.registry import Place
from benchmark.errors import BadInput
from benchmark.workspace import digest_of, file_digest, replacing

FACETS = {"painter": "painters", "style": "styles", "century": "centuries"}
"""Facets as a collection declares them -> as measures call them."""


@dataclass(frozen=True)
class Knowledge:
    """`facets`: facet -> painting -> value. `facts`: painting -> all that is compared of it."""

    facets: Mapping[str, Mapping[str, str]]
    facts: Mapping[str, frozenset[str]]


def knowledge(place: Place, collection: Collection) -> Knowledge:
    """The declared facets, and the facts that two paintings are compared by.

    A painting without a value has none; `facts` is empty where no graph is compared. What is read
    from a graph is kept in the cache, by the digests of the graph and the declaration. Raises
    BadInput for a property that the graph does not have.
    """
    said = _kept(place) if place.facts_graph else {}
    declared, facets = place.declaration.facets, {}
    for facet in declared.paths():
        facets[facet] = {painting: of[0] for painting, of in said[f"facets.{facet}"].items()}
    rows = list(zip(collection.ids, collection.metadata, strict=True))
    for facet, column in declared.columns().items():
        facets[facet] = {painting: row[column] for painting, row in rows if row.get(column)}
    if "century" in facets:
        centuries = {painting: _century(date) for painting, date in facets["century"].items()}
        facets["century"] = {painting: number for painting, number in centuries.items() if number}
    named = {called: facets[facet] for facet, called in FACETS.items() if facet in facets}
    return Knowledge(named, _facts(place, said, facets, collection))


def knowledge_digest(place: Place) -> str:
    """Digest of all that facets and facts follow from, but the metadata."""
    declared = place.declaration
    of = declared.facets.model_dump_json() + declared.graph.model_dump_json()
    return digest_of(of, file_digest(place.facts_graph) if place.facts_graph else "")


def _facts(
    place: Place, said: Mapping[str, Mapping[str, list[str]]],
    facets: Mapping[str, Mapping[str, str]], collection: Collection,
) -> dict[str, frozenset[str]]:  # fmt: skip
    """All that is so of each painting, each as a word of its own: its facets, and what is compared.

    Empty where nothing is compared.
    """
    if not place.declaration.graph.compared:
        return {}
    facts: dict[str, set[str]] = {painting: set() for painting in collection.ids}
    for facet, values in facets.items():
        for painting, value in values.items():
            facts[painting].add(f"{facet} {value}")
    for name in place.declaration.graph.compared:
        for painting, found in said[f"compared.{name}"].items():
            if painting in facts:
                facts[painting].update(f"{name} {value}" for value in found)
    return {painting: frozenset(found) for painting, found in facts.items()}


def _century(date: str) -> str:
    year = re.search(r"\b\d{3,4}\b", date)
    return str(int(year[0]) // 100 + 1) if year else ""


def _kept(place: Place) -> dict[str, dict[str, list[str]]]:
    """What the graph says, from the cache if it was read before."""
    code = (Path(__file__), Path(__file__).with_name("graph.py"))
    key = digest_of(knowledge_digest(place), *(file_digest(path) for path in code))
    kept = place.cache / "knowledge" / f"{key[:24]}.json"
    try:
        said: dict[str, dict[str, list[str]]] = json.loads(kept.read_bytes())
    except (OSError, ValueError):
        said = _said(place)
        with replacing(kept) as temporary:
            temporary.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return said


def _said(place: Place) -> dict[str, dict[str, list[str]]]:
    """What the graph says of each painting: declared facet or comparison -> painting -> values."""
    from benchmark.collections.graph import load

    declared = place.declaration
    assert place.facts_graph is not None, "asked only where there is a graph"
    graph = load(place.facts_graph)
    patterns = {
        f"facets.{facet}": f"?painting {path} ?value"
        for facet, path in declared.facets.paths().items()
    }
    patterns |= {f"compared.{name}": pattern for name, pattern in declared.graph.compared.items()}
    found: dict[str, dict[str, list[str]]] = {}
    for name, pattern in patterns.items():
        values: defaultdict[str, list[str]] = defaultdict(list)
        field = name if name.startswith("facets") else f"graph.{name}"
        try:
            for painting, value in graph.said(pattern):
                values[painting].append(value)
        except BadInput as error:
            raise BadInput(place.declared_in, f"{field}: {error}") from None
        if not values:
            remedy = f"look at the prefixes and properties of {place.facts_graph.name}"
            raise BadInput(place.declared_in, f"{field}: '{pattern}' is so of no painting", remedy)
        found[name] = {painting: sorted(of) for painting, of in values.items()}
    return found
