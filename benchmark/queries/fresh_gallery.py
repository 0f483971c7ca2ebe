"""A fresh gallery of the atelier with its questions, beside as hard a part of the published one.

The published gallery is one hanging of the atelier; a fresh one is another, of other seeds, by the
same code for the same topics. Of the fresh hanging some paintings are drawn by chance, of the
published one those that are as hard to search: so, for whoever looks, it is the toss of a coin
which of the two was published.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from benchmark.collections.atelier import fresh_paintings as drawing
from benchmark.collections.atelier.sampling import sample_scene
from benchmark.collections.atelier.scene import Scene
from benchmark.collections.atelier.training_scenes import gallery_keys
from benchmark.collections.base import Collection
from benchmark.errors import BadInput
from benchmark.queries.annotations import (
    LANGUAGES,
    hung_for,
    read_conversations,
    read_topics,
    turns,
)
from benchmark.queries.expressions import Json, grade
from benchmark.queries.load import QuerySet
from benchmark.queries.matching import GRADES, matched
from benchmark.queries.rewording import bare, reworded
from benchmark.queries.selection import SIZES, answers, choose
from benchmark.records import Qrels, Query

PAINTINGS = 300
_ANEW = "-anew"
_DOZENS = 40
"""Dozens of free scenes that are made at a time."""


@dataclass(frozen=True)
class Fresh:
    """What is asked of a submission to see whether it looks.

    `queries` are asked of both galleries, in the published words; `others`, half of their topics
    in other words, of the fresh one only.
    """

    seed: int
    collection: Collection
    facts: dict[str, dict[str, Any]]
    queries: tuple[Query, ...]
    others: tuple[Query, ...]
    qrels: Qrels
    """Of the fresh gallery, for `queries` and `others`."""
    cut: tuple[int, ...]
    """Rows of the published collection."""
    cut_ids: tuple[str, ...]
    cut_qrels: Qrels

    @property
    def questions(self) -> list[tuple[str, str]]:
        """What is put to a model before the fresh gallery, as (id, text), in mixed order."""
        asked = [(query.id, query.text) for query in (*self.queries, *self.others)]
        return Random(self.seed).sample(asked, len(asked))

    @property
    def cut_questions(self) -> list[tuple[str, str]]:
        """What is put to a model before the cut of the published gallery, as (id, text)."""
        return [(query.id, query.text) for query in self.queries]


def draw(
    seed: int,
    folder: Path,
    published: Collection,
    query_set: QuerySet,
    progress: drawing.Progress = lambda done, of: None,
) -> Fresh:
    """Draw a fresh gallery and choose what is asked; the same for one seed.

    `folder` holds the annotations (queries/atelier), `published` and `query_set` are the gallery
    and the queries of the board. Nothing is written. The seed should be nobody's guess.
    """
    topics = [one for one in read_topics(folder / "annotations.jsonl") if one["split"] == "test"]
    talks = turns(hung_for(read_conversations(folder / "conversations" / "annotations.jsonl")))
    asked = topics + talks
    # Processes are not forked: a caller may have threads, and a fork copies their locks.
    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        scenes = hang(asked, SIZES["test"], PAINTINGS, seed, pool)
        collection = drawing.draw(scenes, seed, pool, progress)
    return compare(seed, collection, scenes, topics, published, query_set)


def hang(asked: Sequence[Json], size: int, drawn: int, seed: int, pool: Executor) -> list[Scene]:
    """Some scenes, drawn by chance, of a gallery of `size` hung anew for what is asked.

    No scene is one of the published galleries.
    """
    rng = Random(seed)
    hung = choose(asked, size, _Ahead(asked, rng, pool), set(gallery_keys()), least=0)
    return rng.sample(hung, drawn)


def compare(
    seed: int,
    collection: Collection,
    scenes: Sequence[Scene],
    topics: Sequence[Json],
    published: Collection,
    query_set: QuerySet,
) -> Fresh:
    """What is asked of a fresh gallery and of how much of the published one.

    Asked are the topics that both meet wholly at least once. Raises BadInput when there is none.
    """
    rng = Random(f"{seed}/asked")
    facts = {name: scene.facts() for name, scene in zip(collection.ids, scenes, strict=True)}
    graded = {
        topic["topic"]: {name: grade(topic["relevance"], shown) for name, shown in facts.items()}
        for topic in topics
    }
    met = [topic for topic in topics if 3 in graded[topic["topic"]].values()]
    if not met:
        raise BadInput(collection.name, "answers no topic", "draw from another seed")
    cut = _cut(met, graded, published, query_set, seed)
    held = {published.ids[row] for row in cut}
    cut_qrels = {
        query.id: {n: v for n, v in query_set.qrels.get(query.id, {}).items() if n in held}
        for query in query_set.queries
    }
    met = [topic for topic in met if 3 in cut_qrels[f"{topic['topic']}-{LANGUAGES[0]}"].values()]
    names = {topic["topic"] for topic in met}
    queries = tuple(query for query in query_set.queries if query.topic in names)
    others = _others(rng.sample(met, len(met) // 2), query_set, rng)
    return Fresh(
        seed=seed,
        collection=collection,
        facts=facts,
        queries=queries,
        others=others,
        qrels={
            query.id: {name: value for name, value in graded[query.topic].items() if value}
            for query in (*queries, *others)
        },
        cut=cut,
        cut_ids=tuple(published.ids[row] for row in cut),
        cut_qrels={query.id: cut_qrels[query.id] for query in queries},
    )


def _others(topics: Sequence[Json], query_set: QuerySet, rng: Random) -> tuple[Query, ...]:
    """Topics in words that nobody published."""
    published = {bare(text) for _, text in query_set.asked}
    return tuple(
        Query(
            id=f"{topic['topic']}-{language}{_ANEW}",
            text=reworded(topic["relevance"], number, rng, published),
            category=topic["category"],
            language=language,
            topic=topic["topic"],
        )
        for topic in topics
        for number, language in enumerate(LANGUAGES)
    )


def _cut(
    topics: Sequence[Json],
    graded: dict[str, dict[str, int]],
    published: Collection,
    query_set: QuerySet,
    seed: int,
) -> tuple[int, ...]:
    """Rows of the published gallery with as many paintings of each grade for each topic."""
    wanted = np.array(
        [[list(graded[t["topic"]].values()).count(value) for value in GRADES] for t in topics]
    )
    judged = [query_set.qrels[f"{topic['topic']}-{LANGUAGES[0]}"] for topic in topics]
    grades = np.array([[found.get(name, 0) for name in published.ids] for found in judged])
    size = min(len(graded[topics[0]["topic"]]), len(published))
    return tuple(matched(wanted, grades, size, np.random.default_rng([seed, 4])))


class _Ahead:
    """Scenes for hanging, made by all cores before they are asked for."""

    def __init__(self, asked: Sequence[Json], rng: Random, pool: Executor) -> None:
        self._rng, self._pool = rng, pool
        self._first: dict[str, Future[list[tuple[int, Scene]]]] = {
            one["topic"]: pool.submit(_answers, one["relevance"], rng.getrandbits(64))
            for one in asked
        }
        self._free: Iterator[list[Scene]] = iter(())

    def answers(self, annotation: Json) -> list[tuple[int, Scene]]:
        first = self._first.pop(annotation["topic"], None)
        again = self._rng.getrandbits(64)
        return first.result() if first else _answers(annotation["relevance"], again)

    def dozen(self) -> list[Scene]:
        found = next(self._free, None)
        if found is None:
            made = self._pool.map(_dozen, [self._rng.getrandbits(64) for _ in range(_DOZENS)],
                                  chunksize=5)  # fmt: skip
            self._free = iter(made)
            found = next(self._free)
        return found


def _answers(relevance: Json, seed: int) -> list[tuple[int, Scene]]:
    return answers(relevance, drawing.seeds(Random(seed)))


def _dozen(seed: int) -> list[Scene]:
    seeds = drawing.seeds(Random(seed))
    return [sample_scene(next(seeds)) for _ in range(12)]
