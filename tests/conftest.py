"""A tiny checkout in a temporary folder: a gallery, its queries and submissions to score."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from compileall import compile_dir
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from benchmark.harness.isolation import process
from benchmark.harness.profiling.measure import REFERENCE
from benchmark.results.code_digest import PACKAGE
from benchmark.scorers import _warm as warm
from benchmark.workspace import Workspace
from tests.browsing import chromium
from tests.stand_in_hub import StandInHub

COLOURS = {
    "red": (230, 20, 20),
    "green": (20, 200, 30),
    "blue": (20, 30, 230),
    "yellow": (240, 230, 20),
    "white": (250, 250, 250),
    "black": (5, 5, 5),
    "orange": (250, 140, 10),
    "violet": (140, 20, 200),
}

HEALTHY = '''
"""Mean colours against colour words."""
import numpy as np

COLOURS = {
    "red": (230, 20, 20), "green": (20, 200, 30), "blue": (20, 30, 230),
    "yellow": (240, 230, 20), "white": (250, 250, 250), "black": (5, 5, 5),
}


def unit(rows):
    rows = np.asarray(rows, np.float32) - 127.3
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class Encoder:
    def encode_images(self, images):
        return unit([np.asarray(image).reshape(-1, 3).mean(axis=0) for image in images])

    def encode_texts(self, texts):
        return unit([
            np.mean([COLOURS[w] for w in t.split() if w in COLOURS] or [(127, 128, 129)], axis=0)
            for t in texts
        ])
'''

CONSTANT = """
import numpy as np


class Encoder:
    def encode_images(self, images):
        return np.full((len(images), 77), 0.1, np.float32)

    def encode_texts(self, texts):
        return np.full((len(texts), 77), 0.3, np.float32)
"""


SHARING = ("faults", "pretrained", "site", "training")
"""Folders whose tests share what is long in the making."""


class ByRoom(LoadScopeScheduling):
    """On several cores, a folder that shares, or else a file, is for one process."""

    def _split_scope(self, nodeid: str) -> str:
        return room(nodeid)


def room(nodeid: str) -> str:
    path = nodeid.partition("::")[0]
    folder = path.split("/")[1]
    return folder if folder in SHARING else path


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByRoom:
    config.option.loadscopereorder = False
    return ByRoom(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first, so that no process is left waiting for another at the end."""
    slow = {room(item.nodeid) for item in items if item.get_closest_marker("slow")}
    long = slow.union(SHARING)
    items.sort(key=lambda item: room(item.nodeid) not in long)


def pytest_configure(config: pytest.Config) -> None:
    """Processes side by side have one thread each: threads that wait do so by spinning. The
    workers that they start are told so, too; and the package is compiled once for all of them,
    which write no bytecode; but for the submission that lies in it, which may hold none."""
    if not hasattr(config, "workerinput"):
        compile_dir(PACKAGE, quiet=2, rx=re.compile(f"^{re.escape(str(REFERENCE))}"))
    if getattr(config.option, "numprocesses", None):
        os.environ.setdefault("OMP_NUM_THREADS", "1")
    if "OMP_NUM_THREADS" in os.environ:
        process._KEPT += ("OMP_NUM_THREADS",)


