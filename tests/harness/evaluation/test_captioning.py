"""Captions by the real harness over the tiny gallery."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmark.errors import BadInput, SubmissionFailed
from benchmark.harness.evaluation import captioning
from benchmark.harness.evaluation.captioning import captions
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation.answers import RanOut
from benchmark.harness.isolation.model import Model
from benchmark.submission import load
from benchmark.workspace import Workspace
from tests.conftest import COLOURS
from tests.toys import CAPTIONER

Submit = Callable[..., Path]
Make = Callable[..., Session]
EXPECTED = {f"p-{name}": f"a {name} field, café" for name in COLOURS}


def quiet(*stage: object) -> None:
    pass


def test_every_painting_has_its_caption_and_keeps_it(
    session: Make, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = load(submit("teller", CAPTIONER, batch=3))
    assert captions(session(), submission, quiet) == EXPECTED
    monkeypatch.setattr(captioning, "Model", lambda job: pytest.fail("a worker was started"))
    assert captions(session(), submission, quiet) == EXPECTED


def test_a_kill_loses_only_what_was_not_written(
    workspace: Workspace, session: Make, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(captioning, "AT_ONCE", 2)
    submission, asked, answer = load(submit("teller", CAPTIONER)), [0], Model.caption

    def stops(self: Model, pictures: Sequence[bytes], *more: object) -> object:
        if asked[0] == 4:
            raise KeyboardInterrupt
        asked[0] += len(pictures)
        return answer(self, pictures, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Model, "caption", stops)
    with pytest.raises(KeyboardInterrupt):
        captions(session(), submission, quiet)
    broken = next((workspace.cache / "partial").rglob("0000000000.parquet"))
    broken.write_bytes(b"PAR1")
    asked[0] = -2
    assert captions(session(), submission, quiet) == EXPECTED
    assert asked[0] == 4  # those of the broken part, and the four that were never asked
    assert os.listdir(workspace.cache / "partial") == []


def test_fewer_at_a_time_where_memory_runs_out(
    session: Make, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes, answer = [], Model.caption

    def short(self: Model, pictures: Sequence[bytes], *more: object) -> object:
        sizes.append(len(pictures))
        if len(pictures) > 2:
            raise RanOut("out of memory")
        return answer(self, pictures, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Model, "caption", short)
    submission = load(submit("teller", CAPTIONER, batch=8))
    assert captions(session(), submission, quiet) == EXPECTED
    assert sizes == [8, 4, 2, 2, 2, 2]


def test_what_cannot_be_read_has_none_and_too_much_of_it_stops(
    session: Make, submit: Submit, gallery: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (gallery / "red.png").write_bytes(b"no picture")
    submission = load(submit("teller", CAPTIONER))
    with pytest.raises(BadInput, match=r"1 of 8 pictures cannot be read"):
        captions(session(), submission, quiet)
    monkeypatch.setattr("benchmark.harness.evaluation.encode.TOLERATED", 0.2)
    assert captions(session(), submission, quiet) == EXPECTED | {"p-red": None}


def test_one_that_says_nothing_is_told(session: Make, workspace: Workspace) -> None:
    with pytest.raises(SubmissionFailed, match=r"^is no Captioner; give it the methods of"):
        captions(session(), load(workspace.submissions / "healthy"), quiet)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({"p-red": "x"}, "is of other paintings"),
        (EXPECTED | {"p-pink": "x"}, "is of other paintings"),
        (EXPECTED | {"p-red": "\x1b[2J"}, "holds what is no caption"),
        (EXPECTED | {"p-red": "x" * 4097}, "holds what is no caption"),
        (None, "cannot be read"),
    ],
)
def test_what_is_kept_is_checked_when_it_is_read(
    tmp_path: Path, session: Make, rows: dict[str, str] | None, message: str
) -> None:
    path = tmp_path / "captions.parquet"
    path.write_bytes(b"PAR1")
    if rows is not None:
        columns = {"painting_id": list(rows), "caption": list(rows.values())}
        pq.write_table(pa.table(columns), path)
    with pytest.raises(BadInput) as caught:
        captioning.read(path, session().collection, whole=True)
    assert str(caught.value) == f"{path}: {message}; cimaise run --fresh"
