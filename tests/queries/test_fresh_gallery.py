"""A fresh gallery: nobody's scenes, the grades they deserve, and as hard a part of the old one."""

from __future__ import annotations

import io
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from random import Random
from typing import Any

import pytest
from PIL import Image

from benchmark.collections.atelier import fresh_paintings as drawing
from benchmark.collections.atelier import training_scenes
from benchmark.collections.atelier.scene import key_of
from benchmark.collections.atelier.training_scenes import gallery_keys
from benchmark.collections.base import Collection
from benchmark.collections.registry import find
from benchmark.errors import BadInput
from benchmark.queries import load
from benchmark.queries.annotations import read_topics
from benchmark.queries.expressions import grade
from benchmark.queries.fresh_gallery import Fresh, compare, hang
from benchmark.queries.load import QuerySet
from benchmark.queries.rewording import bare
from benchmark.queries.selection import _FIRST_SEED, SIZES
from benchmark.workspace import Workspace

WORKSPACE = Workspace.find()
TOPICS = [
    topic
    for topic in read_topics(WORKSPACE.queries / "atelier" / "annotations.jsonl")
    if topic["split"] == "test"
][:9]


@pytest.fixture(scope="module")
def published() -> Collection:
    return find("atelier", WORKSPACE).open()


@pytest.fixture(scope="module")
def query_set(published: Collection) -> QuerySet:
    return load.of(find("atelier", WORKSPACE), published)


def drawn(seed: int, published: Collection, query_set: QuerySet) -> Fresh:
    with ThreadPoolExecutor(2) as pool:
        scenes = hang(TOPICS, 60, 20, seed, pool)
        collection = drawing.draw(scenes, seed, pool, lambda done, of: None)
    return compare(seed, collection, scenes, TOPICS, published, query_set)


@pytest.fixture(scope="module")
def fresh(published: Collection, query_set: QuerySet) -> Fresh:
    return drawn(5, published, query_set)


def test_no_scene_hangs_in_a_gallery(fresh: Fresh) -> None:
    keys = [key_of(facts) for facts in fresh.facts.values()]
    assert len(set(keys)) == len(keys) == 20
    assert gallery_keys().isdisjoint(keys)


def test_seeds_are_those_of_no_gallery_and_no_training() -> None:
    seeds = list(islice(drawing.seeds(Random(1)), 1000))
    most = max(_FIRST_SEED.values()) + 6 * 90 * 1000 + 12 * max(SIZES.values())
    assert most < drawing.FIRST_SEED <= min(seeds)
    assert max(seeds) < training_scenes.FIRST_SEED
    assert len(set(seeds)) > 990


def test_one_seed_gives_one_gallery(
    fresh: Fresh, published: Collection, query_set: QuerySet
) -> None:
    again = drawn(5, published, query_set)
    for row in (0, 7, 19):
        assert again.collection.picture(row) == fresh.collection.picture(row)
    assert again.collection.ids == fresh.collection.ids
    assert again.collection.metadata == fresh.collection.metadata
    assert (again.questions, again.cut, again.qrels) == (fresh.questions, fresh.cut, fresh.qrels)


def test_another_seed_gives_another(
    fresh: Fresh, published: Collection, query_set: QuerySet
) -> None:
    other = drawn(6, published, query_set)
    keys = [{key_of(facts) for facts in one.facts.values()} for one in (fresh, other)]
    assert len(keys[0] & keys[1]) < 5
    assert other.cut != fresh.cut
    assert set(other.collection.ids) != set(fresh.collection.ids)


def test_grades_are_those_of_the_expressions(fresh: Fresh) -> None:
    asked = {topic["topic"]: topic["relevance"] for topic in TOPICS}
    assert fresh.queries and fresh.others
    for query in (*fresh.queries, *fresh.others):
        for name in fresh.collection.ids:
            worth = grade(asked[query.topic], fresh.facts[name])
            assert fresh.qrels[query.id].get(name, 0) == worth
        assert 3 in fresh.qrels[query.id].values()


def test_paintings_are_like_the_published_ones(fresh: Fresh, published: Collection) -> None:
    assert fresh.collection.metadata[0].keys() == published.metadata[0].keys()
    assert all(row["title"] and row["artist"] for row in fresh.collection.metadata)
    assert not set(fresh.collection.ids) & set(published.ids)
    assert {len(name) for name in fresh.collection.ids} == {len(published.ids[0])}
    with Image.open(io.BytesIO(fresh.collection.picture(0))) as new:
        with Image.open(io.BytesIO(published.picture(0))) as old:
            assert (new.format, new.quantization) == (old.format, old.quantization)
        assert max(new.size) == 224


def test_other_words_are_half_of_the_topics_and_nowhere_published(
    fresh: Fresh, query_set: QuerySet
) -> None:
    published = {bare(text) for _, text in query_set.asked}
    assert not published & {bare(query.text) for query in fresh.others}
    topics = Counter(query.topic for query in fresh.others)
    assert set(topics.values()) == {2}
    assert len(topics) == len({query.topic for query in fresh.queries}) // 2
    known = {query.id: query.text for query in query_set.queries}
    assert all(known[query.id] == query.text for query in fresh.queries)
    assert {name for name, _ in fresh.questions} == fresh.qrels.keys()


def test_the_cut_holds_as_much_of_each_grade(fresh: Fresh, published: Collection) -> None:
    assert len(set(fresh.cut)) == len(fresh.collection) == 20
    held = {published.ids[row] for row in fresh.cut}
    totals: dict[str, Counter[int]] = {"fresh": Counter(), "cut": Counter()}
    for query in fresh.queries:
        assert fresh.cut_qrels[query.id].keys() <= held
        assert 3 in fresh.cut_qrels[query.id].values()
        totals["fresh"].update(fresh.qrels[query.id].values())
        totals["cut"].update(fresh.cut_qrels[query.id].values())
    for worth in (3, 2, 1):
        assert abs(totals["fresh"][worth] - totals["cut"][worth]) <= 4


def test_progress_is_told(published: Collection) -> None:
    told: list[Any] = []
    with ThreadPoolExecutor(1) as pool:
        scenes = hang(TOPICS[:1], 12, 3, 1, pool)
        drawing.draw(scenes, 1, pool, lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_gallery_that_answers_nothing_says_so(
    fresh: Fresh, published: Collection, query_set: QuerySet
) -> None:
    nothing = Collection("empty", fresh.collection.folder, (), (), fresh.collection.picture)
    with pytest.raises(BadInput, match="answers no topic"):
        compare(1, nothing, [], TOPICS, published, query_set)
