"""A tiny checkout with stored embeddings, ready to be talked to."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmark.collections.registry import find
from benchmark.demo.live_search import Search
from benchmark.harness.evaluation.pipeline import Asked, prepare
from benchmark.harness.evaluation.session import Session
from benchmark.submission import load
from benchmark.workspace import Workspace, digest_of
from tests.conftest import (
    CONSTANT,
    QRELS,
    QUERIES,
    make_gallery,
    make_submission,
    write_queries,
)

if importlib.util.find_spec("nicegui") is None:  # the extra demo is not installed
    collect_ignore = ["test_tab_page.py", "test_server.py", "test_browser.py"]

CATALOGUE = '''
WEAK = {"a", "field"}


def words(text):
    return set(text.lower().replace(".", " ").split()) - WEAK


class Encoder:
    """No encoder: paintings whose title has a word of the text."""

    def index(self, paintings):
        self._titles = {p.id: words(p.metadata.get("title", "")) for p in paintings}

    def search(self, texts, k):
        ids = [
            sorted((id for id, title in self._titles.items() if title & words(text)), reverse=True)
            for text in texts
        ]
        return [one[:k] for one in ids], [[1.0] * len(one[:k]) for one in ids]
'''
DYING = """
import os
import numpy as np


class Encoder:
    def encode_images(self, images):
        return np.eye(len(images), 8, dtype=np.float32)

    def encode_texts(self, texts):
        if any("die" in text for text in texts):
            os._exit(3)
        return np.eye(len(texts), 8, dtype=np.float32)
"""
FUSION = """name = "both"
title = "both"
summary = "A test."
role = "hybrid"
inputs = ["image", "metadata"]
licence = "Apache-2.0"

[pipeline]
fuse = ["healthy", "catalogue"]
"""


def encoded(workspace: Workspace, place: Path, name: str) -> None:
    """Have a submission encode the gallery, as a run or a search does."""
    session = Session(workspace, find(str(place), workspace), "auto", fresh=False, trust=True)
    put = Asked(lambda: ["a"], digest_of("any"))
    prepare(session, load(workspace.submissions / name), put, lambda *_: None)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A checkout and a gallery: `healthy` and `dying` have embeddings, `catalogue` needs none,
    `new` lacks them; `both` fuses healthy and catalogue."""
    home = tmp_path_factory.mktemp("demo")
    root, gallery = home / "checkout", make_gallery(home / "colours")
    folder = root / "submissions"
    make_submission(folder / "healthy")
    make_submission(folder / "dying", DYING)
    make_submission(folder / "new", CONSTANT)
    make_submission(folder / "catalogue", CATALOGUE, inputs="metadata")
    (folder / "both").mkdir()
    (folder / "both" / "submission.toml").write_text(FUSION)
    (folder / "both" / "README.md").write_text("# Both\n")
    write_queries(root / "queries" / "colours", QUERIES, QRELS)
    for name in ("healthy", "dying"):
        encoded(Workspace(root), gallery, name)
    return root, gallery


@pytest.fixture
def checkout(made: tuple[Path, Path], tmp_path: Path) -> tuple[Workspace, Path]:
    """A copy of it that may be changed, and its gallery."""
    root, gallery = made
    shutil.copytree(root, tmp_path / "checkout")
    return Workspace(tmp_path / "checkout"), gallery


@pytest.fixture
def search(checkout: tuple[Workspace, Path]) -> Iterator[Search]:
    workspace, gallery = checkout
    place = find(str(gallery), workspace)
    search = Search(Session(workspace, place, "auto", fresh=False, trust=True))
    yield search
    search.close()
