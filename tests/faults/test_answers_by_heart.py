"""Models that carry the published answers with them: by picture and text, and by order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmark.collections.registry import find
from benchmark.harness.evaluation import working
from benchmark.harness.evaluation.run import run
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation import walls
from benchmark.queries import load as queries
from benchmark.results.store import Store
from benchmark.submission import load_all
from benchmark.workspace import Workspace
from tests.conftest import make_submission

ROOT = Path(__file__).parents[2]
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


@pytest.fixture
def atelier(tmp_path: Path) -> Workspace:
    """A checkout of its own with the published queries."""
    root = tmp_path / "checkout"
    (root / "submissions").mkdir(parents=True)
    (root / "queries").symlink_to(ROOT / "queries")
    return Workspace(root)


def answers(workspace: Workspace) -> str:
    """The published grades, by the digest of a picture and by a painting's place in its gallery."""
    place = find("atelier", workspace)
    collection = place.open()
    asked = queries.of(place, collection)
    topics = {topic: n for n, topic in enumerate(sorted({q.topic for q in asked.queries}))}
    pictures: dict[str, list[tuple[int, int]]] = {}
    by_place: dict[int, dict[int, int]] = {}
    for row, painting in enumerate(collection.ids):
        digest = hashlib.sha256(collection.image(row).tobytes()).hexdigest()
        graded = {topics[q.topic]: asked.qrels[q.id].get(painting, 0) for q in asked.queries}
        pictures[digest] = [(topic, grade) for topic, grade in graded.items() if grade]
        for topic, grade in pictures[digest]:
            by_place.setdefault(topic, {})[sorted(collection.ids).index(painting)] = grade
    texts = {query.text: topics[query.topic] for query in asked.queries}
    return json.dumps(
        {"topics": len(topics), "pictures": pictures, "texts": texts, "by_place": by_place}
    )


def test_what_is_learned_by_heart_falls(
    atelier: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working.warm, "start", lambda cache: None)
    known = answers(atelier)
    for name, code, inputs in (("oracle", ORACLE, "image"), ("by-order", BY_ORDER, "metadata")):
        folder = make_submission(atelier.submissions / name, code, inputs, batch=64)
        (folder / "answers.json").write_text(known)
    session = Session(atelier, find("atelier", atelier), "cpu", fresh=False)
    quiet: Callable[..., Callable[..., None]] = lambda name: lambda *stage: None  # noqa: E731
    outcomes = list(run(session, load_all(atelier.submissions), quiet, costs=False, audits=True))
    assert [outcome.state for outcome in outcomes] == ["scored", "scored"]
    store = Store(atelier.leaderboard)
    by_order, oracle = (store.result("atelier", name) for name in ("by-order", "oracle"))
    assert oracle is not None and oracle.audit is not None and oracle.audit.ratio is not None
    assert oracle.measures["ndcg@10"].mean > 0.95
    assert oracle.audit.verdict == "falls"
    assert oracle.audit.ratio.high < 0.3
    assert by_order is not None and by_order.audit is not None
    assert by_order.measures["ndcg@10"].mean < 0.08  # names and order say nothing: chance
    assert by_order.audit.verdict == "too weak to tell"
