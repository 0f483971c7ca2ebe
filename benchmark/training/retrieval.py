"""What a model finds among scenes it was not tuned on: wishes for its new domain, and others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.stats import bootstrap

from benchmark.scorers.relevance import relevance
from benchmark.search.exact import exact_search
from benchmark.training.models import Model
from benchmark.training.pictures import Facts, pixels
from benchmark.training.tags import TagTable, touched
from benchmark.training.wishes import Wish, wish

_ASKED = 300
"""Wishes of each sort."""
_ROUNDS = 10
"""How often each scene may be asked for, before there are enough wishes."""
_MEASURE = "ndcg@10"
_BATCH = 250

Found = dict[str, dict[str, float]]
"""Sort of wish ("own", "everything_else") -> wish -> ndcg@10."""


class Trial:
    """Wishes and the scenes that fulfil them: known from the facts, so every scene is judged."""

    def __init__(
        self,
        facts: Sequence[Facts],
        pictures: NDArray[np.uint8],
        domain: Sequence[str],
        learned_from: Sequence[int],
    ) -> None:
        """`pictures` (n, side, side, 3) of n scenes, of which some rows were learned from.

        Wishes that name the domain are its own; the others are made of scenes without it.
        """
        rows = np.setdiff1d(np.arange(len(facts)), learned_from)
        self._pictures = pictures[rows]
        self._names = [f"{row:06d}" for row in rows]
        kept = [facts[row] for row in rows]
        table = TagTable(kept)
        self._wishes: dict[str, tuple[str, str, dict[str, int]]] = {}
        for sort, asked in _asked(kept, tuple(domain)).items():
            fits = table.fitting(np.arange(len(kept)), [(one.needs, one.bars) for one in asked])
            for number, (one, fit) in enumerate(zip(asked, fits, strict=True)):
                grades = {self._names[row]: 1 for row in np.flatnonzero(fit)}
                self._wishes[f"{sort}-{number}"] = (sort, one.text, grades)

    @torch.no_grad()
    def found(self, model: Model) -> Found:
        """ndcg@10 of every wish."""
        ids = list(self._wishes)
        texts = model.texts(model.tokenize([text for _, text, _ in self._wishes.values()]))
        starts = range(0, len(self._pictures), _BATCH)
        parts = [model.pictures(pixels(self._pictures[n : n + _BATCH])) for n in starts]
        rows = torch.cat(parts).cpu().numpy()
        run = exact_search(ids, texts.cpu().numpy(), self._names, rows, 10)
        grades = {one: fit for one, (_, _, fit) in self._wishes.items()}
        values = relevance(run, grades, ids)[_MEASURE]
        found: Found = {}
        for one, (sort, _, _) in self._wishes.items():
            found.setdefault(sort, {})[one] = values[one]
        return found


def told(before: Found, after: Found) -> dict[str, Any]:
    """Means by sort of wish, and their differences with 95 % intervals (bootstrap over wishes)."""
    return {
        f"{_MEASURE}_before": {sort: _mean(values) for sort, values in before.items()},
        f"{_MEASURE}_after": {sort: _mean(values) for sort, values in after.items()},
        f"{_MEASURE}_gain": {
            sort: _gain([after[sort][one] - value for one, value in values.items()])
            for sort, values in before.items()
        },
    }


def _asked(facts: Sequence[Facts], domain: tuple[str, ...]) -> Mapping[str, list[Wish]]:
    asked: dict[str, list[Wish]] = {"own": [], "everything_else": []}
    chance = Random(0)
    for one, language in _turns(len(facts), chance):
        made = wish(facts[one], language, chance)
        own = any(need.startswith(domain) for need in made.needs)
        sort = asked["own" if own else "everything_else"]
        if own == touched(facts[one], domain) and len(sort) < _ASKED:
            sort.append(made)
    return asked


def _turns(count: int, chance: Random) -> Iterator[tuple[int, int]]:
    """(scene, language): every scene in turn, several times, in orders drawn by chance."""
    for turn in range(_ROUNDS):
        for scene in chance.sample(range(count), count):
            yield scene, (scene + turn) % 2


def _mean(values: Mapping[str, float]) -> float:
    return round(float(np.mean(list(values.values()))), 4)


def _gain(differences: Sequence[float]) -> dict[str, float]:
    drawn = bootstrap((differences,), np.mean, method="percentile", rng=0).confidence_interval
    ends = {"mean": np.mean(differences), "low": drawn.low, "high": drawn.high}
    return {name: round(float(value), 4) for name, value in ends.items()}
