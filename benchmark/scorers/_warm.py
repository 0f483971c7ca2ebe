"""Compile ranx's kernels once per installation, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np

from benchmark.records import Run


def start(cache: Path) -> subprocess.Popen[bytes] | None:
    """Begin compiling in a process of lowest priority.

    None when this installation has compiled before. Ends with the caller's wait().
    """
    if _mark(cache).is_file():
        return None
    return subprocess.Popen(
        [sys.executable, "-m", "benchmark.scorers._warm", str(cache)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C goes to the parent, which ends this one by itself
    )


def _mark(cache: Path) -> Path:
    packages = "-".join(f"{name}{version(name)}" for name in ("ranx", "numba"))
    return cache / f"compiled-{packages}"


def _compile(cache: Path) -> None:
    from benchmark.scorers.relevance import relevance

    run = Run(("q",), (("a",),), (np.ones(1, np.float32),))
    relevance(run, {"q": {"a": 1}}, ["q"])
    cache.mkdir(parents=True, exist_ok=True)
    _mark(cache).touch()


if __name__ == "__main__":
    os.nice(19)
    _compile(Path(sys.argv[1]))
