from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmark.errors import SubmissionFailed
from benchmark.harness.evaluation.session import Session
from benchmark.harness.selftest.restarting import Restarting
from benchmark.submission import load
from tests.conftest import HEALTHY

Submit = Callable[..., Path]
Open = Callable[..., Session]

CODE = HEALTHY.replace(
    "def encode_texts(self, texts):",
    "def encode_texts(self, texts):\n        while texts == ['hang']:\n            pass\n"
    "        assert texts != ['fail'], 'no'",
)


def test_a_failure_ends_its_process_and_the_next_call_starts_one(
    submit: Submit, session: Open
) -> None:
    folder = submit("mine", CODE)
    with Restarting(session().job(folder, load(folder))) as restarting:
        first = restarting.tried(lambda model: model)
        assert restarting.tried(lambda model: model) is first
        failure = restarting.tried(lambda model: model.texts(["fail"]))
        assert str(failure).startswith("AssertionError: no (encoder.py, line ")
        assert restarting.tried(lambda model: model) is not first
        assert restarting.tried(lambda model: model.texts(["red"]).shape) == (1, 3)


def test_all_its_processes_have_one_limit_of_time(submit: Submit, session: Open) -> None:
    """What hangs at every input ends within the time of a run."""
    folder = submit("mine", CODE, more="\n[limits]\nwall_s = 4\n")
    with Restarting(session().job(folder, load(folder))) as restarting:
        first = restarting.tried(lambda model: model.texts(["hang"]))
        assert isinstance(first, SubmissionFailed)
        assert str(first).startswith("took more than ")
        assert str(restarting.tried(lambda model: model.texts(["red"]))) == (
            "not tried: all before took 4 s (limits.wall_s)"
        )
