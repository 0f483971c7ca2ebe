"""What tests of pipelines share."""

from __future__ import annotations

import pytest

from benchmark.harness.isolation.process import Process
from benchmark.records import Run
from benchmark.results.store import Store
from benchmark.workspace import Workspace


def quiet(*stage: object) -> None:
    pass


def stored(workspace: Workspace, name: str) -> Run:
    return Store(workspace.leaderboard).run("colours", name)


def asked_of(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What every worker is asked from now on."""
    asked: list[str] = []
    send = Process.send

    def spy(self: Process, do: str, *args: object, **more: object) -> None:
        asked.append(do)
        send(self, do, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Process, "send", spy)
    return asked
