"""Where a result comes from: digests of our code, versions of libraries, the machine."""

from __future__ import annotations

import os
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmark.workspace import digest_of, file_digest

_PACKAGE = Path(__file__).parents[1]

_ENCODES = (
    "adapters",
    "abilities.py",
    "collections/base.py",
    "harness/evaluation/batching.py",
    "harness/evaluation/chunks.py",
    "harness/evaluation/disguise.py",
    "harness/evaluation/encode.py",
    "harness/evaluation/index.py",
    "harness/isolation/model.py",
    "harness/worker",
    "search/ranking.py",
    "search/ties.py",
)
"""Code that can change embeddings, or a searcher's lists."""

_MEASURES = (
    "adapters",
    "abilities.py",
    "search",
    "collections/base.py",
    "harness/isolation",
    "harness/profiling",
    "harness/worker",
    "energy.py",
)
"""Code that can change what a submission is measured to cost."""

_RANKS = (
    "search/exact.py",
    "search/ranking.py",
    "search/ties.py",
    "harness/evaluation/rank.py",
    "harness/evaluation/cache.py",
)
"""Code that can change a run once the embeddings stand."""

_SCORES = (
    "scorers",
    "collections/knowledge.py",
    "statistics.py",
    "tasks",
    "search/compression.py",
    "search/mmr.py",
)
"""Code that can change a score once the run stands."""

_AUDITS = (
    "collections/atelier",
    "queries/expressions.py",
    "queries/fresh.py",
    "queries/hanging.py",
    "queries/matching.py",
    "queries/rewording.py",
    "queries/wishes.py",
    "results/audit.py",
    "results/resampling.py",
    "results/retention.py",
    "statistics.py",
    "scorers",
)
"""Code that can change what a fresh gallery shows of a submission."""

_LIBRARIES = ("numpy", "torch", "open_clip_torch", "transformers", "pillow", "ranx", "scipy")


@cache
def encode_code() -> str:
    """Digest of the code between a submission and its embeddings."""
    return _code(_ENCODES)


@cache
def rank_code() -> str:
    """Digest of the code between embeddings and runs."""
    return _code(_RANKS)


@cache
def score_code() -> str:
    """Digest of the code between runs and scores."""
    return _code(_SCORES)


@cache
def measure_code() -> str:
    """Digest of the code that measures costs."""
    return _code(_MEASURES)


@cache
def audit_code() -> str:
    """Digest of the code between a seed and the verdict on a submission."""
    return _code(_AUDITS)


@cache
def libraries() -> dict[str, str]:
    """Versions of the libraries that numbers pass through."""
    found = {"python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "absent"
    return found


def machine() -> dict[str, str | int | float]:
    """Processor name, cores this process may use, memory in GiB."""
    import psutil

    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1,
        "memory_gb": round(psutil.virtual_memory().total / 2**30, 1),
    }


def _code(places: tuple[str, ...]) -> str:
    parts: list[str] = []
    for place in places:
        path = _PACKAGE / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            parts += [file.relative_to(_PACKAGE).as_posix(), file_digest(file)]
    return digest_of(*parts)


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
