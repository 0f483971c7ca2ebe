"""Triples of a catalogue graph in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from benchmark.abilities import Triple
from benchmark.demo.words import Language, says
from benchmark.errors import plain

_LABELS = [
    ox.NamedNode(address)
    for address in (
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "http://www.w3.org/2000/01/rdf-schema#label",
        "https://schema.org/name",
        "http://xmlns.com/foaf/0.1/name",
    )
]
_LONGEST = 80
"""Characters of a label."""


@dataclass(frozen=True)
class Why:
    """What speaks for a painting: what was matched of it, and every triple as a short sentence."""

    concepts: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


class GraphWords:
    """Names of a graph's terms in a language; of a term without one, the end of its address."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._known: dict[tuple[str, Language], str] = {}

    def why(self, triples: Iterable[Triple], language: Language) -> Why:
        """What triples say of one painting, which itself goes unnamed."""
        concepts: dict[str, None] = {}
        lines: dict[str, None] = {}
        for subject, predicate, value in triples:
            said, what = says(_end(predicate[1:-1]), language), self.label(value, language)
            if not self._is_painting(subject):
                lines[f"{self.label(subject, language)} {said} {what}"] = None
            else:
                if not value.startswith('"'):  # a title or a date is no concept
                    concepts[what] = None
                lines[f"{said} {what}"] = None
        return Why(tuple(concepts), tuple(lines))

    def label(self, term: str, language: Language) -> str:
        """The name of a term, given in N-Triples."""
        key = term, language
        if key not in self._known:
            self._known[key] = plain(self._label(term, language))[:_LONGEST]
        return self._known[key]

    def _label(self, term: str, language: Language) -> str:
        node = _parsed(term)
        if isinstance(node, ox.Literal):
            return node.value
        if not isinstance(node, ox.NamedNode):
            return term
        found = [
            one.object
            for predicate in _LABELS
            for one in self._store.quads_for_pattern(node, predicate, None)
            if isinstance(one.object, ox.Literal)
        ]
        wanted = (language, "mul", "", "en")
        spoken = {(one.language or "").partition("-")[0]: one.value for one in reversed(found)}
        named = next((spoken[one] for one in wanted if one in spoken), "")
        return named or (found[0].value if found else _end(node.value))

    def _is_painting(self, term: str) -> bool:
        node, identifier = _parsed(term), ox.NamedNode("https://schema.org/identifier")
        return isinstance(node, ox.NamedNode) and any(
            self._store.quads_for_pattern(node, identifier, None)
        )


def _parsed(term: str) -> object:
    try:
        triple = next(iter(ox.parse(f"<a:a> <a:a> {term} .", format=ox.RdfFormat.N_TRIPLES)))
    except (SyntaxError, StopIteration):
        return None
    return triple.object


def _end(address: str) -> str:
    return re.split(r"[/#:]", address)[-1] or address
