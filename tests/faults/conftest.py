"""All attacks of a file in one run beside a healthy submission."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmark.collections.registry import find
from benchmark.harness import run as running
from benchmark.harness.isolation import walls
from benchmark.harness.isolation.job import Job
from benchmark.harness.isolation.model import Model
from benchmark.harness.run import Outcome, run
from benchmark.harness.session import Session
from benchmark.submission import load, load_all
from benchmark.workspace import Workspace
from tests.conftest import QRELS, QUERIES, make_gallery, make_submission, write_queries
from tests.faults.attack import SCORED, TIGHT, Attack


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if walls.missing() and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="no walls here"))


def checkout(folder: Path, attacks: dict[str, Attack]) -> tuple[Workspace, Path]:
    """A checkout with a healthy submission, first in order, and the attacks; and its gallery."""
    gallery, root = make_gallery(folder / "colours"), folder / "checkout"
    make_submission(root / "submissions" / "a-healthy-one")
    for name, attack in attacks.items():
        place = root / "submissions" / name
        make_submission(place, attack.code, inputs=attack.inputs, more=attack.more)
    make_submission(root / "submissions" / "z-healthy-too")
    write_queries(root / "queries" / "colours", QUERIES, QRELS)
    return Workspace(root), gallery


@contextmanager
def standing(folder: Path, code: str, more: str = TIGHT) -> Iterator[Model]:
    """The loaded model of one submission, to be looked at from outside."""
    place = make_submission(folder / "one", code, more=more)
    files = [(path.name, path) for path in place.iterdir()]
    with Model(Job(place, load(place), files, "cpu")) as model:
        model.load()
        yield model


@pytest.fixture(scope="module")
def outcomes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Outcome]:
    """What became of each of the module's ATTACKS, by name, in one run."""
    folder = tmp_path_factory.mktemp("attacked")
    workspace, gallery = checkout(folder, request.module.ATTACKS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running.warm, "start", lambda cache: None)
        for name in ("MY_SECRET", "HF_TOKEN"):
            patch.setenv(name, "hush")
        session = Session(workspace, find(str(gallery), workspace), "cpu", fresh=False)
        quiet = lambda name: lambda stage, done, of: None  # noqa: E731
        chosen = load_all(workspace.submissions)
        found = {one.name: one for one in run(session, chosen, quiet, costs=False)}
    for name in ("a-healthy-one", "z-healthy-too"):
        assert found.pop(name) == Outcome(name, "scored", SCORED)
        result = workspace.leaderboard / "results" / "colours" / f"{name}.json"
        assert '"isolation": "sandbox"' in result.read_text(encoding="utf-8")
    assert found.keys() == request.module.ATTACKS.keys()
    assert not list((workspace.cache / "partial").iterdir())
    return found
