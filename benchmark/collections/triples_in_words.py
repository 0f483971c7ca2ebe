"""Triples of a catalogue graph in words: why a painting was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from benchmark.abilities import Triple
from benchmark.collections.graph import IDENTIFIER, load
from benchmark.collections.registry import Place
from benchmark.errors import plain

_NAME = "https://schema.org/name"
_LABELS = [
    ox.NamedNode(address)
    for address in (
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "http://www.w3.org/2000/01/rdf-schema#label",
        _NAME,
        "http://xmlns.com/foaf/0.1/name",
    )
]
_LONGEST = 80
"""Characters of a label."""


@dataclass(frozen=True)
class Why:
    """What speaks for a painting: the terms that were matched of it, and each triple as a short
    sentence, its title last."""

    concepts: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """All sentences in one: "creator Goya; depicts dog"."""
        return "; ".join(self.lines)


def verb(predicate: str, language: str = "en") -> str:
    """The last part of a predicate's address as words, whatever the language: "P62_depicts" ->
    "depicts", "pupilOf" -> "pupil of", "dateCreated" -> "date created"."""
    name = re.sub(r"^P\d+i?_", "", predicate)
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").lower()
    return "titled" if words == "name" else words


class InWords:
    """The words of one catalogue graph, in a language; of a term without a name there, the end of
    its address. `says` gives the words of a predicate, by the last part of its address."""

    def __init__(self, store: ox.Store, says: Callable[[str, str], str] = verb) -> None:
        self._store, self._says = store, says
        self._named: dict[tuple[str, str], str] = {}
        self._paintings: dict[str, bool] = {}

    @classmethod
    def of(cls, place: Place) -> InWords:
        """Of a collection, also of one without a graph. Raises BadInput where that is broken."""
        graph = place.catalogue_graph
        return cls(ox.Store() if graph is None else load(graph).store)

    def why(self, triples: Iterable[Triple], language: str = "en") -> Why:
        """What triples say of one painting, which itself goes unnamed."""
        concepts: dict[str, None] = {}
        lines: dict[str, None] = {}
        titles: list[str] = []
        for subject, predicate, value in triples:
            what = self.label(value, language)
            if value.startswith('"') and not what.isdigit():
                what = f"“{what}”"
            line = f"{self._says(_end(predicate[1:-1]), language)} {what}"
            if predicate == f"<{_NAME}>":
                titles.append(line)
            elif self._is_painting(subject):
                if not value.startswith('"'):  # a date is no concept
                    concepts[what] = None
                lines[line] = None
            else:
                lines[f"{self.label(subject, language)} {line}"] = None
        return Why(tuple(concepts), (*lines, *titles[:1]))

    def label(self, term: str, language: str = "en") -> str:
        """The name of a term, given in N-Triples."""
        key = term, language
        if key not in self._named:
            self._named[key] = plain(self._label(term, language))[:_LONGEST]
        return self._named[key]

    def _label(self, term: str, language: str) -> str:
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
        if named or found:
            return named or found[0].value
        return _end(node.value).replace("-", " ").replace("_", " ")

    def _is_painting(self, term: str) -> bool:
        if term not in self._paintings:
            node, identifier = _parsed(term), ox.NamedNode(IDENTIFIER)
            self._paintings[term] = isinstance(node, ox.NamedNode) and any(
                self._store.quads_for_pattern(node, identifier, None)
            )
        return self._paintings[term]


def _parsed(term: str) -> object:
    try:
        triple = next(iter(ox.parse(f"<a:a> <a:a> {term} .", format=ox.RdfFormat.N_TRIPLES)))
    except (SyntaxError, StopIteration):
        return None
    return triple.object


def _end(address: str) -> str:
    return re.split(r"[/#:]", address)[-1] or address
