"""Triples of a catalogue graph in words: why a painting was found."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyoxigraph as ox

from benchmark.abilities import Triple
from benchmark.collections.graph import IDENTIFIER, load
from benchmark.collections.registry import Place

_LABELS = """
SELECT ?term ?label WHERE {
  ?term <http://www.w3.org/2004/02/skos/core#prefLabel>|<http://www.w3.org/2000/01/rdf-schema#label>
    ?label .
  FILTER (LANG(?label) IN ("", "en"))
}"""
_NAME = "<https://schema.org/name>"
_PAINTINGS = f"SELECT ?term WHERE {{ ?term <{IDENTIFIER}> ?id }}"


class InWords:
    """The words of one collection's catalogue graph; none where it has no graph."""

    def __init__(self, place: Place) -> None:
        self._labels: dict[str, str] = {}
        self._paintings: set[str] = set()
        if place.catalogue_graph is not None:
            graph = load(place.catalogue_graph)
            self._labels = {row["term"]: row["label"] for row in graph.select(_LABELS)}
            self._paintings = {row["term"] for row in graph.select(_PAINTINGS)}

    def __call__(self, triples: Sequence[Triple]) -> str:
        """Why a painting was found, in one line: "creator Goya; depicts dog"."""
        said = dict.fromkeys(self._sentence(*one) for one in triples if one[1] != _NAME)
        titles = [self._term(one[2]) for one in triples if one[1] == _NAME]
        return "; ".join([*said, *(f"titled {title}" for title in titles[:1])])

    def _sentence(self, subject: str, predicate: str, object_: str) -> str:
        said = f"{_verb(_address(predicate))} {self._term(object_)}"
        whose = _address(subject)
        return said if whose in self._paintings else f"{self._term(subject)} {said}"

    def _term(self, term: str) -> str:
        if term.startswith("<"):
            address = _address(term)
            return self._labels.get(address) or _local(address)
        literal = _literal(term)
        return f"“{literal}”" if not literal.isdigit() else literal


def _literal(term: str) -> str:
    (quad,) = ox.parse(f"<urn:a> <urn:b> {term} .".encode(), format=ox.RdfFormat.N_TRIPLES)
    return str(quad.object.value)  # type: ignore[union-attr]


def _address(term: str) -> str:
    return term[1:-1]


def _local(address: str) -> str:
    return re.split(r"[/#:]", address)[-1].replace("-", " ").replace("_", " ")


def _verb(address: str) -> str:
    """ "P62_depicts" -> "depicts", "pupilOf" -> "pupil of", "dateCreated" -> "date created"."""
    name = re.sub(r"^P\d+i?_", "", re.split(r"[/#:]", address)[-1])
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").lower()
