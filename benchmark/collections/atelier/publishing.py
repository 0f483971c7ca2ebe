"""The galleries on disk: paintings as parquet in the Hugging Face layout, and their graphs.

The committed files are the truth, and their digests are pinned (see `collections.pins`).
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmark.collections.atelier.cataloguing import write as write_catalogue
from benchmark.collections.atelier.draw import render
from benchmark.collections.atelier.paths import GALLERY, GRAPH, HOME, PAINTINGS, SPLITS
from benchmark.collections.atelier.scene import Scene
from benchmark.collections.atelier.titles import title
from benchmark.collections.atelier.triples import write as write_graph
from benchmark.collections.atelier.vocabulary import GENRES, STYLES
from benchmark.collections.pins import pin
from benchmark.workspace import replacing

_TEXTS = ("id", "title", "artist", "date", "style", "genre", "school")
_QUALITY = 86
_INITIALS = {"test": "atl", "dev": "atd"}


def hang(split: str, scenes: Sequence[Scene], progress: Callable[[int, int], None]) -> None:
    """Draw the scenes of a split and write its paintings, its graphs and their pins."""
    folder = GALLERY / split
    rng = np.random.default_rng(SPLITS.index(split))
    order = [scenes[int(i)] for i in rng.permutation(len(scenes))]
    named = [
        (f"{_INITIALS[split]}{number:05d}", title(scene, rng), scene)
        for number, scene in enumerate(order, 1)
    ]
    rows = []
    with ProcessPoolExecutor() as pool:
        for row in pool.map(
            catalogue_row, named, [int(rng.integers(4)) for _ in named], chunksize=20
        ):
            rows.append(row)
            progress(len(rows), len(named))
    table = pa.Table.from_pylist(rows, schema=schema())
    with replacing(folder / PAINTINGS) as temporary:
        pq.write_table(table, temporary, compression="zstd", row_group_size=100)
    write_graph(named, folder / GRAPH)
    write_catalogue(folder)
    pin(HOME)


def catalogue_row(named: tuple[str, str, Scene], blank: int) -> dict[str, Any]:
    """A catalogue row; some fields are blank, as museums have them."""
    name, said, scene = named
    buffer = io.BytesIO()
    render(scene).save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return {
        "image": {"bytes": buffer.getvalue(), "path": f"{name}.jpg"},
        "id": name,
        "title": said,
        "artist": scene.painter.name,
        "date": str(scene.year),
        "style": STYLES[scene.style][0] if blank % 2 else "",
        "genre": GENRES[scene.genre][0] if blank else "",
        "school": scene.painter.school,
    }


def schema() -> pa.Schema:
    """The columns, with the metadata by which `datasets` decodes the image."""
    features: dict[str, dict[str, str]] = {"image": {"_type": "Image"}}
    features |= {name: {"dtype": "string", "_type": "Value"} for name in _TEXTS}
    image = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
    columns = [("image", image), *((name, pa.string()) for name in _TEXTS)]
    note = json.dumps({"info": {"features": features}})
    return pa.schema(columns, metadata={"huggingface": note})
