"""What paintings are called: words of a text that stand in a title, rare ones counting more."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pyoxigraph as ox
from numpy.typing import NDArray

from benchmark.abilities import Triple
from benchmark.graph_search.labels import PREFIXES
from benchmark.graph_search.words import LANGUAGES, Language, Word, words

_TITLES = "SELECT ?painting ?title WHERE { ?painting schema:identifier ?id ; schema:name ?title }"


class Titles:
    """The titles of a gallery of `count` paintings, by painting's address -> row."""

    def __init__(self, store: ox.Store, rows: dict[str, int], count: int) -> None:
        self._count = count
        self._at: dict[tuple[Language, str], set[int]] = defaultdict(set)
        self._triples: dict[int, list[Triple]] = defaultdict(list)
        found = store.query(_TITLES, prefixes=PREFIXES)
        assert isinstance(found, ox.QuerySolutions)
        for one in found:
            painting, title = one["painting"], one["title"]
            if not (isinstance(painting, ox.NamedNode) and isinstance(title, ox.Literal)):
                continue
            if painting.value not in rows:
                continue
            row = rows[painting.value]
            self._triples[row].append((str(painting), f"<{PREFIXES['schema']}name>", str(title)))
            for word in words(title.value):
                for language in LANGUAGES:
                    self._at[language, word.stems[language]].add(row)

    def cover(self, said: Sequence[Word]) -> NDArray[np.float32]:
        """The share of a text's words that each title has, by their rarity: (n,), 0 to 1.

        A word that no title has weighs as the rarest.
        """
        found, whole = np.zeros(self._count, np.float32), 0.0
        for word in said:
            rows = set[int]().union(
                *(self._at.get((language, word.stems[language]), ()) for language in LANGUAGES)
            )
            rarity = math.log((self._count + 1) / (len(rows) + 0.5))
            whole += rarity
            found[list(rows)] += rarity
        return found / whole if whole else found

    def triples(self, row: int, said: Sequence[Word]) -> list[Triple]:
        """The titles of a painting that have any of these words."""
        wanted = {word.stems[language] for word in said for language in LANGUAGES}
        return [
            triple
            for triple in self._triples[row]
            if any(w.stems[lang] in wanted for w in words(triple[2]) for lang in LANGUAGES)
        ]
