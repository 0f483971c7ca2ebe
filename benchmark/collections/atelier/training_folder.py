"""Training pictures on disk, in the Hugging Face ImageFolder layout, as many as are wanted."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import numpy as np

from benchmark.collections.atelier import captions
from benchmark.collections.atelier.draw import render
from benchmark.collections.atelier.training_scenes import training_scene
from benchmark.workspace import replacing

CHUNK = 200
"""Pictures of one task and one folder: what an interruption can lose."""
_QUALITY = 90


def render_training(
    count: int, seed: int, folder: Path, progress: Callable[[int, int], None]
) -> Path:
    """Draw the first `count` training pictures of a seed on all cores; go on where it stopped.

    Writes `folder/<chunk>/<index>.jpg` and `folder/metadata.jsonl` with file_name, captions
    (text, text_fr) and facts. Returns that file. `progress` is called with (done, in all).
    """
    starts = range(0, count, CHUNK)
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        tasks = [
            pool.submit(_chunk, folder, start, min(CHUNK, count - start), seed) for start in starts
        ]
        try:
            for done, task in enumerate(as_completed(tasks), 1):
                task.result()
                progress(min(done * CHUNK, count), count)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    rows = [row for start in starts for row in _written(folder, start)[: count - start]]
    with replacing(folder / "metadata.jsonl") as temporary:
        temporary.write_text("".join(rows), encoding="utf-8", newline="\n")
    return folder / "metadata.jsonl"


def _rows(folder: Path, start: int) -> Path:
    return folder / f"{start:08d}" / "rows.jsonl"


def _written(folder: Path, start: int) -> list[str]:
    path = _rows(folder, start)
    if not path.is_file():
        return []
    return path.read_text(encoding="utf-8").splitlines(keepends=True)


def _chunk(folder: Path, start: int, count: int, seed: int) -> None:
    path = _rows(folder, start)
    if len(_written(folder, start)) >= count:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = []
    for index in range(start, start + count):
        scene = training_scene(index, seed)
        rng = np.random.default_rng([scene.seed, 2])
        name = f"{path.parent.name}/{index:08d}.jpg"
        with replacing(folder / name) as temporary:
            render(scene).save(temporary, "JPEG", quality=_QUALITY)
        row = {
            "file_name": name,
            "id": f"train{seed:03d}-{index:08d}",
            "text": captions.english(scene, rng),
            "text_fr": captions.french(scene, rng),
            "facts": scene.facts(),
        }
        rows.append(json.dumps(row, ensure_ascii=False) + "\n")
    with replacing(path) as temporary:
        temporary.write_text("".join(rows), encoding="utf-8", newline="\n")
