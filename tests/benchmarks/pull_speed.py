"""Pulling from Wikidata and Commons on the loopback: speed, and memory as collections grow.

    PYTHONPATH=. python tests/benchmarks/pull_speed.py [WORKS ...]

For each number of works (default: 8,400 and 60,000) a process of its own pulls them all at 500 px
from a server in another, without the pace of 25 Mbit/s, then comes again when all is there, then
reads the notes. Prints requests and MB a second, and its peak memory after each. Pictures are of
noise, 24 KB each, each with bytes of its own.
"""

from __future__ import annotations

import io
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
from PIL import Image

from benchmark.collections import pulled
from benchmark.collections.pulling.clock import Clock
from benchmark.collections.pulling.from_commons import Commons
from benchmark.collections.pulling.polite_http import Http
from benchmark.collections.pulling.pull import pull
from benchmark.collections.pulling.servers import Servers
from tests.collections.pulling.stand_in import CONTACT, File, Reply, StandIn, write_manifest


class Endless(Mapping[str, File]):
    """A file for every name: the same picture, with its own number at the end."""

    def __init__(self) -> None:
        noise = np.random.default_rng(0).integers(0, 256, (10, 12, 3), dtype=np.uint8)
        image = Image.fromarray(noise).resize((500, 400), Image.Resampling.BICUBIC)
        grain = np.random.default_rng(1).integers(-12, 13, (400, 500, 3))
        pixels = np.clip(np.asarray(image, np.int16) + grain, 0, 255).astype(np.uint8)
        stream = io.BytesIO()
        Image.fromarray(pixels).save(stream, "JPEG", quality=70)
        self._picture = stream.getvalue()

    def __getitem__(self, name: str) -> File:
        return File(Reply(self._picture + name.encode()))

    def __len__(self) -> int:
        return 1 << 40

    def __iter__(self):  # type: ignore[no-untyped-def]
        raise NotImplementedError


class Items(Mapping[str, list[tuple[str, str]]]):
    """Every item has a picture that is called after it."""

    def __getitem__(self, qid: str) -> list[tuple[str, str]]:
        return [("normal", f"Painting {qid}.jpg")]

    __len__ = Endless.__len__
    __iter__ = Endless.__iter__


def serve(channel: Connection) -> None:
    stand_in = StandIn()
    stand_in.files, stand_in.items = Endless(), Items()  # type: ignore[assignment]
    channel.send(stand_in.host)
    while channel.recv():
        channel.send(len(stand_in.asked))
        stand_in.asked.clear()


def peak_mb() -> float:
    """Of this process until now."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def client(host: str, works: int, folder: Path, channel: Connection) -> None:
    servers = Servers(f"http://{host}/wikidata", f"http://{host}/commons", host)
    manifest = write_manifest(folder / "paintings.parquet", [f"Q{n}" for n in range(1, works + 1)])
    figures: dict[str, float] = {"before": peak_mb()}
    for name in ("pulling", "coming again"):
        clock = Clock()
        gives = Commons(Http(CONTACT, servers, clock, bytes_per_s=1e12), 500)
        begun = time.perf_counter()
        account = pull(manifest, "noise", folder / "cache", gives, clock)
        assert account.pulled + account.there == works, account
        figures[f"{name} s"] = time.perf_counter() - begun
        figures[f"{name} MB"] = account.bytes / 1e6
        figures[name] = peak_mb()
    begun = time.perf_counter()
    found = pulled.load(folder / "cache", "noise")
    assert found is not None and len(found.pictures) == works
    figures["loading s"] = time.perf_counter() - begun
    figures["loading"] = peak_mb()
    channel.send(figures)


def main() -> None:
    numbers = [int(one) for one in sys.argv[1:]] or [8_400, 60_000]
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    server = spawn.Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    host = ours.recv()
    for works in numbers:
        with tempfile.TemporaryDirectory(dir=".") as folder:
            here, there = spawn.Pipe()
            child = spawn.Process(target=client, args=(host, works, Path(folder), there))
            child.start()
            figures = here.recv()
            child.join()
        ours.send(True)
        seconds, requests = figures["pulling s"], ours.recv()
        print(
            f"{works:,} works: {seconds:.1f} s, {works / seconds:.0f} pictures and "
            f"{requests / seconds:.0f} requests a second, {figures['pulling MB'] / seconds:.1f} "
            f"MB/s; again {figures['coming again s']:.1f} s; notes read in "
            f"{figures['loading s']:.2f} s"
        )
        print(
            f"  peak memory: before {figures['before']:.0f} MB, pulled {figures['pulling']:.0f}, "
            f"again {figures['coming again']:.0f}, with all notes {figures['loading']:.0f}"
        )
    ours.send(False)


if __name__ == "__main__":
    main()