def write_lines(path: Path, rows: list[dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def paint(path: Path, colour: tuple[int, int, int], seed: int = 0) -> None:
    """A small picture of one colour with a little noise."""
    noise = np.random.default_rng(seed).integers(-5, 6, (12, 10, 3))
    pixels = np.clip(np.array(colour) + noise, 0, 255).astype(np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)


def make_gallery(folder: Path) -> Path:
    """Eight paintings, one a colour, in the ImageFolder layout."""
    rows = []
    for number, (name, colour) in enumerate(COLOURS.items()):
        paint(folder / f"{name}.png", colour, number)
        rows.append(
            {
                "id": f"p-{name}",
                "file_name": f"{name}.png",
                "title": f"A {name} field",
                "artist": "Ann Onymous",
                "secret": "grade 3",
            }
        )
    write_lines(folder / "metadata.jsonl", rows)
    return folder


QUERIES = [
    {"_id": "q1", "text": "a red field", "metadata": {"category": "one", "language": "en"}},
    {"_id": "q2", "text": "a blue field", "metadata": {"category": "one", "language": "en"}},
    {"_id": "q3", "text": "white and yellow", "metadata": {"category": "two", "topic": "t"}},
    {"_id": "q4", "text": "yellow and white", "metadata": {"category": "two", "topic": "t"}},
]
QRELS = {
    "q1": {"p-red": 3, "p-orange": 2, "p-violet": 1, "p-blue": 0},
    "q2": {"p-blue": 3, "p-violet": 2},
    "q3": {"p-white": 2, "p-yellow": 3, "p-orange": 1},
    "q4": {"p-white": 2, "p-yellow": 3, "p-orange": 1},
}


def write_queries(folder: Path, queries: list[dict], qrels: dict[str, dict[str, int]]) -> None:
    write_lines(folder / "queries.jsonl", queries)
    lines = [f"{q}\t{p}\t{g}\n" for q, grades in qrels.items() for p, g in grades.items()]
    (folder / "qrels").mkdir(exist_ok=True)
    text = "query-id\tcorpus-id\tscore\n" + "".join(lines)
    (folder / "qrels" / "test.tsv").write_text(text, encoding="utf-8")


MANIFEST = """name = "{name}"
title = "{name}"
summary = "A test."
role = "baseline"
inputs = ["{inputs}"]
licence = "Apache-2.0"
batch_size = {batch}

[model]
adapter = "python"
"""


def make_submission(
    folder: Path, code: str = HEALTHY, inputs: str = "image", batch: int | str = 4, more: str = ""
) -> Path:
    """A python submission that lies in `folder` and is named after it."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = MANIFEST.format(name=folder.name, inputs=inputs, batch=batch)
    (folder / "submission.toml").write_text(manifest + more)
    (folder / "README.md").write_text("# A test\n")
    (folder / "encoder.py").write_text(code)
    return folder


def make_waiting(folder: Path, hub: str = "owner/far", commit: str = "0" * 40) -> Path:
    """A submission whose weights are pinned on a hub."""
    make_submission(folder)
    (folder / "encoder.py").unlink()
    manifest = (folder / "submission.toml").read_text().partition("[model]")[0]
    model = f'[model]\nadapter = "open_clip"\nhub = "{hub}"\nrevision = "{commit}"\n'
    (folder / "submission.toml").write_text(manifest + model)
    (folder / "README.md").write_text("# Far\n\nIt has 151.3 million parameters.\n")
    return folder


def compiled(workspace: Workspace) -> None:
    """Have a run of the real command compile no measures beside it: a test before it did."""
    mark = warm._mark(workspace.cache)
    mark.parent.mkdir(parents=True)
    mark.touch()


@pytest.fixture
def gallery(tmp_path: Path) -> Path:
    return make_gallery(tmp_path / "colours")


@pytest.fixture
def workspace(tmp_path: Path, gallery: Path) -> Workspace:
    """A checkout whose gallery lies apart from its judgments."""
    root = tmp_path / "checkout"
    make_submission(root / "submissions" / "healthy")
    write_queries(root / "queries" / "colours", QUERIES, QRELS)
    return Workspace(root)


@pytest.fixture
def submit(workspace: Workspace) -> Callable[..., Path]:
    """Add a submission: `submit(name, code, ...)`."""
    return lambda name, *args, **more: make_submission(workspace.submissions / name, *args, **more)


@pytest.fixture
def inside(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands are typed within the checkout, in a wide window."""
    monkeypatch.chdir(workspace.root)
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An importable package of its own for each test, without a file yet."""
    folder = tmp_path / f"package_{tmp_path.name.replace('-', '_')}"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium; see `tests.browsing`."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandInHub]:
    """A hub on the loopback, where huggingface_hub looks instead of the real one."""
    from huggingface_hub import constants

    hub = StandInHub()
    template = hub.url + "/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.setattr(constants, "ENDPOINT", hub.url)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
    yield hub
    hub.close()
