"""Audits of a collection that cannot be drawn: its own pictures in disguise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmark.harness.evaluation.part import part
from benchmark.harness.evaluation.run import run
from benchmark.harness.evaluation.session import Session
from benchmark.results.schema import Disguise
from benchmark.results.store import Store
from benchmark.submission import load_all
from benchmark.workspace import Workspace

BY_HASH = """
import hashlib
import numpy as np


class Encoder:
    \"\"\"A picture is what its digest says.\"\"\"

    def encode_images(self, images):
        return np.stack([self.row(image.tobytes()) for image in images])

    def encode_texts(self, texts):
        return np.stack([self.row(text.encode()) for text in texts])

    def row(self, data):
        seed = int.from_bytes(hashlib.sha256(data).digest()[:4], "big")
        return np.random.default_rng(seed).standard_normal(16).astype(np.float32)
"""


def test_a_disguise_changes_nothing_for_one_that_looks(
    workspace: Workspace, submit: Callable[..., Path], session: Callable[..., Session]
) -> None:
    submit("by-hash", BY_HASH)
    quiet = lambda name: lambda *stage: None  # noqa: E731
    chosen = load_all(workspace.submissions)
    outcomes = {o.name: o for o in run(session(), chosen, quiet, costs=False, audits=True)}
    found: dict[str, Disguise] = {}
    for name, outcome in outcomes.items():
        assert outcome.state == "scored"
        assert "; audit: " in outcome.detail
        result = Store(workspace.leaderboard).result("colours", name)
        assert result is not None and result.audit is None and result.disguise is not None
        found[name] = result.disguise
    assert found["healthy"].paintings == 8
    assert found["healthy"].alike.mean > 0.95
    assert found["by-hash"].alike.mean < 0.8
    assert found["by-hash"].verdict == "too weak to tell"


def test_an_audit_can_be_had_of_what_stands_already(
    workspace: Workspace, session: Callable[..., Session]
) -> None:
    quiet = lambda name: lambda *stage: None  # noqa: E731
    chosen = load_all(workspace.submissions)
    list(run(session(), chosen, quiet, costs=False))
    (outcome,) = run(session(), chosen, quiet, costs=False, audits=True)
    assert (outcome.state, outcome.detail.split(":")[0]) == ("unchanged", "audit")


def test_a_part_of_a_collection(session: Callable[..., Session]) -> None:
    whole = session().collection
    some = part(whole, (5, 2))
    assert some.ids == (whole.ids[5], whole.ids[2])
    assert some.metadata == (whole.metadata[5], whole.metadata[2])
    assert [some.picture(0), some.picture(1)] == [whole.picture(5), whole.picture(2)]
