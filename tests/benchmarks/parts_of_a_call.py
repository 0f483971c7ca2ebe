"""Where a model's time goes: preparing a picture, the network, a query. Milliseconds, medians.

    python tests/benchmarks/parts_of_a_call.py atelier-teacher atelier-student-distilled ...

Pictures of the atelier in batches of 64, queries one by one, in this process.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np

from benchmark.adapters import load
from benchmark.adapters.onnx import OnnxEncoder
from benchmark.collections.registry import find
from benchmark.queries.load import of
from benchmark.submission import load as load_submission
from benchmark.workspace import Workspace

BATCH, WARM_UP = 64, 3


def main(names: list[str]) -> None:
    workspace = Workspace(Path.cwd())
    place = find("atelier", workspace)
    collection = place.open()
    pictures = [collection.image(row).convert("RGB") for row in range(BATCH)]
    texts = cycle([query.text for query in of(place, collection).queries])
    for name in names:
        folder = workspace.submissions / name
        model: Any = load(folder, load_submission(folder).model, None, "cpu")
        prepare = model._prepare if isinstance(model, OnnxEncoder) else model._preprocess
        query = spent(lambda one: one.encode_texts([next(texts)]), model, 400)
        whole = spent(lambda one: one.encode_images(pictures), model, 15) / BATCH
        before = spent(lambda one: [one(picture) for picture in pictures], prepare, 15) / BATCH
        print(
            f"{name:32} query {query:.2f}; picture {whole:.2f}, "
            f"of which preparing {before:.2f} and the network {whole - before:.2f}"
        )


def spent(call: Callable[[Any], Any], given: Any, times: int) -> float:
    """Median milliseconds of `call(given)`."""
    found = []
    for _ in range(WARM_UP + times):
        began = time.perf_counter()
        call(given)
        found.append(time.perf_counter() - began)
    return 1000 * float(np.median(found[WARM_UP:]))


if __name__ == "__main__":
    main(sys.argv[1:])
