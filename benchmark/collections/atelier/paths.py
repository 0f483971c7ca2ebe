"""The digests of the published galleries: a gallery that differs is not scored."""

from __future__ import annotations

import json
from pathlib import Path

from benchmark.errors import BadInput
from benchmark.workspace import file_digest, replacing

GALLERY = Path(__file__).parent / "gallery"
SPLITS = ("test", "dev")
PAINTINGS, GRAPH = "paintings.parquet", "graph.ttl"
PINS = GALLERY / "pins.json"


def pin() -> None:
    """Write down the galleries as they lie there now."""
    pins = {
        f"{split}/{name}": file_digest(GALLERY / split / name)
        for split in SPLITS
        for name in (PAINTINGS, GRAPH)
        if (GALLERY / split / name).is_file()
    }
    with replacing(PINS) as temporary:
        temporary.write_text(json.dumps(pins, indent=1) + "\n")


def check(folder: Path) -> None:
    """Raise BadInput unless every file of a gallery's folder is the published one."""
    for name, digest in json.loads((folder.parent / PINS.name).read_text()).items():
        path = folder.parent / name
        if path.parent == folder and (not path.is_file() or file_digest(path) != digest):
            raise BadInput(
                path,
                "is not the published gallery, so it is not scored",
                "restore it: git checkout -- benchmark/collections/atelier/gallery",
            )
