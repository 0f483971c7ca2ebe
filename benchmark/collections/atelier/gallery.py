"""Builds the gallery: 300 test paintings in the Hugging Face parquet layout.

    python -m benchmark.collections.atelier.gallery

The committed file is the truth; building again is for when the world changes.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmark.collections.atelier.commissions import COMMISSIONS
from benchmark.collections.atelier.draw import render
from benchmark.collections.atelier.grammar import GENRE_SHARES
from benchmark.collections.atelier.painters import PAINTERS
from benchmark.collections.atelier.scene import Scene, sample_scene
from benchmark.collections.atelier.titles import title
from benchmark.collections.atelier.vocabulary import GENRES, MANNERS
from benchmark.workspace import replacing

GALLERY = Path(__file__).parent / "gallery" / "test.parquet"
SEEDS = range(0, 40_000)  # training begins where these end
SIZE = 300
_TEXTS = ("id", "title", "artist", "date", "style", "genre", "school", "facts")
_QUALITY = 88


def choose(candidates: Sequence[Scene], size: int = SIZE) -> list[Scene]:
    """The gallery's scenes: commissions first, then whatever is rarest so far."""
    chosen: dict[str, Scene] = {}
    tally: Counter[str] = Counter()

    def hang(scene: Scene) -> None:
        chosen[scene.key()] = scene
        tally.update((scene.genre, scene.manner, scene.painter))

    def fullness(scene: Scene) -> float:
        genre = tally[scene.genre] / GENRE_SHARES[scene.genre]
        return genre + tally[scene.manner] * len(MANNERS) + tally[scene.painter] * len(PAINTERS)

    for commission in COMMISSIONS:
        fitting = [scene for scene in candidates if commission.met_by(scene)]
        for scene in _by_turns(fitting, chosen.keys())[: commission.number]:
            hang(scene)
    for start in range(0, len(candidates), 40):
        free = [s for s in candidates[start : start + 40] if s.key() not in chosen]
        if free and len(chosen) < size:
            hang(min(free, key=fullness))
    return list(chosen.values())


def _by_turns(scenes: Sequence[Scene], taken: Collection[str]) -> list[Scene]:
    """The scenes whose keys are free, one of each manner in turn."""
    free = {scene.key(): scene for scene in scenes if scene.key() not in taken}
    rank: Counter[str] = Counter()
    turns: list[tuple[int, int, Scene]] = []
    for scene in free.values():
        turns.append((rank[scene.manner], scene.seed, scene))
        rank[scene.manner] += 1
    return [scene for _, _, scene in sorted(turns, key=lambda turn: turn[:2])]


def rows(scenes: Sequence[Scene], seed: int = 7) -> Iterator[dict[str, Any]]:
    """Catalogue rows: ids in shuffled order, some fields blank, as museums have them."""
    rng = np.random.default_rng(seed)
    for number, at in enumerate(rng.permutation(len(scenes)), start=1):
        scene = scenes[int(at)]
        name = f"atl{number:05d}"
        buffer = io.BytesIO()
        render(scene).save(buffer, "JPEG", quality=_QUALITY, optimize=True)
        yield {
            "image": {"bytes": buffer.getvalue(), "path": f"{name}.jpg"},
            "id": name,
            "title": title(scene, rng),
            "artist": scene.painter,
            "date": str(scene.year),
            "style": MANNERS[scene.manner][0] if rng.random() < 0.5 else "",
            "genre": GENRES[scene.genre][0] if rng.random() < 0.7 else "",
            "school": scene.school,
            "facts": json.dumps(scene.facts(), ensure_ascii=False),
        }


def schema() -> pa.Schema:
    """The columns, with the metadata by which `datasets` decodes the image."""
    features: dict[str, dict[str, str]] = {"image": {"_type": "Image"}}
    features |= {name: {"dtype": "string", "_type": "Value"} for name in _TEXTS}
    image = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
    columns = [("image", image), *((name, pa.string()) for name in _TEXTS)]
    note = json.dumps({"info": {"features": features}})
    return pa.schema(columns, metadata={"huggingface": note})


def build(path: Path = GALLERY) -> int:
    """Write the gallery, whole or not at all, and return the number of paintings."""
    scenes = choose([sample_scene(seed) for seed in SEEDS])
    table = pa.Table.from_pylist(list(rows(scenes)), schema=schema())
    with replacing(path) as temporary:
        pq.write_table(table, temporary, compression="zstd", row_group_size=100)
    return int(table.num_rows)


if __name__ == "__main__":
    print(f"{build()} paintings in {GALLERY.name}, {GALLERY.stat().st_size / 1e6:.2f} MB")
