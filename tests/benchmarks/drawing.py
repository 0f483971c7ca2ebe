"""How long a picture of the atelier takes to draw, on one core, by style.

    python tests/benchmarks/drawing.py [PICTURES]

The budget is 60 ms a picture.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from statistics import mean, median

import cv2

from benchmark.collections.atelier.draw import render
from benchmark.collections.atelier.sampling import sample_scene

if __name__ == "__main__":
    cv2.setNumThreads(1)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    spent: dict[str, list[float]] = defaultdict(list)
    for seed in range(count):
        scene = sample_scene(seed)
        start = time.perf_counter()
        render(scene)
        spent[scene.style].append(1e3 * (time.perf_counter() - start))
    for style, times in sorted(spent.items(), key=lambda item: median(item[1])):
        print(f"{style:14} median {median(times):5.1f} ms, slowest {max(times):5.1f}")
    everything = [value for times in spent.values() for value in times]
    print(f"{'all':14} mean   {mean(everything):5.1f} ms, slowest {max(everything):5.1f}")
