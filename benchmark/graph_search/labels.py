"""What terms of a graph are called, and which terms a run of words may mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal

import pyoxigraph as ox

from benchmark.graph_search.thesaurus import Key, Thesaurus
from benchmark.graph_search.words import LANGUAGES, Language, Word, keys, words

How = Literal["label", "name", "part", "other word", "narrower word", "spelling"]
"""How words meet a term: its label; one word of a name; the last word of a longer label ("dog" in
"hunting dog"); a word of the thesaurus for it, or for what stands above it; nearly its spelling."""

_LABELS = """
SELECT DISTINCT ?term ?label WHERE {
  ?term rdfs:label|skos:prefLabel|skos:altLabel|schema:name|foaf:name ?label .
  FILTER NOT EXISTS { ?term schema:identifier ?id }
}"""
PREFIXES = {
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "schema": "https://schema.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "crm": "http://www.cidoc-crm.org/cidoc-crm/",
    "cim": "urn:cimaise:",
}
_SHORTEST = 4
"""Letters of a word that may stand for a whole name."""

_SHORTEST_MISSPELT, _NEAR = 6, 88
"""Letters of a word that may be misspelt, and how alike (of 100) it is to what was meant: a letter
left out or added always passes, one taken for another from nine letters on."""

Terms = dict[str, How]
"""Addresses of terms, and how they were met."""


class Labels:
    """Which terms of a graph the words of a text mean."""

    def __init__(self, store: ox.Store, thesaurus: Thesaurus) -> None:
        self._own: dict[Key, set[str]] = defaultdict(set)
        self._loose: dict[Key, Terms] = defaultdict(dict)
        self.languages: set[str] = set()
        self._thesaurus = thesaurus
        names: dict[str, set[str]] = defaultdict(set)
        spelt = set[str]()
        every = ((*one, found) for one in _labels(store) for found in keys(one[1], one[2]))
        for term, label, language, found in every:
            self._own[language, found].add(term)
            if len(found) == 1:
                spelt.update(word.folded for word in words(label))
            self.languages.add(language)
            if len(found) > 1 and language == "":
                for place, word in enumerate(said := words(label), 1):
                    # "night" is no school, though one is called "Night tram group".
                    plain = place < len(said) and self._means_something(word)
                    if len(word.folded) >= _SHORTEST and not plain:
                        names[word.folded].add(term)
                for start in range(1, len(found) - 1):  # "van Gogh"
                    self._loose["", found[start:]].setdefault(term, "name")
            elif len(found) > 1:
                head = found[-1:] if language == "en" else found[:1]
                self._loose[language, head].setdefault(term, "part")
        for name, terms in names.items():
            if len(terms) == 1:
                self._loose["", (name,)].update(dict.fromkeys(terms, "name"))
        self.longest = max((len(found) for _, found in [*self._own, *thesaurus.named]), default=1)
        self._spelt = sorted(spelt | set(names))

    def meaning(self, stems: dict[Language, tuple[str, ...]]) -> Terms:
        """The terms that words with these stems mean; none where no label is like them."""
        found: Terms = {}
        for language in LANGUAGES:
            for term in self._own.get((language, stems[language]), ()):
                found[term] = "label"
        named = bool(found)
        for language in LANGUAGES:
            for term, how in self._loose.get((language, stems[language]), {}).items():
                if how != "name" or not named:
                    found.setdefault(term, how)
        concepts = set[str]().union(
            *(self._thesaurus.named.get((language, stems[language]), ()) for language in LANGUAGES)
        )
        for concept in concepts:
            for term in self._of(concept):
                found.setdefault(term, "other word")
        for concept in concepts:  # after all others: what names two, one below the other, is both
            for lower in self._thesaurus.narrower(concept):
                for term in self._of(lower):
                    found.setdefault(term, "narrower word")
        return found

    def spelt_like(self, word: str) -> str | None:
        """The word of a label that is spelt nearly like a folded one; None where there is none."""
        from rapidfuzz import fuzz, process

        if len(word) < _SHORTEST_MISSPELT:
            return None
        best = process.extractOne(word, self._spelt, scorer=fuzz.ratio, score_cutoff=_NEAR)
        return best[0] if best else None

    def _means_something(self, word: Word) -> bool:
        """Whether a word is one of the thesaurus."""
        return any((language, (word.stems[language],)) in self._thesaurus.named
                   for language in LANGUAGES)  # fmt: skip

    def _of(self, concept: str) -> Iterator[str]:
        for one in self._thesaurus.labels[concept]:
            yield from self._own.get(one, ())


def _labels(store: ox.Store) -> Iterator[tuple[str, str, Language]]:
    """(address, label, language), in no order that matters; labels in other languages are names."""
    rows = store.query(_LABELS, prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        term, label = row["term"], row["label"]
        if isinstance(term, ox.NamedNode) and isinstance(label, ox.Literal):
            spoken = (label.language or "").partition("-")[0]
            if spoken in ("", "en", "fr", "mul"):
                yield term.value, label.value, spoken if spoken in ("en", "fr") else ""  # type: ignore[misc]
