"""How paintings come to stand for a term: by SPARQL over the catalogue graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from benchmark.abilities import Triple
from benchmark.graph_search.labels import PREFIXES

Expansion = Literal["itself", "narrower", "broader", "attribute", "known by", "school", "pupil"]
Kind = Literal["creator", "style", "genre", "depicts", "other"]

_BROADER = "skos:broader"
_STEPS: dict[Expansion, tuple[str, str, str]] = {
    "broader": ("?term", _BROADER, "?value"),
    "attribute": ("?term", "cim:attribute", "?value"),
    "known by": ("?value", "cim:attribute", "?term"),
    "school": ("?value", "crm:P107i_is_current_or_former_member_of", "?term"),
    "pupil": ("?value", "cim:pupilOf", "?term"),
}
"""Expansion -> the step between the term that is asked for and the one that a painting names."""
_PATTERNS: dict[Expansion, str] = {
    "itself": "VALUES ?value { ?term }",
    "narrower": f"?value {_BROADER}+ ?term",
    **{expansion: " ".join(step) for expansion, step in _STEPS.items()},
}
_QUERY = (
    "SELECT DISTINCT ?painting ?says ?value WHERE { %s . ?painting ?says ?value ; "
    "schema:identifier ?id }"
)
_KINDS: dict[Kind, str] = {
    "creator": "https://schema.org/creator http://www.wikidata.org/prop/direct/P170",
    "style": "urn:cimaise:style http://www.wikidata.org/prop/direct/P135",
    "genre": "urn:cimaise:genre http://www.wikidata.org/prop/direct/P136",
    "depicts": "http://www.cidoc-crm.org/cidoc-crm/P62_depicts urn:cimaise:figure "
    "http://www.wikidata.org/prop/direct/P180",
}
_KIND_OF = {address: kind for kind, every in _KINDS.items() for address in every.split()}


@dataclass(frozen=True)
class Evidence:
    """That a painting stands for a term: how the term was widened, and what the graph says."""

    painting: str
    expansion: Expansion
    kind: Kind
    triples: tuple[Triple, ...]


def evidence(store: ox.Store, term: str) -> Iterator[Evidence]:
    """All that the graph says of paintings and a term; paintings by their addresses."""
    node = ox.NamedNode(term)
    for expansion, pattern in _PATTERNS.items():
        rows = store.query(_QUERY % pattern.replace("?term", str(node)), prefixes=PREFIXES)
        assert isinstance(rows, ox.QuerySolutions)
        for row in rows:
            painting, says, value = row["painting"], row["says"], row["value"]
            if not (isinstance(painting, ox.NamedNode) and isinstance(value, ox.NamedNode)):
                continue
            assert isinstance(says, ox.NamedNode), "as every predicate"
            steps = _steps(store, expansion, node, value)
            kind = _KIND_OF.get(says.value, "other")
            said = (str(painting), str(says), str(value))
            yield Evidence(painting.value, expansion, kind, (said, *steps))


def _steps(
    store: ox.Store, expansion: Expansion, term: ox.NamedNode, value: ox.NamedNode
) -> tuple[Triple, ...]:
    """The triples between the term and the value that a painting names."""
    if expansion == "narrower":
        return _upwards(store, value, term)
    if expansion not in _STEPS:
        return ()
    ends = {"?term": str(term), "?value": str(value)}
    subject, predicate, object_ = _STEPS[expansion]
    return ((ends[subject], str(_full(predicate)), ends[object_]),)


def _full(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def _upwards(store: ox.Store, lower: ox.NamedNode, upper: ox.NamedNode) -> tuple[Triple, ...]:
    """The shortest way from a concept to one above it, step by step."""
    ways: list[tuple[ox.NamedNode, tuple[Triple, ...]]] = [(lower, ())]
    seen, broader = {lower}, _full(_BROADER)
    for node, steps in ways:  # grows while it is read
        if node == upper:
            return steps
        for quad in store.quads_for_pattern(node, broader, None):
            above = quad.object
            if isinstance(above, ox.NamedNode) and above not in seen:
                seen.add(above)
                ways.append((above, (*steps, (str(node), str(broader), str(above)))))
    return ()
