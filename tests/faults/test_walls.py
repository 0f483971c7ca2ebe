"""What lies outside: read, written, mounted, traced, called; and what the kernel says of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest

import benchmark
from benchmark.collections.atelier.paths import graph_of
from benchmark.collections.registry import find
from benchmark.harness.evaluation import working
from benchmark.harness.evaluation.run import Outcome, run
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation import walls
from benchmark.submission import load_all
from benchmark.workspace import Workspace
from tests.faults.attack import Attack, Outcomes, check, fails, harmless

ROOT = Path(__file__).parents[2]
GONE = "FileNotFoundError: [Errno 2] No such file or directory: ..."
CALLS = """
libc = ctypes.CDLL(None, use_errno=True)
def refused(name, *arguments, wanted=(errno.EPERM,)):
    ctypes.set_errno(0)
    got = getattr(libc, name)(*arguments), ctypes.get_errno()
    assert got[0] == -1 and got[1] in wanted, (name, got)
"""


def unwritable(path: Path | str) -> str:
    """What is said first: that it is somebody else's, or that nothing can be written."""
    others = os.getuid() == 0 or not os.access(path, os.W_OK)
    return "...Permission denied: ..." if others else "...Read-only file system: ..."


def reads(path: Path | str) -> Attack:
    return fails(f"open({str(path)!r}, 'rb').read()", GONE)


