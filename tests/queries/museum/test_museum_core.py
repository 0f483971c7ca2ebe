"""The museum's core as it is published: what is frozen follows from passes, rules and looks."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benchmark.collections.declaration import ROWS
from benchmark.collections.museum.paths import CORE, FACTS, GALLERY
from benchmark.queries.annotations import read_conversations, read_topics
from benchmark.queries.compile import check, compile_qrels
from benchmark.queries.museum import annotator_agreement, facts_graph, looks, passes
from benchmark.queries.museum import visual_concepts as vocabulary
from benchmark.queries.museum.frozen_queries import grading, known_facts, splits
from benchmark.queries.museum.painting_facts import SUBTOPICS

HOME = Path(__file__).parent.parent.parent.parent / "queries" / "museum-core"
DATASHEET = (HOME / "datasheet.md").read_text(encoding="utf-8")
CATEGORIES = {
    "subject", "several subjects", "scene and action", "attribute and colour", "count",
    "iconography and myth", "named work or painter", "movement or period", "palette and light",
    "composition", "mood", "negation", "vague wish",
}  # fmt: skip


@cache
def facts() -> dict[str, dict[str, Any]]:
    return known_facts(HOME)


@cache
def topics(split: str) -> list[dict[str, Any]]:
    return [t for t in read_topics(HOME / "annotations.jsonl", SUBTOPICS) if t["split"] == split]


@cache
def test_qrels() -> dict[str, dict[str, int]]:
    return compile_qrels(topics("test"), facts(), grading(HOME, facts()))


test_qrels.__test__ = False  # type: ignore[attr-defined]


def test_what_is_frozen_is_compiled() -> None:
    check(HOME, splits(facts()), grading(HOME, facts()))


def test_the_graph_and_the_vocabulary_are_as_they_are_made(tmp_path: Path) -> None:
    facts_graph.publish(HOME, tmp_path / FACTS)
    assert (tmp_path / FACTS).read_bytes() == (CORE / GALLERY / FACTS).read_bytes()
    concepts = vocabulary.read(HOME / vocabulary.CSV)
    vocabulary.write(vocabulary.skos(concepts), tmp_path / "v.ttl", vocabulary.PREFIXES)
    assert (tmp_path / "v.ttl").read_bytes() == (HOME / vocabulary.TURTLE).read_bytes()


def test_the_vocabulary_has_150_to_200_concepts_in_two_languages() -> None:
    concepts = vocabulary.read(HOME / vocabulary.CSV).values()
    assert 150 <= sum(bool(c.note) for c in concepts) <= 200
    assert all(c.en and c.fr for c in concepts)
    for language in ("en", "fr"):
        labels = Counter(getattr(c, language) for c in concepts if c.note)
        assert [label for label, times in labels.items() if times > 1] == []
    assert all(re.fullmatch(r"Q[1-9]\d*|", c.wikidata) for c in concepts)


def test_both_passes_saw_every_painting_and_every_dispute_was_settled() -> None:
    ids = pq.read_table(CORE / GALLERY / ROWS, columns=["id"])["id"].to_pylist()
    concepts = vocabulary.read(HOME / vocabulary.CSV)
    for name in (passes.FIRST, passes.SECOND):
        assert sorted(passes.read_pass(HOME / passes.FOLDER / name, concepts)) == sorted(ids)
    settled = passes.read_settled(HOME / passes.FOLDER, concepts)
    number = {c.concept for c in concepts.values() if c.broader == "number-of-people"}
    assert [name for name, seen in settled.items() if len(number & seen.keys()) != 1] == []


def test_agreement_is_published_as_it_is_computed(tmp_path: Path) -> None:
    for name in (vocabulary.CSV, *(f"{passes.FOLDER}/pass-{n}.tsv" for n in (1, 2))):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((HOME / name).read_bytes())
    line = annotator_agreement.publish(tmp_path)
    table = f"{passes.FOLDER}/agreement.csv"
    assert (tmp_path / table).read_bytes() == (HOME / table).read_bytes()
    kappa, nominal, ordinal = re.findall(r"(?:kappa|alpha|,) (0\.\d{3})", line)
    for figure in (kappa, nominal, ordinal):
        assert figure in DATASHEET


def test_every_category_has_ten_topics_or_more() -> None:
    found = Counter(topic["category"] for topic in topics("test"))
    assert found.keys() == CATEGORIES
    assert min(found.values()) >= 10
    assert found.total() >= 160


def test_every_topic_has_two_paintings_that_are_just_what_was_asked_for() -> None:
    for topic in topics("test"):
        threes = [g for g in test_qrels()[f"{topic['topic']}-en"].values() if g == 3]
        known = topic["relevance"]["subject"][0].keys() == {"work"}
        assert len(threes) == 1 if known else len(threes) >= 2, topic["topic"]


def test_thirty_conversations_of_three_or_four_turns() -> None:
    conversations = read_conversations(HOME / "conversations" / "annotations.jsonl")
    own = [c for c in conversations if c["split"] == "test"]
    assert len(own) >= 30
    assert {len(c["turns"]) for c in own} <= {3, 4}


def test_topics_for_tuning_are_apart() -> None:
    texts = {split: {t[la] for t in topics(split) for la in ("en", "fr")} - {"Goya"}
             for split in ("test", "dev")}  # fmt: skip
    assert texts["test"] & texts["dev"] == set()
    assert topics("dev")


def test_no_two_requests_are_alike() -> None:
    for language in ("en", "fr"):
        texts = Counter(topic[language].lower() for topic in topics("test"))
        assert [text for text, times in texts.items() if times > 1] == []


def test_requests_do_not_only_say_a_word_of_the_vocabulary() -> None:
    labels = {c.en.lower() for c in vocabulary.read(HOME / vocabulary.CSV).values()}
    bare = [t["topic"] for t in topics("test") if t["en"].lower().strip("?.! ") in labels]
    assert len(bare) <= 0.02 * len(topics("test"))


def test_the_datasheet_states_counts_and_overrides() -> None:
    rows: dict[str, Counter[int]] = defaultdict(Counter)
    for topic in topics("test"):
        for name in (topic["category"], "all"):
            rows[name][0] += 1
            rows[name].update(test_qrels()[f"{topic['topic']}-en"].values())
    for name, counts in rows.items():
        wanted = f"| {name} | {counts[0]} | " + " | ".join(f"{counts[g]:,}" for g in (3, 2, 1))
        assert wanted in DATASHEET, wanted
    seen = [look for of in looks.read(HOME / looks.FILE).values() for look in of.values()]
    changed = sum(look.proposed != look.grade for look in seen)
    assert f"{len(seen):,} pairs were looked at" in DATASHEET
    assert f"{changed:,} grades were changed" in DATASHEET


def test_the_annotations_hold_only_text() -> None:
    kinds = {path.suffix for path in HOME.rglob("*") if path.is_file()}
    assert kinds == {".csv", ".ttl", ".tsv", ".jsonl", ".md"}
    assert all(json.loads(line) for line in (HOME / "queries.jsonl").open(encoding="utf-8"))
