"""The queries of museum as they are frozen: compiled from facts, apart, and not from templates."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from benchmark.queries.annotations import read_topics
from benchmark.queries.compile import check, compile_qrels
from benchmark.queries.load import QuerySet, load
from benchmark.queries.museum.fact_judgments import NEAREST, grade
from benchmark.queries.museum.frozen_queries import (
    CORE,
    freeze_training,
    grading,
    known_facts,
    manifest,
    splits,
)
from benchmark.queries.museum.painting_facts import SUBTOPICS, painting_facts
from benchmark.queries.museum.training_works import FILE, read

FOLDER = Path(__file__).parents[3] / "queries" / "museum"
KNOWN_ITEMS = "named work or painter"
CATEGORIES = {
    "subject", "several subjects", "scene and action", "iconography and myth", KNOWN_ITEMS,
    "movement or period", "museum or place", "genre with period", "painter with subject",
    "negation", "vague wish",
}  # fmt: skip


@cache
def facts() -> dict[str, dict[str, Any]]:
    return known_facts(FOLDER)


@cache
def topics() -> list[dict[str, Any]]:
    return read_topics(FOLDER / "annotations.jsonl", SUBTOPICS)


@cache
def query_set(split: str) -> QuerySet:
    return load(FOLDER, facts().keys(), split)


def graded(split: str) -> dict[str, Counter[int]]:
    """Topic -> how many paintings have which grade."""
    found = query_set(split)
    return {q.topic: Counter(found.qrels[q.id].values()) for q in found.queries}


def test_every_judgment_follows_from_the_facts() -> None:
    for topic in topics():
        judged = query_set(topic["split"]).qrels[f"{topic['topic']}-en"]
        for work, value in judged.items():
            assert grade(topic["relevance"], facts()[work]) == value, (topic["topic"], work)


def test_no_judgment_is_missing_from_every_thirtieth_topic() -> None:
    some = topics()[::30]
    compiled = compile_qrels(some, facts(), grading(FOLDER, facts()))
    frozen = {**query_set("test").qrels, **query_set("dev").qrels}
    assert compiled == {query: frozen[query] for query in compiled}


@pytest.mark.slow
def test_frozen_is_compiled_byte_for_byte() -> None:
    check(FOLDER, splits(facts()), grading(FOLDER, facts()))


def test_there_are_as_many_topics_as_promised() -> None:
    counts = {
        split: Counter(t["category"] for t in topics() if t["split"] == split)
        for split in ("test", "dev")
    }
    assert set(counts["test"]) == set(counts["dev"]) == CATEGORIES
    assert min(counts["test"].values()) >= 10
    assert counts["test"].total() == 332
    assert counts["dev"].total() == 53
    for split, number in (("test", 332), ("dev", 53)):
        languages = Counter(query.language for query in query_set(split).queries)
        assert languages == {"en": number, "fr": number}


@pytest.mark.parametrize("split", ["test", "dev"])
def test_every_topic_has_answers_and_few_enough(split: str) -> None:
    category = {topic["topic"]: topic["category"] for topic in topics()}
    assert query_set(split).unanswered == []
    for topic, grades in graded(split).items():
        assert grades[3] >= (1 if category[topic] == KNOWN_ITEMS else 2), topic
        assert grades[3] <= 62, topic
        assert grades[0] <= NEAREST, topic


def test_both_languages_share_their_judgments() -> None:
    for split in ("test", "dev"):
        qrels = query_set(split).qrels
        for topic in graded(split):
            assert qrels[f"{topic}-en"] == qrels[f"{topic}-fr"], topic


def test_dev_and_test_share_neither_words_nor_constraints() -> None:
    for key in ("en", "fr", "relevance"):
        apart = {
            split: {json.dumps(t[key], sort_keys=True) for t in topics() if t["split"] == split}
            for split in ("test", "dev")
        }
        assert not apart["test"] & apart["dev"], key


def test_no_text_stands_twice_and_hardly_any_differs_from_another_in_one_word() -> None:
    for language in ("en", "fr"):
        texts = [re.findall(r"\w+", topic[language].casefold()) for topic in topics()]
        assert len(set(map(tuple, texts))) == len(texts)
        by_length: dict[int, list[list[str]]] = defaultdict(list)
        for text in texts:
            by_length[len(text)].append(text)
        alike = sum(
            sum(one != other for one, other in zip(a, b, strict=True)) == 1
            for several in by_length.values()
            for a, b in combinations(several, 2)
        )
        assert alike <= 0.02 * len(texts), language


def test_no_text_is_the_bare_tag() -> None:
    tags = {tag.casefold() for work in facts().values() for tag in work["depicts"]}
    for topic in topics():
        for language in ("en", "fr"):
            text = topic[language].casefold()
            assert not {text, text.rstrip("s")} & tags, text


def test_training_works_are_those_that_nothing_touches() -> None:
    works = read(FOLDER / FILE)
    core = painting_facts(manifest(CORE), {}, {}).keys()
    touched = {
        work
        for split in ("test", "dev")
        for judged in query_set(split).qrels.values()
        for work, value in judged.items()
        if value
    }
    assert len(works) > 3_000
    assert not set(works) & touched
    assert not set(works) & core
    assert set(works) | touched | core == facts().keys()


def test_training_works_are_frozen_alike(tmp_path: Path) -> None:
    folder = tmp_path / "museum"
    folder.mkdir()
    for name in ("queries.jsonl", "qrels"):
        (folder / name).symlink_to(FOLDER / name)
    freeze_training(folder, facts())
    assert (folder / FILE).read_bytes() == (FOLDER / FILE).read_bytes()


def test_the_datasheet_states_the_counts() -> None:
    text = (FOLDER / "datasheet.md").read_text(encoding="utf-8")
    category = {t["topic"]: t["category"] for t in topics() if t["split"] == "test"}
    of: dict[str, Counter[int]] = defaultdict(Counter)
    for topic, grades in graded("test").items():
        of[category[topic]] += grades
        of["all"] += grades
    numbers = {**Counter(category.values()), "all": len(category)}
    for name, grades in of.items():
        row = " | ".join(f"{grades[value]:,}" for value in (3, 2, 1, 0))
        assert f"| {name} | {numbers[name]} | {row} |" in text
    assert f"{len(read(FOLDER / FILE)):,} works" in text
