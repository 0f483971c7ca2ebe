"""Compiled judgments: both languages alike, and the frozen ones of the atelier as compiled."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmark.errors import BadInput
from benchmark.queries import compile as compiling
from benchmark.queries.annotations import read_conversations, read_topics, turns
from benchmark.queries.compile import check, compile_qrels, freeze, frozen, read_facts
from benchmark.queries.load import QuerySet, load
from tests.queries.test_expressions import BOAT, CHURCH, HARBOUR, thing

FOLDER = Path(__file__).parent.parent.parent / "queries" / "atelier"
CATEGORIES = {
    "subject", "style", "palette and mood", "subject with style", "attribute binding",
    "counting", "spatial relation", "season, hour, weather", "iconography by name",
    "painter or school", "negation", "several constraints", "vague query",
}  # fmt: skip


@cache
def facts() -> dict[str, dict[str, Any]]:
    return {split: dict(known) for split, known in read_facts().items()}


@cache
def query_set(split: str) -> QuerySet:
    return load(FOLDER, facts()[split].keys(), split)


def test_compiled_for_both_languages_without_zeros() -> None:
    topic = {"topic": "boats", "relevance": {"subject": [BOAT]}}
    empty = {**HARBOUR, "objects": [thing("cow")], "relations": []}
    assert compile_qrels([topic], {"a": HARBOUR, "b": empty}) == {
        "boats-en": {"a": 3},
        "boats-fr": {"a": 3},
    }


def test_an_expression_that_nothing_meets_names_its_topic() -> None:
    with pytest.raises(BadInput, match=r"^t: relevance: no painting meets all of it; ask for less"):
        compile_qrels([{"topic": "t", "relevance": {"subject": [CHURCH]}}], {"a": HARBOUR})


@pytest.mark.parametrize("split", ["test", "dev"])
def test_every_query_has_answers_of_every_grade(split: str) -> None:
    found = query_set(split)
    assert found.unanswered == []
    for query in found.queries:
        grades = Counter(found.qrels[query.id].values())
        assert grades[3] >= 3, query.id
        if split == "test":
            assert grades[2] >= 1, query.id
            assert grades[1] >= 1, query.id


def test_there_are_as_many_queries_as_promised() -> None:
    topics = {query.topic for query in query_set("test").queries}
    assert len(topics) == 316
    assert len(query_set("test").queries) == 632
    assert len({query.topic for query in query_set("dev").queries}) == 52
    english = [query for query in query_set("test").queries if query.language == "en"]
    counts = Counter(query.category for query in english)
    assert set(counts) == CATEGORIES
    assert min(counts.values()) >= 24


def test_dev_and_test_share_neither_words_nor_constraints() -> None:
    topics = read_topics(FOLDER / "annotations.jsonl")
    for key in ("en", "fr", "relevance"):
        splits = [
            {json.dumps(topic[key], sort_keys=True) for topic in topics if topic["split"] == split}
            for split in ("test", "dev")
        ]
        assert not splits[0] & splits[1], key
    texts = Counter(topic[lang].casefold() for topic in topics for lang in ("en", "fr"))
    assert [text for text, number in texts.items() if number > 1] == ["zelda pirokov"]


def test_conversations_have_turns_with_their_own_judgments() -> None:
    conversations = read_conversations(FOLDER / "conversations" / "annotations.jsonl")
    conversations = [one for one in conversations if one["split"] == "test"]
    assert len(conversations) == 56
    assert {len(conversation["turns"]) for conversation in conversations} == {3, 4}
    assert sum(any(t["kind"] == "point" for t in one["turns"]) for one in conversations) == 16
    path = FOLDER / "conversations" / "qrels" / "test.tsv"
    judged: dict[str, Counter[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        turn, painting, value = line.split("\t")
        assert painting in facts()["test"]
        judged.setdefault(turn, Counter())[value] += 1
    asked = {f"{turn['topic']}-{lang}" for turn in turns(conversations) for lang in ("en", "fr")}
    assert set(judged) == asked
    assert all(grades["3"] >= 3 for grades in judged.values())
    for conversation in conversations:
        said = [json.dumps(turn["relevance"]) for turn in conversation["turns"]]
        assert len(set(said)) == len(said), conversation["conversation"]


def test_subtopics_part_the_good_answers() -> None:
    good = {
        (query, name)
        for query, grades in query_set("test").qrels.items()
        for name, value in grades.items()
        if value >= 2
    }
    lines = (FOLDER / "subtopics" / "test.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "query-id\tsubtopic\tcorpus-id"
    rows = [line.split("\t") for line in lines[1:]]
    assert {(query, name) for query, _, name in rows} == good
    several = Counter(query for query, _ in {(query, subtopic) for query, subtopic, _ in rows})
    assert sum(number > 1 for number in several.values()) > 0.9 * len(query_set("test").queries)


def test_a_tenth_of_the_queries_use_words_no_caption_has() -> None:
    """Words of four letters and more, against 2,000 training captions of each language, a fifth:
    20,000 captions know a twentieth more words, which takes 7 of 450 such queries away."""
    import numpy as np

    from benchmark.collections.atelier import captions
    from benchmark.collections.atelier.sampling import sample_scene

    def words(text: str) -> set[str]:
        return set(re.findall(r"[^\W\d_]{4,}", text.casefold()))

    known: set[str] = set()
    for seed in range(1000):
        scene, rng = sample_scene(seed), np.random.default_rng(seed)
        for _ in range(2):
            known |= words(captions.english(scene, rng)) | words(captions.french(scene, rng))
    queries = query_set("test").queries
    rare = [query for query in queries if words(query.text) - known]
    assert len(rare) > 0.2 * len(queries)


@cache
def compiled() -> dict[str, str]:
    return frozen(FOLDER, facts())


def test_frozen_judgments_are_the_compiled_ones() -> None:
    for name, text in compiled().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, name


def test_a_changed_judgment_is_named_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiling, "frozen", lambda *_: compiled())
    folder = tmp_path / "atelier"
    shutil.copytree(FOLDER, folder)
    path = folder / "qrels" / "test.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    query, painting, value = lines[41].split("\t")
    lines[41] = f"{query}\t{painting}\t{(int(value) + 1) % 4}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(BadInput, match=rf"test\.tsv:42: {query}: frozen and compiled differ"):
        check(folder, facts())
    freeze(folder, facts())
    check(folder, facts())


def test_the_datasheet_states_the_histogram() -> None:
    counts: Counter[int] = Counter()
    for query, grades in query_set("test").qrels.items():
        if query.endswith("-en"):  # it counts the judgments of one language
            counts.update(grades.values())
    text = (FOLDER / "datasheet.md").read_text(encoding="utf-8")
    assert f"| all | 316 | {counts[3]:,} | {counts[2]:,} | {counts[1]:,} |" in text


def test_the_program_says_what_is_wrong_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "queries" / "atelier"
    shutil.copytree(FOLDER, folder)
    (tmp_path / "submissions").mkdir()
    path = folder / "annotations.jsonl"
    path.write_text(path.read_text("utf-8").replace('"windmill"}', '"griffin"}', 1), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "benchmark.queries.compile"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(FOLDER.parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("error: windmill: relevance: unknown concept 'griffin'; use ")
    assert done.stderr.count("\n") == 1
