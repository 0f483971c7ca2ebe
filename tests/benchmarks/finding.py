"""What the search box sends and how long a reader waits, in Chromium on this machine.

    python tests/benchmarks/finding.py SITE [QUERIES]

SITE: a built site whose box works. For each gallery: bytes as a server sends them (packs as they
are, all else by gzip), milliseconds from the first key to what is found, and of later queries.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from benchmark.collections.registry import find
from benchmark.queries import load as queries
from benchmark.workspace import Workspace
from tests.browsing import chromium, served

_READY = "document.querySelector('#find-status').textContent.includes('on your machine')"
_TOOK = "Number(document.querySelector('#find-status').dataset.milliseconds)"


def sent(site: Path, asked: list[str]) -> tuple[int, int]:
    """Bytes of packs and of code, among what a page asked for."""
    paths = [site / one for one in asked]
    packs = sum(path.stat().st_size for path in paths if path.suffix == ".bin")
    code = sum(len(gzip.compress(path.read_bytes())) for path in paths if "find/" in str(path)
               and path.suffix == ".js")  # fmt: skip
    return packs, code


def waited(page: Any, words: str) -> float:
    """Milliseconds from words to what is found, the pause for the next key included."""
    page.evaluate("document.querySelector('#find-status').textContent = ''")
    began = time.perf_counter()
    page.locator("#find-words").fill(words)
    while not page.evaluate(_READY):
        page.wait_for_timeout(5)
    return 1000 * (time.perf_counter() - began)


def main(site: Path, count: int) -> None:
    """Print a line a gallery."""
    with served(site) as address, chromium() as browser:
        for folder in sorted(path.name for path in (site / "find").iterdir()):
            place = find(folder, Workspace.find())
            texts = [query.text for query in queries.of(place, place.open()).queries]
            texts = texts[:: len(texts) // (count + 1)]
            page = browser.new_page()
            asked: list[str] = []
            page.on("request", lambda one, to=asked: to.append(one.url.removeprefix(address)))
            page.goto(address + "find.html")
            page.locator(f"input[value={folder}]").check()
            first = waited(page, texts[0])
            later = []
            for words in texts[1 : count + 1]:
                waited(page, words)
                later.append(page.evaluate(_TOOK))
            packs, code = sent(site, asked)
            print(
                f"{folder}: {packs / 1e6:.2f} MB of packs, {code / 1e3:.0f} kB of code; first "
                f"{first:.0f} ms; {count} later ones: median {statistics.median(later):.0f} ms, "
                f"longest {max(later):.0f} ms"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20)
