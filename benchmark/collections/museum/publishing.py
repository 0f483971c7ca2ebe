"""Write the manifests, graphs and lists of what was left out, of both galleries of the museum.

    python -m benchmark.collections.museum.publishing

The committed files are what this makes; pin them afterwards (see `collections.pins`).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from benchmark.collections.declaration import ROWS
from benchmark.collections.museum import cataloguing, manifest, small_tables
from benchmark.collections.museum.admission import Left, core, museum
from benchmark.collections.museum.paths import (
    CATALOGUE,
    CORE,
    FACTS,
    GALLERY,
    LEFT_OUT,
    MUSEUM,
)
from benchmark.errors import one_line


def publish(museum_folder: Path = MUSEUM, core_folder: Path = CORE) -> None:
    """Write all files of both galleries; the same bytes at every call.

    The facts of museum-core follow from its annotations, and are not written here.
    """
    taken, left = museum()
    manifest.write(taken, museum_folder / GALLERY / ROWS)
    cataloguing.write(taken, museum_folder / GALLERY / CATALOGUE, holdings=True, depictions=False)
    cataloguing.write(taken, museum_folder / GALLERY / FACTS, holdings=False, depictions=True)
    _write_left(left, museum_folder / LEFT_OUT)
    taken, left = core()
    manifest.write(taken, core_folder / GALLERY / ROWS)
    cataloguing.write(taken, core_folder / GALLERY / CATALOGUE, holdings=True, depictions=True)
    _write_left(left, core_folder / LEFT_OUT)


def _write_left(left: Iterable[Left], path: Path) -> None:
    rows = ((work.qid, work.title, work.reason) for work in left)
    small_tables.write(path, ("qid", "title", "reason"), rows)


if __name__ == "__main__":
    with one_line():
        publish()
