"""Where a result comes from: digests of our code, stage by stage; libraries; the machine.

Each digest covers what can change its own stage and no more, so that touching the energy meter
leaves scores standing, and a new measure leaves runs standing.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmark.conversing import talk
from benchmark.plugins import modules
from benchmark.results import code_digest, stages
from benchmark.results.stages import Stage
from benchmark.scorers.measures import DEPTH
from benchmark.search.similarity import INNER_PRODUCT
from benchmark.submission import Submission
from benchmark.workspace import digest_of

_LIBRARIES = ("numpy", "torch", "open_clip_torch", "transformers", "pillow", "ranx", "scipy")


def encode_code(
    submission: Submission, below: Iterable[Submission] = (), pulled: bool = False
) -> str:
    """Digest of the code between a submission and its embeddings or lists.

    Of adapters its own alone; and its model table with all defaults, as a worker is told it. A
    pipeline's is that of all submissions `below`, which it stands on, and of what joins them.
    `pulled`: on a collection whose pictures are pulled.
    """
    parts = [f"depth {DEPTH}", *sorted(submission.inputs)]
    if pulled:
        parts.append(_digest(stages.PULLED))
    if submission.model is not None:
        model = submission.model
        parts += [_adapted(stages.ENCODE, model.adapter), model.model_dump_json()]
    if submission.pipeline is not None:
        parts += [_digest(stages.JOIN), rank_code(), submission.pipeline.model_dump_json()]
        below = list(below)
        parts += [encode_code(one) for one in below]
        named = [one.similarity for one in below if one.similarity != INNER_PRODUCT]
        parts += [rank_code(similarity) for similarity in named]
    return digest_of(*parts)


@cache
def rerank_code() -> str:
    """Digest of the code between a re-ranker and its scores, beside that of encoding."""
    return _digest(stages.RERANK)


@cache
def caption_code() -> str:
    """Digest of the code between a captioner and its captions, beside that of encoding."""
    return _digest(stages.CAPTION)


@cache
def rank_code(similarity: str = INNER_PRODUCT) -> str:
    """Digest of the code between embeddings and runs; of a similarity where one is named."""
    named = [] if similarity == INNER_PRODUCT else [_digest(stages.SIMILARITY), similarity]
    return digest_of(_digest(stages.RANK), f"depth {DEPTH}, of turns {talk.DEPTH}", *named)


@cache
def families_code() -> Mapping[str, str]:
    """Family of measures -> digest of the code between runs and its values."""
    return {name: _digest(stages.family(name)) for name in stages.families()}


@cache
def section_code() -> str:
    """Digest of the code that asks the families, and makes means and intervals of their values."""
    return _digest(stages.SECTION)


def score_code(families: Mapping[str, str] | None = None, section: str | None = None) -> str:
    """One digest of all code between runs and results: as it is now, or of what a result names."""
    families = families_code() if families is None else families
    parts = [part for name in sorted(families) for part in (name, families[name])]
    return digest_of(section_code() if section is None else section, *parts)


@cache
def space_code() -> str:
    """Digest of the code between embeddings and what they show beside the lists they give."""
    return _digest(stages.SPACE)


def measure_code(submission: Submission, below: Iterable[Submission] = ()) -> str:
    """Digest of the code that measures what a submission costs, its own adapter's included, and
    those of all `below`, which it stands on."""
    named = {one.model.adapter for one in (submission, *below) if one.model is not None}
    return digest_of(*(_adapted(stages.COSTS, adapter) for adapter in sorted(named)))


@cache
def audit_code() -> str:
    """Digest of the code, and of the world, between a seed and the verdict on a submission."""
    world = sorted((code_digest.PACKAGE / "collections" / "atelier" / "world").glob("*.csv"))
    names = tuple(path.relative_to(code_digest.PACKAGE).as_posix() for path in world)
    return _digest(Stage((*stages.AUDITS.first, *names), stages.AUDITS.without))


def libraries(requires: Iterable[str] = ()) -> dict[str, str]:
    """Versions of the libraries that numbers pass through, those a submission requires too."""
    names = (*_LIBRARIES, *(one.partition("==")[0] for one in requires))
    return {"python": platform.python_version(), **{name: _installed(name) for name in names}}


@cache
def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def machine() -> dict[str, str | int | float]:
    """Processor name, cores this process may use, memory in GiB."""
    import psutil

    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1,
        "memory_gb": round(psutil.virtual_memory().total / 2**30, 1),
    }


def _digest(stage: Stage) -> str:
    return code_digest.digest(stage.first, stage.without)


@cache
def _adapted(stage: Stage, adapter: str) -> str:
    """Digest of a stage's code with that of one adapter, and of none of the others."""
    others = (f"adapters/{name}.py" for name in modules("benchmark.adapters") if name != adapter)
    first = (*stage.first, f"adapters/{adapter}.py")
    return code_digest.digest(first, (*stage.without, *others))


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
