"""The command: what it says, what it refuses, and how it ends."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmark.workspace import Workspace

ROOT = Path(__file__).parents[2]


@contextmanager
def served(workspace: Workspace, gallery: Path, *more: str) -> Iterator[tuple[psutil.Popen, str]]:
    """The command in a process of its own, and its address."""
    command = [sys.executable, "-m", "benchmark", "demo", "--collection", str(gallery), *more]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = psutil.Popen(
        command, cwd=workspace.root, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found, line + process.stdout.read()
        yield process, found[0]
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
        process.wait()


def test_it_serves_this_machine_alone_and_ends_without_a_trace(
    checkout: tuple[Workspace, Path],
) -> None:
    workspace, gallery = checkout
    before = {path for path in workspace.root.rglob("*") if ".cimaise" not in path.parts}
    with served(workspace, gallery, "--port", "0") as (process, address):
        with urllib.request.urlopen(f"{address}picture/0") as answer:
            assert answer.headers["Content-Type"] == "image/jpeg"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        for path in ("picture/8", "picture/-1", "picture/x", "docs", "openapi.json"):
            assert _status(address + path) in (404, 422), path
        assert _status(address, host="elsewhere.example") == 400
        (listening,) = {one.laddr.ip for one in process.net_connections() if one.status == "LISTEN"}
        assert listening == "127.0.0.1"
        until = time.monotonic() + 30
        while not (workers := process.children(recursive=True)):
            assert time.monotonic() < until
            time.sleep(0.05)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert process.stdout.read() == ""
        psutil.wait_procs(workers, 2)
        assert not [one for one in workers if _works(one)]
    after = {path for path in workspace.root.rglob("*") if ".cimaise" not in path.parts}
    assert after == before


def test_a_taken_port_is_one_line_with_a_remedy(checkout: tuple[Workspace, Path]) -> None:
    workspace, gallery = checkout
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "benchmark", "demo", "-c", str(gallery), "--port", str(port)],
            cwd=workspace.root, env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert re.fullmatch(rf"error: --port {port}: is taken; try --port \d+\n", done.stderr)


def _works(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _status(address: str, host: str = "") -> int:
    request = urllib.request.Request(address, headers={"Host": host} if host else {})
    try:
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
