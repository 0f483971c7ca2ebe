"""A searcher that looks at nothing but a catalogue graph, and says what it went by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import pyoxigraph as ox
from numpy.typing import NDArray

from benchmark.abilities import Triple
from benchmark.graph_search import relations
from benchmark.graph_search.dates import Years
from benchmark.graph_search.labels import PREFIXES, How, Labels
from benchmark.graph_search.linking import LONGEST, Linked, Mention, link
from benchmark.graph_search.relations import Expansion, Kind
from benchmark.graph_search.thesaurus import Thesaurus
from benchmark.graph_search.titles import Titles
from benchmark.graph_search.weights import Weights
from benchmark.records import Painting
from benchmark.search.ties import id_ranks, top_k

Rows = NDArray[np.float32]
MOST_TRIPLES = 32
"""That are named for a painting: the harness takes no more."""
_PAINTINGS = """
SELECT ?painting ?id ?date WHERE {
  ?painting schema:identifier ?id . OPTIONAL { ?painting schema:dateCreated ?date }
}"""
_REMEMBERED = 5_000_000
"""Paintings of terms that are kept in memory: some 40 MB."""

_MEANT: tuple[Expansion, ...] = ("itself", "narrower", "school")
"""Ways to widen a term that stay within what is meant."""

Evidence = list[tuple[Expansion, Kind, NDArray[np.int64]]]
"""For a term: a way to widen it, a kind of thing that is said, and the paintings that say it."""


class GraphSearcher:
    """Ranks paintings by what the graph says of them for each thing that a text names.

    A painting's score is the sum of the best evidence for each mention, weighted by its kind, over
    the number of mentions and (in part) of words that no term answers to; of the title's words; and
    less what is not wanted. All weights are of `Weights`. Between 0 and about 1.
    """

    def __init__(self, thesaurus: Thesaurus, weights: Weights) -> None:
        self._thesaurus, self.weights = thesaurus, weights
        self._known: dict[str, Evidence] = {}
        self._held = 0

    def graph(self, store: ox.Store) -> None:
        """Take in the graph: the labels of its terms."""
        self._store = store
        self._labels = Labels(store, self._thesaurus)

    def index(self, paintings: Sequence[Painting]) -> None:
        """Take in the gallery: which of the graph's paintings hang in it."""
        self._ids = [painting.id for painting in paintings]
        self._ranks = id_ranks(self._ids)
        at = {name: row for row, name in enumerate(self._ids)}
        self._rows: dict[str, int] = {}
        self._addresses: dict[int, str] = {}
        self._dates: dict[int, tuple[int, Triple]] = {}
        found = self._store.query(_PAINTINGS, prefixes=PREFIXES)
        assert isinstance(found, ox.QuerySolutions)
        for one in found:
            painting, name, date = one["painting"], one["id"], one["date"]
            if not isinstance(painting, ox.NamedNode) or not isinstance(name, ox.Literal):
                continue
            if name.value in at:
                self._rows[painting.value] = row = at[name.value]
                self._addresses[row] = painting.value
                if isinstance(date, ox.Literal) and date.value[:4].isdecimal():
                    said = (str(painting), f"<{PREFIXES['schema']}dateCreated>", str(date))
                    self._dates[row] = int(date.value[:4]), said
        self._titles = Titles(self._store, self._rows, len(self._ids))
        self._known.clear()
        self._held = 0

    def link(self, text: str) -> Linked:
        """What a text says, in terms of the graph."""
        return link(text, self._labels)

    def search(self, texts: Sequence[str], k: int) -> tuple[list[list[str]], list[list[float]]]:
        """The best paintings for each text; those for which nothing speaks are not listed."""
        ids, scores = [], []
        for text in texts:
            values = self.scores(text)
            best = [row for row in top_k(values, self._ranks, k) if values[row] > 0]
            ids.append([self._ids[row] for row in best])
            scores.append([float(values[row]) for row in best])
        return ids, scores

    def scores(self, text: str) -> Rows:
        """The score of every painting for a text: (n,), in the order they were shown."""
        linked, weights = self.link(text), self.weights
        found = np.zeros(len(self._ids), np.float32)
        whole = weights.unknown * len(linked.unknown)
        for mention in linked.mentions:
            if mention.negated:
                found -= weights.negated * self.strength(mention)
            else:
                found += self.strength(mention)
                whole += 1
        for span in linked.dates:
            found += weights.date * self.dated(span)
            whole += 1
        for span in linked.other_dates:
            found -= weights.negated * weights.date * self.dated(span)
        found /= max(whole, 1.0)
        return found + np.float32(weights.title) * self._titles.cover(linked.words)

    def explain(self, text: str, ids: Sequence[str]) -> list[list[Triple]]:
        """For each painting the triples of the graph that speak for it, each once."""
        linked = self.link(text)
        at = {name: row for row, name in enumerate(self._ids)}
        return [self._triples(linked, at[name]) for name in ids]

    def truncated(self, texts: Sequence[str]) -> int:
        """How many of the texts are cut short."""
        return sum(len(text) > LONGEST for text in texts)

    def _triples(self, linked: Linked, row: int) -> list[Triple]:
        found: dict[Triple, None] = {}
        for mention in linked.mentions:
            if not mention.negated:
                found.update(dict.fromkeys(self._best(mention, row)))
        for span in linked.dates if self.weights.date else ():
            year, said = self._dates.get(row, (-1, None))
            if said is not None and span.first <= year <= span.last:
                found[said] = None
        if self.weights.title:
            found.update(dict.fromkeys(self._titles.triples(row, linked.words)))
        return list(found)[:MOST_TRIPLES]

    def strength(self, mention: Mention) -> Rows:
        """The weight of the best evidence for a mention: (n,)."""
        found = np.zeros(len(self._ids), np.float32)
        for term, how in mention.terms.items():
            for expansion, kind, rows in self._of(term):
                found[rows] = np.maximum(found[rows], self._weight(how, expansion, kind))
        return found

    def kind(self, mention: Mention) -> Kind:
        """What kind of thing most paintings say that stand for a mention; "other" where none do."""
        counts: Counter[Kind] = Counter()
        for term in mention.terms:
            for expansion, kind, rows in self._of(term):
                if expansion in _MEANT:
                    counts[kind] += len(rows)
        return max(counts, key=lambda kind: counts[kind], default="other")

    def _best(self, mention: Mention, row: int) -> list[Triple]:
        """The triples of the best evidence for a mention that a painting has; none without any."""
        every = [
            (self._weight(how, expansion, kind), term, expansion, kind)
            for term, how in mention.terms.items()
            for expansion, kind, rows in self._of(term)
            if row in rows
        ]
        weight, term, expansion, kind = max(every, default=(0.0, "", "itself", "other"))
        if not weight:
            return []
        return relations.triples(self._store, term, self._addresses[row], expansion, kind)

    def _weight(self, how: How, expansion: Expansion, kind: Kind) -> float:
        weights = self.weights
        return weights.how[how] * weights.expansion[expansion] * weights.kind[kind]

    def _of(self, term: str) -> Evidence:
        """What speaks for a term."""
        if term not in self._known:
            found: dict[tuple[Expansion, Kind], list[int]] = defaultdict(list)
            for painting, expansion, kind in relations.paintings(self._store, term):
                if painting in self._rows:
                    found[expansion, kind].append(self._rows[painting])
            self._held += sum(map(len, found.values()))
            if self._held > _REMEMBERED:
                self._known.clear()
                self._held = 0
            self._known[term] = [(*way, np.array(rows)) for way, rows in found.items()]
        return self._known[term]

    def dated(self, span: Years) -> Rows:
        """1 where a painting is of these years: (n,)."""
        found = np.zeros(len(self._ids), np.float32)
        found[[r for r, (year, _) in self._dates.items() if span.first <= year <= span.last]] = 1
        return found
