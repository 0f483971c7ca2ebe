"""What a model finds among scenes it was not tuned on: asked for its new domain, and for others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.stats import bootstrap

from benchmark.scorers import Answers, Judgments
from benchmark.scorers.measures import MAIN
from benchmark.search.exact import exact_search
from benchmark.training.models import Model
from benchmark.training.query_text import SyntheticQuery
from benchmark.training.rendered_pairs import Facts, pixels
from benchmark.training.synthetic_queries import synthetic_query
from benchmark.training.tags import TagTable, touched

_ASKED = 300
"""Synthetic queries of each sort."""
_ROUNDS = 10
"""How often a query is made of each scene, at most."""
_FEWEST = 2
"""Queries of a sort that can be averaged with an interval."""
_BATCH = 250

Found = dict[str, dict[str, float]]
"""Sort of query ("own", "everything_else") -> query -> ndcg@10."""


class Trial:
    """Synthetic queries and the scenes they fit: known from the facts, so every scene is judged."""

    def __init__(
        self,
        facts: Sequence[Facts],
        pictures: NDArray[np.uint8],
        domain: Sequence[str],
        learned_from: Sequence[int],
    ) -> None:
        """`pictures` (n, side, side, 3) of n scenes, of which some rows were learned from.

        Queries that name the domain are its own, and are put to all scenes. The others are made of
        scenes without it and put to those alone: what is learned of the domain must not answer.
        """
        rows = np.setdiff1d(np.arange(len(facts)), learned_from)
        self.pictures = pictures[rows]
        self.names = [f"{row:06d}" for row in rows]
        kept = [facts[row] for row in rows]
        inside = np.array([touched(one, domain) for one in kept], bool)
        self.places = {"own": np.arange(len(kept)), "everything_else": np.flatnonzero(~inside)}
        table = TagTable(kept)
        self.queries: dict[str, list[tuple[str, dict[str, int]]]] = {}
        for sort, asked in _asked(kept, inside, tuple(domain)).items():
            if len(asked) < _FEWEST:
                continue
            place = self.places[sort]
            fits = table.fitting(place, [(one.needs, one.bars) for one in asked])
            self.queries[sort] = [
                (one.text, {self.names[row]: 1 for row in place[fit]})
                for one, fit in zip(asked, fits, strict=True)
            ]

    def sizes(self) -> dict[str, dict[str, int]]:
        """How many queries of each sort are put to how many scenes."""
        return {
            sort: {"synthetic_queries": len(asked), "scenes": len(self.places[sort])}
            for sort, asked in self.queries.items()
        }

    @torch.no_grad()
    def found(self, model: Model) -> Found:
        """ndcg@10 of every query, a scene being right or wrong."""
        if not self.queries:
            return {}
        starts = range(0, len(self.pictures), _BATCH)
        parts = [model.pictures(pixels(self.pictures[n : n + _BATCH])) for n in starts]
        embeddings = torch.cat(parts).cpu().numpy()
        found: Found = {}
        for sort, asked in self.queries.items():
            texts = model.texts(model.tokenize([text for text, _ in asked])).cpu().numpy()
            grades = {f"{number}": fit for number, (_, fit) in enumerate(asked)}
            place = self.places[sort]
            names = [self.names[row] for row in place]
            run = exact_search(list(grades), texts, names, embeddings[place], 10)
            found[sort] = MAIN.compute(Answers(run, Judgments(grades, list(grades))))
        return found


def told(before: Found, after: Found) -> dict[str, Any]:
    """Means by sort of query, and their differences with 95 % intervals (bootstrap over them)."""
    return {
        f"{MAIN}_before": {sort: mean(values) for sort, values in before.items()},
        f"{MAIN}_after": {sort: mean(values) for sort, values in after.items()},
        f"{MAIN}_gain": {
            sort: _gain([after[sort][one] - value for one, value in values.items()])
            for sort, values in before.items()
        },
    }


def _asked(
    facts: Sequence[Facts], inside: NDArray[np.bool_], domain: tuple[str, ...]
) -> Mapping[str, list[SyntheticQuery]]:
    """No two of them for the same: each counts once, in one language and one wording."""
    asked: dict[str, list[SyntheticQuery]] = {"own": [], "everything_else": []}
    known: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    chance = Random(0)
    for one, language in _turns(len(facts), chance):
        made = synthetic_query(facts[one], language, chance)
        own = any(need.startswith(domain) for need in made.needs)
        sort = asked["own" if own else "everything_else"]
        what = (tuple(sorted(made.needs)), tuple(sorted(made.bars)))
        if own == inside[one] and what not in known and len(sort) < _ASKED:
            known.add(what)
            sort.append(made)
        if all(len(full) == _ASKED for full in asked.values()):
            break
    return asked


def _turns(count: int, chance: Random) -> Iterator[tuple[int, int]]:
    """(scene, language): every scene in turn, several times, in orders drawn by chance."""
    for turn in range(_ROUNDS):
        for scene in chance.sample(range(count), count):
            yield scene, (scene + turn) % 2


def mean(values: Mapping[str, float]) -> float:
    """The mean over queries, as logs have it: to four places."""
    return round(float(np.mean(list(values.values()))), 4)


def _gain(differences: Sequence[float]) -> dict[str, float]:
    drawn = bootstrap((differences,), np.mean, method="percentile", rng=0).confidence_interval
    ends = {"mean": np.mean(differences), "low": drawn.low, "high": drawn.high}
    return {name: round(float(value), 4) for name, value in ends.items()}
