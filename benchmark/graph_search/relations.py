"""How paintings come to stand for a term: by SPARQL over the catalogue graph."""

from __future__ import annotations

from collections.abc import Iterator
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
    "SELECT DISTINCT ?painting ?says WHERE { %s . ?painting ?says ?value ; schema:identifier ?id "
    "FILTER isIRI(?value) }"
)
_VALUES = "SELECT DISTINCT ?says ?value WHERE { %s . %s ?says ?value }"
_KINDS: dict[Kind, str] = {
    "creator": "https://schema.org/creator http://www.wikidata.org/prop/direct/P170",
    "style": "urn:cimaise:style http://www.wikidata.org/prop/direct/P135",
    "genre": "urn:cimaise:genre http://www.wikidata.org/prop/direct/P136",
    "depicts": "http://www.cidoc-crm.org/cidoc-crm/P62_depicts urn:cimaise:figure "
    "http://www.wikidata.org/prop/direct/P180",
}
_KIND_OF = {address: kind for kind, every in _KINDS.items() for address in every.split()}


def paintings(store: ox.Store, term: str) -> Iterator[tuple[str, Expansion, Kind]]:
    """All paintings that stand for a term: by their addresses, how the term was widened, and what
    kind of thing each says."""
    for expansion, pattern in _PATTERNS.items():
        for row in _ask(store, _QUERY % pattern.replace("?term", _node(term))):
            painting, says = row["painting"], row["says"]
            if isinstance(painting, ox.NamedNode) and isinstance(says, ox.NamedNode):
                yield painting.value, expansion, _KIND_OF.get(says.value, "other")


def triples(
    store: ox.Store, term: str, painting: str, expansion: Expansion, kind: Kind
) -> list[Triple]:
    """The triples by which a painting stands for a term, by one way of widening and one kind."""
    pattern, node = _PATTERNS[expansion].replace("?term", _node(term)), ox.NamedNode(term)
    found: list[Triple] = []
    for row in _ask(store, _VALUES % (pattern, _node(painting))):
        says, value = row["says"], row["value"]
        if not (isinstance(says, ox.NamedNode) and isinstance(value, ox.NamedNode)):
            continue
        if _KIND_OF.get(says.value, "other") == kind:
            found.append((_node(painting), str(says), str(value)))
            found += _steps(store, expansion, node, value)
    return found


def _ask(store: ox.Store, query: str) -> ox.QuerySolutions:
    rows = store.query(query, prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions), "it is a SELECT"
    return rows


def _node(address: str) -> str:
    return str(ox.NamedNode(address))


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
