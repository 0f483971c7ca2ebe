"""After the end of a process nothing that it started is alive, whatever session it is in."""

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from benchmark.harness.isolation import walls
from benchmark.harness.isolation.process_tree import end

# A process, its child in a session of its own, and that one's child, which writes for ever.
WRITER = "import itertools\nfor i in itertools.count(): open(f'{i % 50}', 'wb').write(bytes(10**6))"
MIDDLE = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {WRITER!r}])"
OUTER = (
    "import subprocess, sys; "
    f"subprocess.run([sys.executable, '-c', {MIDDLE!r}], start_new_session=True)"
)


def started(command: list[str], place: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(command, cwd=place, start_new_session=True)
    while not (place / "9").exists():
        time.sleep(0.01)
    return process


def test_nothing_it_started_is_alive(tmp_path: Path) -> None:
    process = started([sys.executable, "-c", OUTER], tmp_path)
    tree = psutil.Process(process.pid).children(recursive=True)
    assert len(tree) == 2
    end(process)
    assert process.returncode == -9
    assert [one for one in tree if one.is_running() and one.status() != "zombie"] == []


@pytest.mark.skipif(bool(walls.missing()), reason="no walls here")
@pytest.mark.parametrize("_", range(5))
def test_walled_writers_have_stopped_when_it_returns(tmp_path: Path, _: int) -> None:
    """Regression: a folder filled anew while it was being deleted."""
    inside = [
        walls._bwrap(),
        "--unshare-all",
        "--die-with-parent",
        "--new-session",
        "--bind",
        "/",
        "/",
    ]
    inside += ["--dev", "/dev", "--chdir", str(tmp_path)]
    process = started([*inside, sys.executable, "-c", WRITER], tmp_path)
    end(process)
    for path in tmp_path.iterdir():
        path.unlink()
    time.sleep(0.05)
    assert list(tmp_path.iterdir()) == []


def test_one_that_has_ended_already_is_no_error() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""], start_new_session=True)
    process.wait()
    end(process)
    assert process.returncode == 0
