"""The written pages of the docs, in a checkout whose site is to be built."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
"""Our own checkout."""


def lay_docs(root: Path) -> None:
    """Put into a checkout what the site is built of beside results."""
    for name in ("docs", "benchmark"):
        (root / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
