"""Memory, files, processes, time: taken in every way, and what nobody counts."""

from __future__ import annotations

import platform
from contextlib import suppress
from pathlib import Path

import pytest

from benchmark.errors import SubmissionFailed
from tests.faults.attack import (
    SCORED,
    SHORT,
    TIGHT,
    TOO_LONG,
    Attack,
    Outcomes,
    check,
    encoder,
    fails,
    harmless,
)
from tests.faults.conftest import standing

MEMORY = "used more than 0.6 GB of memory (limits.memory_gb)"
FILES = "made more than 10,000 files"
PROCESSES = "started more than 12 processes (limits.processes)"
ROOMY = "\n[limits]\nwall_s = 20\nmemory_gb = 0.6\nscratch_gb = 2\nprocesses = 12\n"

MAPPED = """
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
"""

ATTACKS = {
    "memory-by-a-list": fails(
        "kept = []\nwhile True: kept.append(np.ones(3_000_000)); time.sleep(0.01)", MEMORY
    ),
    "memory-by-children": fails(
        """
for _ in range(8):
    if os.fork() == 0: kept = np.ones(2 * 10**7); time.sleep(60)
time.sleep(60)""",
        MEMORY,
    ),
    "memory-by-files": fails(
        "for n in range(99): open(f'f{n}', 'wb').write(bytes(10**7)); time.sleep(0.02)",
        MEMORY,
        ROOMY,
    ),
    "memory-by-files-in-shm": fails(
        "for n in range(99): open(f'/dev/shm/{n}', 'wb').write(bytes(10**7)); time.sleep(0.02)",
        MEMORY,
        ROOMY,
    ),
    "memory-by-deleted-files": fails(
        """
kept = []
for n in range(99):
    kept.append(open("f", "wb")); os.unlink("f"); kept[-1].write(bytes(10**7)); time.sleep(0.02)""",
        MEMORY,
        ROOMY,
    ),
    "memory-by-page-tables": fails(
        MAPPED
        + """
start = libc.mmap(None, 2**42, mmap.PROT_READ, 0x4022, -1, 0)
libc.madvise(start, 2**42, 15)
for place in range(start, start + 2**42, 2**21): ctypes.string_at(place, 1)""",
        MEMORY,
    ),
    "memory-shared-and-dropped": fails(
        "mmap.mmap(-1, 10**9)", "OSError: [Errno 12] Cannot allocate memory"
    ),
    "memory-of-zeros": fails(
        "mmap.mmap(os.open('/dev/zero', os.O_RDWR), 10**9)", "OSError: [Errno 19] No such device"
    ),
    "memory-in-descriptors": fails(
        "os.memfd_create('x')", "OSError: [Errno 38] Function not implemented"
    ),
    "memory-in-large-buffers": fails(
        "socket.socketpair()[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 10**7)",
        "PermissionError: [Errno 1] Operation not permitted",
    ),
    "memory-in-sockets": fails(
        """
kept = []
for _ in range(400):
    kept += socket.socketpair()
time.sleep(60)""",
        "opened more than 256 sockets",
    ),
    "memory-in-pipes": Attack(
        encoder("""
kept = []
try:
    while True:
        kept.append(os.pipe()); os.set_blocking(kept[-1][1], False)
        try: fcntl.fcntl(kept[-1][1], 1031, 2**20)
        except OSError: pass
        os.write(kept[-1][1], bytes(2**20))
except OSError as error:
    assert error.errno == errno.EMFILE and len(kept) < 512
for pair in kept:
    for one in pair: os.close(one)"""),
        SCORED,
        "scored",
    ),
    "memory-beyond-its-own": fails(
        "libc = np.empty(4 * 10**9, np.uint8)", "MemoryError: Unable to allocate 3.73 GiB for ..."
    ),
    "a-file-too-large": fails(
        "open('big', 'wb').truncate(10**10)", "OSError: [Errno 27] File too large"
    ),
    "files-beyond-its-scratch": fails(
        "for n in range(99): open(f'f{n}', 'wb').write(bytes(10**6))",
        "OSError: [Errno 28] No space left on device",
    ),
    "a-hundred-thousand-files": fails(
        "for n in range(10**5): open(f'f{n}', 'w')\ntime.sleep(60)", FILES
    ),
    "deep-folders": fails(
        "for n in range(10**5): os.mkdir('d'); os.chdir('d')\ntime.sleep(60)", FILES
    ),
    "a-hundred-thousand-links": fails(
        "for n in range(10**5): os.symlink('x' * 100, f's{n}')\ntime.sleep(60)", FILES
    ),
    "fork-bomb": fails(
        """
while True:
    try: os.fork()
    except OSError: time.sleep(0.1)""",
        PROCESSES,
        TIGHT.replace("0.6", "6"),
    ),
    "zombies": fails(
        """
for _ in range(30):
    if os.fork() == 0: os._exit(0)
time.sleep(60)""",
        PROCESSES,
    ),
    "thread-bomb": fails(
        "while True: threading.Thread(target=time.sleep, args=(60,)).start()",
        "RuntimeError: can't start new thread",
    ),
    "descriptors": fails(
        "kept = [open('/dev/null') for _ in range(2000)]",
        "OSError: [Errno 24] Too many open files: '/dev/null'",
    ),
    "prints-without-end": fails("while True: print('x' * 10**6)", "printed more than 64 MiB"),
    "sleeps": fails("time.sleep(600)", TOO_LONG, SHORT),
    "spins": fails(
        """
for _ in range(os.cpu_count() + 1):
    if os.fork() == 0:
        while True: pass
while True: pass""",
        TOO_LONG,
        SHORT,
    ),
    "spins-and-answers-not": fails("while True: os.sched_yield()", TOO_LONG, SHORT),
    "raises-its-limits": harmless("""
for kind in ("CPU", "FSIZE", "DATA", "NOFILE", "CORE"):
    kind = getattr(resource, f"RLIMIT_{kind}")
    soft, hard = resource.getrlimit(kind)
    assert soft == hard != resource.RLIM_INFINITY
    try: resource.setrlimit(kind, (soft, hard + 1))
    except (ValueError, PermissionError): continue
    raise AssertionError(kind)"""),
    "asks-for-priority": harmless("""
for deed in (lambda: os.nice(-1), lambda: os.sched_setscheduler(0, 1, os.sched_param(1))):
    try: deed()
    except PermissionError: continue
    raise AssertionError"""),
    "what-nobody-counts": harmless("""
from benchmark.harness.isolation import seccomp
libc = ctypes.CDLL(None, use_errno=True)
tables = (seccomp._ABSENT, errno.ENOSYS), (seccomp._REFUSED, errno.EPERM)
for table, wanted in tables:
    for number in table[platform.machine()]:
        ctypes.set_errno(0)
        assert libc.syscall(number, 0, 0, 0, 0, 0, 0) == -1, number
        assert ctypes.get_errno() == wanted, number"""),
}
if platform.machine() not in ("x86_64", "aarch64"):  # no filter is written for others
    for name in ("what-nobody-counts", "memory-shared-and-dropped", "memory-in-descriptors"):
        del ATTACKS[name]


@pytest.mark.parametrize("name", ATTACKS)
def test_costs_its_own_row(name: str, outcomes: Outcomes) -> None:
    check(ATTACKS[name], outcomes(name))


def test_the_kernel_would_end_it_first(tmp_path: Path) -> None:
    """Whatever it says of itself: bubblewrap goes first, and takes all with it."""
    deed = "open('/proc/self/oom_score_adj', 'w').write('-1000')"
    with standing(tmp_path, encoder(deed)) as model:
        with suppress(SubmissionFailed):
            model.texts(["a red field"])
        outer = Path(f"/proc/{model._process.pid}/oom_score_adj")
        assert outer.read_text() == "1000\n"
        assert "bwrap" in outer.with_name("cmdline").read_text()


def test_a_high_water_mark_that_is_cleared_was_seen(tmp_path: Path) -> None:
    deed = """
kept = np.ones(5 * 10**7); time.sleep(0.5); del kept
open("/proc/self/clear_refs", "w").write("5"); time.sleep(0.3)"""
    with standing(tmp_path, encoder(deed)) as model:
        model.texts(["a red field"])
        assert model.watch.highest() > 4 * 10**8
