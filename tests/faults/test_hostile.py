"""Submissions that attack: each costs only its own row, and its verdict is one line."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from benchmark.collections.atelier import pins
from benchmark.collections.registry import find
from benchmark.harness import run as running
from benchmark.harness.isolation import walls
from benchmark.harness.run import Outcome, run
from benchmark.harness.session import Session
from benchmark.submission import load_all
from benchmark.workspace import Workspace
from tests.conftest import HEALTHY

Submit = Callable[..., Path]
TIGHT = "\n[limits]\nwall_s = 20\nmemory_gb = 1.0\nscratch_gb = 0.05\nprocesses = 12\n"

pytestmark = pytest.mark.skipif(bool(walls.missing()), reason="no walls here")


@pytest.fixture(autouse=True)
def _compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running.warm, "start", lambda cache: None)


@pytest.fixture
def listener() -> object:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def doing(deed: str) -> str:
    """The code of an encoder that does something before it encodes texts."""
    lines = "\n".join(f"        {line}" for line in deed.splitlines())
    head = "    def encode_texts(self, texts):\n"
    code = "import ctypes, os, socket, subprocess, sys, time\nimport numpy as np\n" + HEALTHY
    return code.replace(head, head + lines + "\n")


@pytest.fixture
def attempt(workspace: Workspace, gallery: Path, submit: Submit) -> Callable[..., Outcome]:
    """Score a submission whose encoder does something first, beside a healthy one."""

    def go(deed: str, more: str = TIGHT) -> Outcome:
        submit("hostile", doing(deed), more=more)
        session = Session(workspace, find(str(gallery), workspace), "cpu", fresh=False)
        chosen = load_all(workspace.submissions)
        quiet = lambda name: lambda stage, done, of: None  # noqa: E731
        outcomes = {outcome.name: outcome for outcome in run(session, chosen, quiet, costs=False)}
        assert outcomes["healthy"].state == "scored"
        assert not list((workspace.cache / "partial").iterdir())
        assert not _left_behind()
        return outcomes["hostile"]

    return go


def _left_behind() -> list[str]:
    """Workers that still run."""
    found = psutil.process_iter(["cmdline", "ppid"])
    return [
        " ".join(process.info["cmdline"])
        for process in found
        if process.info["cmdline"] and "benchmark.harness.worker" in process.info["cmdline"]
        and process.info["ppid"] == os.getpid()
    ]  # fmt: skip


UNREADABLE = {
    "the judgments": "{queries}/colours/qrels/test.tsv",
    "the queries": "{queries}/colours/queries.jsonl",
    "the collection's table": "{gallery}/metadata.jsonl",
    "another submission": "{submissions}/healthy/encoder.py",
    "the system's accounts": "/etc/passwd",
    "the host's name": "/etc/hostname",
    "the graph of a gallery": str(pins.GALLERY / "test" / pins.GRAPH),
    "the grades of the atelier": str(
        Path(__file__).parents[2] / "queries" / "atelier" / "qrels" / "test.tsv"
    ),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_is_none_of_its_business_cannot_be_read(
    what: str, attempt: Callable[..., Outcome], workspace: Workspace, gallery: Path
) -> None:
    path = UNREADABLE[what].format(
        queries=workspace.queries, submissions=workspace.submissions, gallery=gallery
    )
    if "atelier" in what or path.startswith("/etc") or "graph" in what:
        assert Path(path).exists()
    outcome = attempt(f"open({path!r}).read()")
    assert outcome.state == "failed"
    assert "FileNotFoundError: [Errno 2] No such file or directory" in outcome.detail


READ_ONLY = "Permission denied" if os.getuid() == 0 else "Read-only file system"
VERDICTS = [
    ("open(__file__, 'a')", READ_ONLY),
    ("open(np.__file__, 'a')", READ_ONLY),
    ("open('/usr/lib/x', 'w')", "OSError: [Errno 30] Read-only file system"),
    (
        "socket.create_connection(('192.0.2.1', 80), timeout=2)",
        "OSError: [Errno 101] Network is unreachable",
    ),
    (
        "while True: subprocess.Popen(['sleep', '30'])",
        "started more than 12 processes (limits.processes)",
    ),
    (
        "kept = []\nwhile True:\n    kept.append(np.ones(10_000_000)); time.sleep(0.02)",
        "used more than 1 GB of memory (limits.memory_gb)",
    ),
    (
        "for i in range(10**6): open(f'f{i}', 'wb').write(bytes(10**7))",
        "OSError: [Errno 28] No space left on device",
    ),
    ("open('big', 'wb').truncate(10**10)", "OSError: [Errno 27] File too large"),
    ("while True: print('x' * 10**6)", "printed more than 64 MiB"),
    ("os.kill(os.getpid(), 9)", "its process was killed by SIGKILL, out of memory?"),
    ("ctypes.string_at(0)", "its process was killed by SIGSEGV"),
    ("os._exit(0)", "its process ended (exit 0) without an answer"),
]


@pytest.mark.parametrize(("deed", "verdict"), VERDICTS)
def test_verdicts(deed: str, verdict: str, attempt: Callable[..., Outcome]) -> None:
    outcome = attempt(deed)
    assert outcome.state == "failed"
    assert verdict in outcome.detail
    assert "\n" not in outcome.detail


@pytest.mark.slow
def test_all_attacks_in_one_run_cost_the_healthy_nothing(
    workspace: Workspace, gallery: Path, submit: Submit
) -> None:
    """Its run and its values are bit-equal to those without the attackers beside it."""
    place = find(str(gallery), workspace)
    quiet = lambda name: lambda stage, done, of: None  # noqa: E731
    kept = [workspace.leaderboard / kind / "colours" / "healthy.parquet"
            for kind in ("runs", "scores")]  # fmt: skip
    list(
        run(Session(workspace, place, "cpu", False), load_all(workspace.submissions), quiet, False)
    )
    alone = [path.read_bytes() for path in kept]
    deeds = [deed for deed, _ in VERDICTS]
    deeds += [f"open({path!r})" for path in UNREADABLE.values() if "{" not in path]
    for number, deed in enumerate(deeds):
        submit(f"attack-{number:02d}", doing(deed), more=TIGHT)
    submit("hangs", doing("time.sleep(600)"), more="\n[limits]\nwall_s = 4\n")
    session = Session(workspace, place, "cpu", fresh=True)
    outcomes = list(run(session, load_all(workspace.submissions), quiet, costs=False))
    states = {outcome.name: outcome.state for outcome in outcomes}
    assert states.pop("healthy") == "confirmed"
    assert set(states.values()) == {"failed"}
    assert len(states) == len(deeds) + 1
    assert [path.read_bytes() for path in kept] == alone
    assert list((workspace.cache / "partial").iterdir()) == []
    assert not _left_behind()


def test_one_that_hangs_is_ended(attempt: Callable[..., Outcome]) -> None:
    outcome = attempt("time.sleep(600)", "\n[limits]\nwall_s = 4\n")
    assert outcome.detail == "took more than 4 s (limits.wall_s)"


def test_a_server_on_this_machine_cannot_be_reached(
    attempt: Callable[..., Outcome], listener: socket.socket
) -> None:
    outcome = attempt(f"socket.create_connection(('127.0.0.1', {listener.getsockname()[1]}))")
    assert "ConnectionRefusedError" in outcome.detail


@pytest.mark.parametrize(
    "deed",
    [
        "try: os.kill(os.getppid() or 1, 9)\nexcept OSError: pass",
        "try: os.kill(-1, 9)\nexcept OSError: pass",
        "assert not [name for name in os.environ if 'SECRET' in name or name == 'HF_TOKEN']",
        "assert sum(name.isdigit() for name in os.listdir('/proc')) < 6",
        "assert not os.path.exists(os.path.expanduser('~/.ssh')) and os.getuid() >= 0",
    ],
)
def test_harmless_inside(
    deed: str, attempt: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kills that reach nobody, secrets that are not there: it is scored like any other."""
    monkeypatch.setenv("MY_SECRET", "x")
    monkeypatch.setenv("HF_TOKEN", "x")
    assert attempt(deed).state == "scored"


def test_results_say_how_they_were_kept_apart(
    attempt: Callable[..., Outcome], workspace: Workspace
) -> None:
    attempt("pass")
    path = workspace.leaderboard / "results" / "colours" / "hostile.json"
    assert '"isolation": "sandbox"' in path.read_text(encoding="utf-8")


def test_without_walls_code_is_left_out_unless_trusted(
    workspace: Workspace, gallery: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walls, "missing", lambda: "there are no walls")
    quiet = lambda name: lambda stage, done, of: None  # noqa: E731
    chosen = load_all(workspace.submissions)
    place = find(str(gallery), workspace)
    (refused,) = run(Session(workspace, place, "cpu", False), chosen, quiet, costs=False)
    wanted = Outcome("healthy", "left out", "brings code of its own, and there are no walls")
    assert refused == wanted
    (scored,) = run(Session(workspace, place, "cpu", False, True), chosen, quiet, costs=False)
    assert scored.state == "scored"
    result = workspace.leaderboard / "results" / "colours" / "healthy.json"
    assert '"isolation": "process"' in result.read_text(encoding="utf-8")
