"""The weights of evidence of a graph search, learned on topics for tuning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import Field

from benchmark.errors import BadInput
from benchmark.training.recipe import Job, Log, Recipe
from benchmark.training.settings import Seeded


class GraphWeights(Seeded):
    """Each weight in turn takes the step that finds most; `rounds` times all of them."""

    collections: list[str] = Field(min_length=1, description="splits for tuning, NAME-dev")
    steps: list[float] = Field(min_length=2, description="what a weight may be")
    rounds: int = Field(ge=1, le=20, description="times that all weights are tried")
    least_gain: float = Field(ge=0, description="of ndcg@10, for which a weight is changed")


def _check(job: Job, recipe: GraphWeights) -> None:
    from benchmark.adapters.graph import GraphSearch
    from benchmark.submission import load
    from benchmark.submission_files import MANIFEST

    if not isinstance(load(job.folder, weights_to_come=True).model, GraphSearch):
        where = f"{job.folder / MANIFEST}: model.adapter"
        raise BadInput(where, "is no graph search", 'adapter = "graph"')
    for name in recipe.collections:
        if not name.endswith("-dev"):
            raise BadInput(job.where("collections"), f"'{name}' is not for tuning", f"{name}-dev")


def _train(job: Job, recipe: GraphWeights) -> tuple[Path, Log]:
    """Coordinate ascent on the mean of the collections' mean ndcg@10 over topics."""
    from benchmark.adapters.graph import words
    from benchmark.graph_search.weights import GUESS, Weights
    from benchmark.submission import load
    from benchmark.training.graph_trial import trials
    from benchmark.workspace import replacing

    table: Any = load(job.folder, weights_to_come=True).model
    tried = trials(job, recipe.collections, words(job.folder, table))

    def worth(weights: Weights) -> float:
        return float(np.mean([one.ndcg(weights) for one in tried]))

    best, found = GUESS, worth(GUESS)
    log: Log = {"collections": recipe.collections, "ndcg@10": [round(found, 4)]}
    coordinates = list(_coordinates(GUESS))
    for number in range(recipe.rounds):
        before = found
        order = np.random.default_rng([recipe.seed, number]).permutation(len(coordinates))
        for done, place in enumerate(order, 1):
            for step in recipe.steps:
                candidate = _changed(best, coordinates[place], step)
                value = worth(candidate)
                if value > found + recipe.least_gain:
                    best, found = candidate, value
            job.progress(f"round {number + 1}", done, len(order))
        log["ndcg@10"].append(round(found, 4))
        if found == before:
            break
    path: Path = job.folder / table.weights
    with replacing(path) as temporary:
        temporary.write_text(best.model_dump_json(indent=1) + "\n", encoding="utf-8")
    log["each"] = {one.name: round(one.ndcg(best), 4) for one in tried}
    return path, log


def _coordinates(weights: Any) -> Iterator[tuple[str, ...]]:
    for field, value in weights.model_dump().items():
        if isinstance(value, dict):
            yield from ((field, name) for name in value)
        else:
            yield (field,)


def _changed(weights: Any, where: tuple[str, ...], value: float) -> Any:
    field, *name = where
    new: Any = getattr(weights, field) | {name[0]: value} if name else value
    return weights.model_copy(update={field: new})


RECIPE = Recipe(table=GraphWeights, check=_check, train=_train)
