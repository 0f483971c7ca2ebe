from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmark import tasks
from benchmark.collections.knowledge import Knowledge
from benchmark.queries.load import QuerySet
from benchmark.records import Query, Run
from benchmark.scorers import Embeddings, Scores
from benchmark.scorers.measures import MAIN
from benchmark.search.similarities import SIMILARITIES
from benchmark.search.similarity import INNER_PRODUCT
from benchmark.tasks import Sources
from benchmark.tasks._embeddings import WEIGHTS
from benchmark.tasks.retrieval import RetrievalSection

ASKED = QuerySet(
    (
        Query("one-en", "a", "people", "en", "one"),
        Query("one-fr", "b", "people", "fr", "one"),
        Query("two-en", "c", "animals", "en", "two", held_out="bears"),
        Query("none-en", "d", "animals", "en", "none"),
    ),
    {"one-en": {"x": 3}, "one-fr": {"x": 3}, "two-en": {"y": 3, "z": 3}, "none-en": {"x": 0}},
    complete=True,
)
RUN = Run(
    ("one-en", "one-fr", "two-en", "none-en"),
    (("x", "y"), ("z",), ("y", "z"), ()),
    tuple(np.array([2, 1][:n], np.float32) for n in (2, 1, 2, 0)),
)
SOURCES = Sources(ASKED, lambda: Knowledge({}, {}))
TEXTS = np.array([[1, 0], [0, 1], [0, 1], [1, 1]], np.float32)
IMAGES = np.array([[1, 0], [0, 1], [0.1, 0.9]], np.float32)


def both(run: Run, embeddings: Embeddings | None = None) -> tuple[Scores, dict[str, tasks.Section]]:
    """Values and sections of four paintings."""
    scores = tasks.score(run, SOURCES, 4)
    return scores, tasks.sections(scores, run, SOURCES, 4, embeddings)


def section(embeddings: Embeddings | None = None) -> RetrievalSection:
    found = both(RUN, embeddings)[1]["retrieval"]
    assert isinstance(found, RetrievalSection)
    return found


def test_values_are_of_queries_and_means_of_topics() -> None:
    scores, sections = both(RUN)
    assert scores[MAIN.name] == {"one-en": 1.0, "one-fr": 0.0, "two-en": 1.0}
    assert "gini@10" not in scores and set(sections) == {"retrieval"}
    found = section()
    assert found.measures[MAIN.name].mean == 0.75  # a half and one, not two thirds
    assert "judged@10" not in found.measures  # all is judged
    assert {name: each[MAIN.name].mean for name, each in found.categories.items()} == {
        "animals": 1.0,
        "people": 0.5,
    }
    assert {name: each[MAIN.name].mean for name, each in found.languages.items()} == {
        "en": 1.0,
        "fr": 0.0,
    }
    assert found.held_out["held out"][MAIN.name].mean == 1.0
    assert found.french is not None and found.french.mean == -1.0
    assert found.catalogue["never@10"] == 0.25
    assert found.embeddings is None


def test_embeddings_at_hand_are_looked_at() -> None:
    names = [query.id for query in ASKED.queries]
    given = Embeddings(names, TEXTS, ("x", "y", "z"), IMAGES, truncated=0.5)
    found = section(given).embeddings
    assert found is not None
    assert found.geometry["truncated"] == 0.5
    assert [one.weight for one in found.trade] == list(WEIGHTS)
    assert {name for one in found.trade for name in one.measures} == {MAIN.name}
    assert [one.way for one in found.stored] == ["PCA to 1/2", "int8", "1 bit"]
    # In French the third painting is the one asked for: (1 / log2(4) + 1) / 2, and 1.
    assert found.stored[1].main == pytest.approx((0.75 + 1) / 2)
    assert found.trade[0].measures == {MAIN.name: 0.75}  # the order of the run itself


def test_every_similarity_is_searched_by_beside_the_inner_product() -> None:
    names = [query.id for query in ASKED.queries]
    images = np.array([[1, 0], [0, 1], [3, 3]], np.float32)
    found = section(Embeddings(names, TEXTS, ("x", "y", "z"), images)).embeddings
    assert found is not None and list(found.similarities) == [INNER_PRODUCT, *SIMILARITIES]
    # The long third painting stands first for all texts, but not by the angle: x, asked in
    # English, is second or first; in French it is last.
    plain, cosine = found.similarities[INNER_PRODUCT], found.similarities["cosine"]
    second, last = 1 / np.log2(3), 1 / np.log2(4)
    ideal = 1 + second
    both = np.mean([[(second + last) / 2, (1 + second) / ideal],
                    [(1 + last) / 2, (1 + second) / ideal]], axis=1)  # fmt: skip
    assert plain.main.mean == pytest.approx(both[0])
    assert cosine.main.mean == pytest.approx(both[1])
    assert plain.gain.mean == plain.gain.low == plain.gain.high == 0
    assert cosine.gain.mean == pytest.approx(both[1] - both[0])
    assert cosine.main.low <= cosine.main.mean <= cosine.main.high
    far = np.mean([(1 + second) / 2, (1 + last) / ideal])  # the third is the farthest
    assert found.similarities["euclidean"].main.mean == pytest.approx(far)


def test_what_a_run_cannot_tell_is_kept_from_an_earlier_section() -> None:
    names = [query.id for query in ASKED.queries]
    earlier = section(Embeddings(names, TEXTS, ("x", "y", "z"), IMAGES))
    kept = section().keeping(earlier)
    assert kept == earlier and kept.embeddings is not None


def test_what_is_asked_of_one_task_is_no_matter_to_another() -> None:
    names = [*(query.id for query in ASKED.queries), "other"]
    texts = np.vstack([TEXTS, [[9, 9]]]).astype(np.float32)
    more = replace(RUN, query_ids=(*RUN.query_ids, "other"), ids=(*RUN.ids, ("x",)),
                   scores=(*RUN.scores, np.ones(1, np.float32)))  # fmt: skip
    given = Embeddings(names, texts, ("x", "y", "z"), IMAGES)
    alone = Embeddings(names[:-1], TEXTS, ("x", "y", "z"), IMAGES)
    assert both(more, given) == both(RUN, alone)
