"""How a submission becomes a model: one file an adapter, found by reading this folder.

Each says all of itself in its ADAPTER; importing it brings in no library of models.
"""

from benchmark.adapters._adapter import (
    Adapter,
    ModelTable,
    Repository,
    adapters,
    brings_code,
    declared,
    load,
    pinned,
)
from benchmark.adapters._counting import count
from benchmark.adapters._weights import digest, fetch, snapshot_files, waits

__all__ = [
    "Adapter",
    "ModelTable",
    "Repository",
    "adapters",
    "brings_code",
    "count",
    "declared",
    "digest",
    "fetch",
    "load",
    "pinned",
    "snapshot_files",
    "waits",
]