ATTACKS = {
    "reads-judgments": reads(ROOT / "queries" / "atelier" / "qrels" / "test.tsv"),
    "reads-queries": reads(ROOT / "queries" / "atelier" / "queries.jsonl"),
    "reads-the-graph": reads(graph_of("test")),
    "reads-another": reads(ROOT / "submissions" / "palette-words" / "encoder.py"),
    "reads-results": reads(ROOT / "leaderboard" / "results"),
    "reads-accounts": reads("/etc/passwd"),
    "reads-the-host": reads("/etc/hostname"),
    "reads-beside-itself": reads("/submission/../checkout/submissions/a-healthy-one/encoder.py"),
    "writes-itself": fails("open(__file__, 'a')", unwritable("/tmp")),
    "writes-numpy": fails("open(np.__file__, 'a')", unwritable(np.__file__)),
    "writes-the-package": fails(
        "import benchmark; open(benchmark.__file__, 'a')", unwritable(benchmark.__file__)
    ),
    "writes-a-module": fails(
        "open('/submission/more.py', 'w')", "OSError: [Errno 30] Read-only file system: ..."
    ),
    "writes-the-system": fails(
        "open('/usr/lib/x', 'w')", "OSError: [Errno 30] Read-only file system: '/usr/lib/x'"
    ),
    "writes-the-root": fails(
        "open('/x', 'w')", "OSError: [Errno 30] Read-only file system: '/x'"
    ),
    "calls-the-world": fails(
        "socket.create_connection(('192.0.2.1', 80), timeout=2)",
        "OSError: [Errno 97] Address family not supported by protocol",
    ),
    "calls-this-machine": fails(
        "socket.create_connection(('127.0.0.1', 22))",
        "OSError: [Errno 97] Address family not supported by protocol",
    ),
    "asks-for-names": fails("socket.getaddrinfo('localhost', 80)", "gaierror: ..."),
    "what-the-kernel-says": harmless("""
said = dict(line.split(":", 1) for line in open("/proc/self/status"))
assert {int(said[f"Cap{kind}"], 16) for kind in ("Inh", "Prm", "Eff", "Bnd", "Amb")} == {0}
assert said["NoNewPrivs"].strip() == "1" and said["Seccomp"].strip() == "2"
assert 0 not in os.getresuid() + os.getresgid() and os.getgroups() in ([], [65534])"""),
    "mounts": harmless(CALLS + """
refused("mount", b"none", b"/tmp", b"tmpfs", 0, None)
refused("mount", b"/", b"/tmp", None, 4096, None)
refused("umount2", b"/submission", 2)
refused("pivot_root", b"/tmp", b"/tmp")
refused("chroot", b"/tmp")
for command in ("mount -t tmpfs none /tmp", "umount /submission", "unshare -Ur true",
                "unshare -m true", "chroot /tmp /bin/true", "nsenter -t 1 -m true"):
    done = subprocess.run(command.split(), capture_output=True)
    assert done.returncode, command"""),
    "makes-namespaces": harmless(CALLS + """
for flag in (0x10000000, 0x20000, 0x40000000, 0x20000000, 0x8000000, 0x4000000, 0x2000000):
    refused("unshare", flag)
    refused("clone", 0, 0, flag, 0, wanted=(errno.EPERM, errno.EINVAL))
    refused("setns", os.open("/proc/self/ns/user", os.O_RDONLY), flag)"""),
    "traces": harmless(CALLS + """
child = os.fork()
if child == 0: time.sleep(60)
for pid in (child, os.getppid(), 1):
    refused("ptrace", 16, pid, 0, 0)
    refused("process_vm_readv", pid, 0, 0, 0, 0, 0)
os.kill(child, 9); os.waitpid(child, 0)"""),
    "looks-at-others": harmless("""
pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]
assert len(pids) < 6, pids
for pid in pids:
    for name in ("environ", "cmdline"):
        try: held = open(f"/proc/{pid}/{name}", "rb").read()
        except PermissionError: continue
        assert b"SECRET" not in held and b"HF_TOKEN" not in held and b"qrels" not in held
    try: assert "home" not in os.listdir(f"/proc/{pid}/root")
    except PermissionError: pass
assert os.getppid() in pids
for path in ("/proc/0", f"/proc/{os.getppid() + 10**5}"): assert not os.path.exists(path)"""),
    "looks-for-secrets": harmless("""
assert not [name for name in os.environ if "SECRET" in name or name == "HF_TOKEN"]
assert os.environ["HOME"] == "/tmp" == os.getcwd()
assert not os.path.exists(os.path.expanduser("~/.ssh"))
for path in ("/home", "/var", "/sys", "/run", "/mnt"): assert not os.path.exists(path)"""),
    "inherits": harmless("""
held = {}
for name in os.listdir("/proc/self/fd"):
    try: held[int(name)] = os.readlink(f"/proc/self/fd/{name}")
    except OSError: pass  # the listing's own
assert held.pop(0) == "/dev/null"
assert len(held) == 4 and all(at.startswith("pipe:") for at in held.values()), held
assert {int(sys.argv[1]), int(sys.argv[2]), 1, 2} == set(held)"""),
    "writes-the-kernel": harmless("""
for path in ("/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/proc/sys/vm/drop_caches",
             "/proc/sys/kernel/hostname", "/proc/1/oom_adj_x", "/proc/sys/fs/file-max"):
    try: os.write(os.open(path, os.O_WRONLY), b"1")
    except OSError: continue
    raise AssertionError(path)"""),
    "opens-devices": harmless("""
import glob
assert not glob.glob("/dev/sd*") + glob.glob("/dev/vd*") + glob.glob("/dev/loop*")
for name in ("mem", "kmem", "port", "kmsg", "kvm", "fuse", "vsock", "net/tun", "console", "hpet"):
    try: os.open(f"/dev/{name}", os.O_RDWR)
    except OSError: continue
    raise AssertionError(name)"""),
    "makes-devices": harmless("""
import stat
for place in ("/tmp", "/dev/shm", "/dev"):
    for kind in (stat.S_IFBLK, stat.S_IFCHR):
        try: os.mknod(f"{place}/x", 0o666 | kind, os.makedev(1, 1))
        except OSError: continue
        raise AssertionError(place)"""),
    "becomes-root": harmless("""
import shutil
for deed in (lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.setgroups([0])):
    try: deed()
    except OSError: continue
    raise AssertionError
for name in ("su", "sudo", "mount", "passwd", "pkexec", "newuidmap"):
    if not (path := shutil.which(name)): continue
    code = "import os; os._exit(0 in os.getresuid())"
    done = subprocess.run([path, "-c", code], stdin=subprocess.DEVNULL, capture_output=True)
    assert done.returncode, name
shutil.copy(sys.executable, "/tmp/suid"); os.chmod("/tmp/suid", 0o4755)
done = subprocess.run(["/tmp/suid", "-c", "import os; print(os.geteuid())"], capture_output=True)
assert done.stdout.strip() in (b"", str(os.getuid()).encode())"""),
    "opens-sockets": harmless("""
for family in range(64):
    if family == socket.AF_UNIX: continue
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        try: socket.socket(family, kind)
        except OSError as error:
            assert error.errno == errno.EAFNOSUPPORT, (family, kind, error)
            continue
        raise AssertionError(family)"""),
    "finds-unix-sockets": harmless("""
lines = open("/proc/net/unix").read().splitlines()[1:]
assert not lines, lines
for name in ("\\0/tmp/.X11-unix/X0", "\\0/tmp/dbus-x", "\\0cimaise-faults"):
    try: socket.socket(socket.AF_UNIX).connect(name)
    except ConnectionRefusedError: continue
    raise AssertionError(name)"""),
    "types-into-terminals": harmless("""
import pty
try: os.open("/dev/tty", os.O_RDWR)
except OSError: pass
else: raise AssertionError("has a terminal")
leader, follower = pty.openpty()
for request in (0x5412, 0x541c, 0x5412 | 1 << 40):
    try: fcntl.ioctl(follower, request & 0xffffffff, b"x")
    except PermissionError: continue
    raise AssertionError(request)"""),
    "kills-others": harmless("""
for pid in (os.getppid() or 1, 1, -1):
    try: os.kill(pid, 9)
    except OSError: pass"""),
    "speaks-32-bits": fails(
        """
if platform.machine() != "x86_64": os.kill(os.getpid(), signal.SIGSYS)
code = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, 7)
code.write(bytes([0xb8, 20, 0, 0, 0, 0xcd, 0x80, 0xc3]))
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()""",
        "its process was killed by SIGSYS",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_costs_its_own_row(name: str, outcomes: Outcomes) -> None:
    check(ATTACKS[name], outcomes(name))


def test_what_is_not_seen_inside_is_there_outside() -> None:
    for name, attack in ATTACKS.items():
        if name.startswith("reads-") and str(ROOT) in attack.code:
            path = next(part for part in attack.code.split("'") if part.startswith(str(ROOT)))
            assert Path(path).exists(), path


def test_a_checkout_that_every_worker_sees_is_refused(
    workspace: Workspace, gallery: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under /usr, as in many containers, or where the checkout is Python's own prefix."""
    assert walls.show(Path("/usr/src/app/submissions/x"))
    assert walls.show(Path(sys.prefix) / "submissions" / "x")
    assert not walls.show(workspace.submissions)
    monkeypatch.setattr(working.warm, "start", lambda cache: None)
    monkeypatch.setattr(walls, "_SYSTEM", (*walls._SYSTEM, str(workspace.root)))
    quiet = lambda name: lambda stage, done, of: None  # noqa: E731
    session = Session(workspace, find(str(gallery), workspace), "cpu", False)
    (refused,) = run(session, load_all(workspace.submissions), quiet, costs=False)
    assert refused.state == "failed"
    assert refused.detail == (
        f"{workspace.submissions}: lies among the system's files or Python's, which every "
        "submission can read; move the checkout with its judgments elsewhere"
    )


def test_without_walls_code_is_left_out_unless_trusted(
    workspace: Workspace, gallery: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working.warm, "start", lambda cache: None)
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
