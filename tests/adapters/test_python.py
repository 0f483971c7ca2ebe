from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from benchmark.abilities import Counted, Encoder, Searcher
from benchmark.adapters import load
from benchmark.adapters.python import Python
from benchmark.errors import BadInput
from tests.conftest import make_submission


@pytest.fixture(autouse=True)
def _clean_imports(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a worker may do to its own process is undone in this one."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    before = dict(sys.modules)
    yield
    for name in set(sys.modules) - set(before):
        if name in ("encoder", "other"):
            del sys.modules[name]


def spec(**fields: str) -> Python:
    return Python(adapter="python", **fields)


def test_an_encoder(tmp_path: Path) -> None:
    model = load(make_submission(tmp_path / "s"), spec(), None, "cpu")
    assert isinstance(model, Encoder)
    assert not isinstance(model, Searcher)
    assert not isinstance(model, Counted)
    assert np.asarray(model.encode_texts(["red"])).shape == (1, 3)


def test_another_file_and_entry(tmp_path: Path) -> None:
    folder = make_submission(tmp_path / "s")
    code = "class Find:\n    def index(self, p): ...\n    def search(self, t, k): ...\n"
    (folder / "other.py").write_text(code)
    assert isinstance(load(folder, spec(file="other.py", entry="Find"), None, "cpu"), Searcher)


def test_a_file_that_is_not_python(tmp_path: Path) -> None:
    folder = make_submission(tmp_path / "s")
    (folder / "encoder.txt").write_text("x")
    with pytest.raises(BadInput) as caught:
        load(folder, spec(file="encoder.txt"), None, "cpu")
    assert str(caught.value) == (
        f"{folder}/submission.toml: model.file: 'encoder.txt' is not a Python file"
    )
