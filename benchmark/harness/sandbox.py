"""The walls around a worker, by bubblewrap: no network, nothing to read but what it needs.

Inside there are the system's libraries, Python with its packages, our package without its
galleries, the submission's own folder, its weights and the job's pictures, all read-only, and one
scratch folder. There is no home, no other submission, no judgment, no other process.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from benchmark.harness.job import Job

_PACKAGE = Path(__file__).parent.parent
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
_LOADER = ("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives")
_HIDDEN = (_PACKAGE / "collections" / "atelier" / "gallery",)
"""Parts of our package that no worker sees: the galleries with their graphs."""
_GPU = ("/dev/nvidia*", "/dev/nvidia-caps")


@cache
def available() -> bool:
    """Whether bubblewrap is installed and may make namespaces here."""
    if shutil.which("bwrap") is None:
        return False
    trial = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"]
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0


def walled(command: list[str], job: Job) -> list[str]:
    """The command that runs `command` inside the walls of a job."""
    walls = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session"]
    for name in _SYSTEM:
        path = Path(name)
        if path.is_symlink():
            walls += ["--symlink", str(path.readlink()), name]
        elif path.is_dir():
            walls += ["--ro-bind", name, name]
    for name in _LOADER:
        walls += ["--ro-bind-try", name, name]
    walls += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
    if job.device != "cpu":
        for pattern in _GPU:
            for device in sorted(Path("/").glob(pattern.lstrip("/"))):
                walls += ["--dev-bind", str(device), str(device)]
    for folder in _python():
        walls += _read_only(folder)
    walls += _read_only(_PACKAGE)
    for hidden in _HIDDEN:
        walls += ["--tmpfs", str(hidden)]
    walls += _read_only(job.submission.resolve())
    if job.snapshot is not None:
        walls += _read_only(job.snapshot.parent.parent)  # a snapshot links into its repository
    walls += _read_only(job.pictures) + _read_only(job.pictures.with_suffix(".npy"))
    if job.rows is not None:
        walls += _read_only(job.rows)
    walls += ["--bind", str(job.out), str(job.out), "--chdir", str(job.out)]
    return [*walls, "--", *command]


def _read_only(path: Path) -> list[str]:
    return ["--ro-bind", str(path), str(path)]


def _python() -> list[Path]:
    """Where this Python and its packages lie, outside of /usr."""
    places = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).parent}
    places |= {Path(sys.executable).resolve().parent.parent}
    found = {place.resolve() for place in places} | {Path(sys.prefix)}
    return sorted(place for place in found if not place.is_relative_to("/usr"))
