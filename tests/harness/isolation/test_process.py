from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from benchmark.errors import SubmissionFailed
from benchmark.harness.isolation import walls
from benchmark.harness.isolation.job import Job
from benchmark.harness.isolation.process import Process
from benchmark.submission import load
from tests.conftest import make_submission


@pytest.mark.skipif(bool(walls.missing()), reason="no walls here")
def test_a_file_that_is_gone_since_it_was_listed_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    folder = make_submission(tmp_path / "mine")
    job = Job(folder, load(folder), [("gone.py", folder / "gone.py")], "cpu")
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(SubmissionFailed) as caught, Process(job) as process:
        process.receive(object)  # type: ignore[type-var]
    assert "\n" not in str(caught.value)
    assert "gone.py" in str(caught.value)
    assert list((tmp_path / "temporary").iterdir()) == []
    assert len(os.listdir("/proc/self/fd")) == before


def test_the_environment_is_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    from benchmark.harness.isolation.process import _environment

    monkeypatch.setenv("HF_TOKEN", "x")
    monkeypatch.setenv("PYTHONSTARTUP", "x")
    monkeypatch.setenv("LD_PRELOAD", "x")
    found = _environment(None, "/tmp")
    assert not {"HF_TOKEN", "PYTHONSTARTUP", "LD_PRELOAD"} & set(found)
    assert found["HOME"] == "/tmp"
    assert found["CUDA_VISIBLE_DEVICES"] == ""
