"""Limits that the kernel holds, and what is seen from outside."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmark.errors import SubmissionFailed
from benchmark.harness.isolation import limits
from benchmark.harness.isolation.limits import Watch, grouped, tasks
from benchmark.submission import Limits

SMALL = Limits(wall_s=30, memory_gb=0.5, scratch_gb=0.25, processes=4)


def test_what_is_held_cannot_be_raised_again() -> None:
    code = """
import json, resource, sys
from benchmark.harness.isolation.limits import hold
from benchmark.submission import Limits
hold(Limits.model_validate_json(sys.argv[1]), walled=True)
names = ("CPU", "FSIZE", "DATA", "NOFILE", "CORE", "NPROC")
print(json.dumps({name: resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in names}))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, SMALL.model_dump_json()],
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    cores = os.cpu_count() or 1
    wanted = {"CPU": 30 * cores, "FSIZE": 250_000_000, "DATA": 2_500_000_000, "NOFILE": 1024}
    wanted |= {"CORE": 0, "NPROC": 4 + 8 * cores + 32}
    assert {name: soft for name, (soft, _) in found.items()} == wanted
    assert {name: hard for name, (_, hard) in found.items()} == wanted
    assert tasks(SMALL) == wanted["NPROC"]


def test_a_lower_limit_of_the_machine_stays() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    code = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (200, 200))
from benchmark.harness.isolation.limits import hold
from benchmark.submission import Limits
hold(Limits(), walled=False)
print(resource.getrlimit(resource.RLIMIT_NOFILE))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "(200, 200)\n"
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (soft, hard)


def watched(code: str, given: Limits, seconds: float = 20) -> str:
    """The verdict on a process that runs `code`."""
    process = subprocess.Popen([sys.executable, "-c", code])
    try:
        watch, until = Watch(process.pid, given), time.monotonic() + seconds
        while time.monotonic() < until:
            watch.look()
            time.sleep(0.02)
    except SubmissionFailed as error:
        return str(error)
    finally:
        process.kill()
        process.wait()
    return ""


@pytest.mark.parametrize(
    ("code", "verdict"),
    [
        (
            "kept = b'x' * 700_000_000\nimport time; time.sleep(60)",
            "used more than 0.5 GB of memory (limits.memory_gb)",
        ),
        (
            "import subprocess, time\n"
            "kept = [subprocess.Popen(['sleep', '30']) for _ in range(6)]\n"
            "try: time.sleep(60)\nfinally: [one.kill() for one in kept]",
            "started more than 4 processes (limits.processes)",
        ),
    ],
)
def test_what_is_seen_from_outside(code: str, verdict: str) -> None:
    assert watched(code, SMALL) == verdict


def test_the_highest_that_the_kernel_saw() -> None:
    code = "kept = b'x' * 300_000_000\ndel kept\n"
    code += "print('ready', flush=True)\nimport time; time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        watch = Watch(process.pid, Limits())
        assert watch.count() < 200_000_000
        assert watch.highest() > 300_000_000
    finally:
        process.kill()
        process.wait()


def test_a_control_group_where_the_system_gives_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A stand-in for systemd-run, which runs what it is given as a scope does: in its place."""
    stand_in = tmp_path / "systemd-run"
    stand_in.write_text('#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done\nshift\nexec "$@"\n')
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(limits.Path, "is_file", lambda path: True)
    monkeypatch.setattr(limits, "scope", limits.scope.__wrapped__)
    command = grouped(["echo", "in place"], SMALL)
    head = command[: command.index("-p")]
    assert head == ["systemd-run", "--scope", "--quiet", "--collect"] + (
        [] if os.getuid() == 0 else ["--user"]
    )
    assert command[len(head) :] == [
        "-p", "MemoryMax=500000000", "-p", "MemorySwapMax=0", "-p", f"TasksMax={tasks(SMALL)}",
        "--", "choom", "-n", "1000", "--", "echo", "in place",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "in place\n"


def test_no_control_group_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.shutil, "which", lambda name: None)
    assert limits.scope.__wrapped__() == ()
