"""Seconds and memory of a gallery that is built from a SPARQL endpoint, by the number of works.

    python -m tests.benchmarks.build_gallery [WORKS ...]

A server on the loopback, in a process of its own, makes up the pages of 6,000 and of 60,000
works, 10 rows each, as the shipped query would be answered. Each gallery is built in a process of
its own; beside its peak stands that of one which has only imported what it needs.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import parse_qs

LISTS = ("movement", "genre", "material", "material", "museum", *("depicts",) * 4)
ROWS = 1 + len(LISTS)
"""Of a work: one for what has one value, one for each item of a list."""
ENTITY = "http://www.wikidata.org/entity/Q"
BUILD = """
import resource, sys, time
from pathlib import Path
import pyoxigraph
from benchmark.collections.building import from_query
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
url, folder, limit = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
query = Path(from_query.__file__).with_name("paintings.rq")
before, began = peak(), time.perf_counter()
_, count = from_query.build("generated", query, limit, url, folder / "generated", folder / "cache",
                            print, lambda *told: None)
print(count, before, peak(), time.perf_counter() - began)
"""


def binding(number: int, works: int) -> dict[str, dict[str, str]]:
    """Row `number` of so many works: the facts of a painting, or one value of a list."""
    work, part = divmod(number, ROWS)
    # Numbers of seven digits, so that addresses are ordered as numbers are.
    row = {"painting": {"type": "uri", "value": f"{ENTITY}{1_000_000 + work}"}}

    def text(name: str, value: str) -> None:
        row[name] = {"type": "literal", "xml:lang": "en", "value": value}

    if part == 0:
        text("title", f"Landscape with a river and figures, number {work}")
        text("title_fr", f"Paysage avec rivière et personnages, numéro {work}")
        text("artist", f"Painter number {work % 4000}")
        text("born", f"{1500 + work % 350}-01-01T00:00:00Z")
        text("died", f"{1560 + work % 350}-01-01T00:00:00Z")
        text("date", f"{1540 + work % 350}-01-01T00:00:00Z")
        address = f"http://commons.wikimedia.org/wiki/Special:FilePath/Landscape%20{work}.jpg"
        row["file"] = {"type": "uri", "value": address}
    else:
        name = LISTS[part - 1]
        text(name, f"{name} {part} of {work % 900}")
    return row


def serve(works: int, tell: Connection) -> None:
    """Answer until stopped; tells its address first."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            found = re.search(r"LIMIT (\d+)\nOFFSET (\d+)", parse_qs(form)["query"][0])
            assert found is not None, "a page is asked for"
            size, offset = map(int, found.groups())
            numbers = range(offset, min(offset + size, works * ROWS))
            rows = [binding(number, works) for number in numbers]
            body = json.dumps({"head": {"vars": []}, "results": {"bindings": rows}}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    tell.send(f"http://127.0.0.1:{server.server_address[1]}/")
    server.serve_forever()


def main() -> None:
    for works in [int(word) for word in sys.argv[1:]] or [6_000, 60_000]:
        here, there = Pipe()
        server = Process(target=serve, args=(works, there), daemon=True)
        server.start()
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, "-c", BUILD, here.recv(), folder, str(works)],
                env={**os.environ, "CIMAISE_CONTACT": "nobody@example.org"},
                check=True,
                capture_output=True,
                text=True,
            )
            size = (Path(folder) / "generated/gallery/test/paintings.parquet").stat().st_size
        server.terminate()
        server.join()
        count, before, peak, seconds = map(float, done.stdout.split())
        rows = works * ROWS
        print(
            f"{count:,.0f} works, {rows:,} rows: {seconds:.1f} s, {rows / seconds:,.0f} rows/s, "
            f"peak {peak:.0f} MiB ({before:.0f} after imports), table {size / 1e6:.1f} MB"
        )


if __name__ == "__main__":
    main()
