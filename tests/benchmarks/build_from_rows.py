"""Seconds and memory of a gallery that is built from a data set's rows, by the number of rows.

    python -m tests.benchmarks.build_from_rows [ROWS ...]

A stand-in for the hub, in a process of its own, serves 6,000 and 60,000 generated rows in parquet
files of 5,000, each with a picture of 32 by 32 pixels of noise (3 KB). Each gallery is built in a
process of its own; beside its peak stands that of one which has only imported what it needs.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import pyarrow as pa
from PIL import Image
from pyarrow import parquet

from tests.stand_in_hub import StandInHub

SHARD = 5_000
BUILD = """
import resource, sys, time
from pathlib import Path
from huggingface_hub import constants
url, folder, limit = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
constants.ENDPOINT = url
constants.HUGGINGFACE_CO_URL_TEMPLATE = url + "/{repo_id}/resolve/{revision}/{filename}"
import datasets
datasets.config.HF_ENDPOINT = url
from benchmark.collections.building import from_hub
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
before, began = peak(), time.perf_counter()
_, count, _ = from_hub.build("made", "museum/rows", "title=title", limit, folder,
                             lambda *told: None)
print(count, before, peak(), time.perf_counter() - began)
"""


def write(folder: Path, count: int) -> None:
    """So many rows of noise, in shards."""
    random = np.random.default_rng(0)
    folder.mkdir(parents=True)
    shards = range(0, count, SHARD)
    for number, begin in enumerate(shards):
        rows = []
        for n in range(begin, min(begin + SHARD, count)):
            stream = io.BytesIO()
            Image.fromarray(random.integers(0, 256, (32, 32, 3), np.uint8)).save(stream, "PNG")
            rows.append({"title": f"Title {n}", "image": {"bytes": stream.getvalue(), "path": ""}})
        path = folder / f"train-{number:05}-of-{len(shards):05}.parquet"
        parquet.write_table(pa.Table.from_pylist(rows), path, row_group_size=500)


def serve(folder: Path, tell: Connection) -> None:
    hub = StandInHub()
    hub.add("datasets", "museum/rows", folder)
    tell.send(hub.url)
    tell.recv()


def main() -> None:
    for rows in [int(word) for word in sys.argv[1:]] or [6_000, 60_000]:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            write(folder / "set" / "data", rows)
            here, there = Pipe()
            server = Process(target=serve, args=(folder / "set", there), daemon=True)
            server.start()
            command = [sys.executable, "-c", BUILD, here.recv(), str(folder / "made"), str(rows)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            here.send("enough")
            server.join()
        count, before, peak, seconds = map(float, done.stdout.split())
        print(
            f"{count:,.0f} of {rows:,} rows: {seconds:.1f} s, {rows / seconds:,.0f} rows/s, "
            f"peak {peak:.0f} MiB ({before:.0f} after imports)"
        )


if __name__ == "__main__":
    main()
