"""Models that carry the published answers with them: by picture and text, and by order."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmark.collections.registry import find
from benchmark.harness.evaluation import auditing, working
from benchmark.harness.evaluation.run import run
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation import walls
from benchmark.queries import load as queries
from benchmark.queries.fresh_gallery import PAINTINGS, Fresh, draw
from benchmark.results.store import Store
from benchmark.submission import load_all
from benchmark.workspace import Workspace
from tests.conftest import make_submission

ROOT = Path(__file__).parents[3]
pytestmark = [
    pytest.mark.skipif(bool(walls.missing()), reason="no walls here"),
    pytest.mark.slow,
]

ORACLE = """
import hashlib, json, pathlib
import numpy as np

KNOWN = json.loads((pathlib.Path(__file__).parent / "answers.json").read_text())


class Encoder:
    \"\"\"A text is its topic; a picture is its published grades, by a digest of its pixels.\"\"\"

    def encode_images(self, images):
        rows = np.zeros((len(images), KNOWN["topics"]), np.float32)
        for row, image in zip(rows, images):
            digest = hashlib.sha256(image.tobytes()).hexdigest()
            for topic, grade in KNOWN["pictures"].get(digest, []):
                row[topic] = grade
        return rows

    def encode_texts(self, texts):
        rows = np.zeros((len(texts), KNOWN["topics"]), np.float32)
        for row, text in zip(rows, texts):
            if text in KNOWN["texts"]:
                row[KNOWN["texts"][text]] = 1
        return rows
"""

# The oracle that once scored 0.988: it ranks by the place of a painting in what it is shown.
BY_ORDER = """
import json, pathlib

KNOWN = json.loads((pathlib.Path(__file__).parent / "answers.json").read_text())


class Encoder:
    def index(self, paintings):
        self.ids = sorted(painting.id for painting in paintings)

    def search(self, texts, k):
        found, scores = [], []
        for text in texts:
            grades = KNOWN["by_place"].get(str(KNOWN["texts"].get(text)), {})
            best = sorted(grades.items(), key=lambda one: -one[1])[:k]
            found.append([self.ids[int(place)] for place, _ in best if int(place) < len(self.ids)])
            scores.append([float(grade) for _, grade in best][: len(found[-1])])
        return found, scores
"""


def answers(workspace: Workspace) -> str:
    """The published grades, by the digest of a picture and by a painting's place in its gallery."""
    place = find("atelier", workspace)
    collection = place.open()
    asked = queries.of(place, collection)
    topics = {topic: n for n, topic in enumerate(sorted({q.topic for q in asked.queries}))}
    pictures: dict[str, list[tuple[int, int]]] = {}
    by_place: dict[int, dict[int, int]] = {}
    places = {painting: place for place, painting in enumerate(sorted(collection.ids))}
    for row, painting in enumerate(collection.ids):
        digest = hashlib.sha256(collection.image(row).tobytes()).hexdigest()
        graded = {topics[q.topic]: asked.qrels[q.id].get(painting, 0) for q in asked.queries}
        pictures[digest] = [(topic, grade) for topic, grade in graded.items() if grade]
        for topic, grade in pictures[digest]:
            by_place.setdefault(topic, {})[places[painting]] = grade
    texts = {query.text: topics[query.topic] for query in asked.queries}
    return json.dumps(
        {"topics": len(topics), "pictures": pictures, "texts": texts, "by_place": by_place}
    )


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Fresh]:
    """Both, scored and audited on the published queries; and what they were audited with."""
    root = tmp_path_factory.mktemp("atelier") / "checkout"
    (root / "submissions").mkdir(parents=True)
    (root / "queries").symlink_to(ROOT / "queries")
    workspace, drawn = Workspace(root), list[Fresh]()
    known = answers(workspace)
    for name, code, inputs in (("oracle", ORACLE, "image"), ("by-order", BY_ORDER, "metadata")):
        folder = make_submission(workspace.submissions / name, code, inputs, batch=64)
        (folder / "answers.json").write_text(known)

    def noted(seed: int, *more: Any) -> Fresh:
        drawn.append(draw(11, *more))
        return drawn[0]

    session = Session(workspace, find("atelier", workspace), "cpu", fresh=False)
    quiet: Callable[..., Callable[..., None]] = lambda name: lambda *stage: None  # noqa: E731
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(working.warm, "start", lambda cache: None)
        patch.setattr(auditing, "draw", noted)
        chosen = load_all(workspace.submissions)
        outcomes = list(run(session, chosen, quiet, costs=False, audits=True))
    assert [outcome.state for outcome in outcomes] == ["scored", "scored"]
    (fresh,) = drawn
    return Store(workspace.leaderboard), fresh


def test_what_is_learned_by_heart_falls(audited: tuple[Store, Fresh]) -> None:
    store, _ = audited
    by_order, oracle = (store.result("atelier", name) for name in ("by-order", "oracle"))
    assert oracle is not None and oracle.audit is not None and oracle.audit.ratio is not None
    assert oracle.measures["ndcg@10"].mean > 0.95
    assert oracle.audit.verdict == "falls"
    assert oracle.audit.ratio.high < 0.3
    assert by_order is not None and by_order.audit is not None
    assert by_order.measures["ndcg@10"].mean < 0.08  # names and order say nothing: chance
    assert by_order.audit.verdict == "too weak to tell"


def test_a_whole_gallery_asks_many_topics(audited: tuple[Store, Fresh]) -> None:
    _, fresh = audited
    assert len(fresh.collection) == len(fresh.cut) == PAINTINGS
    assert len({query.topic for query in fresh.queries}) > 150
    totals: dict[str, Counter[int]] = {"fresh": Counter(), "cut": Counter()}
    for query in fresh.queries:
        totals["fresh"].update(fresh.qrels[query.id].values())
        totals["cut"].update(fresh.cut_qrels[query.id].values())
    for worth in (3, 2, 1):
        assert totals["cut"][worth] == pytest.approx(totals["fresh"][worth], rel=0.03)
