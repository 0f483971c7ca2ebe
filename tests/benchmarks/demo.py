"""What `cimaise demo` takes: to start, to answer first, and to hold 60,000 paintings.

    python tests/benchmarks/demo.py [PAINTINGS]

Serves the atelier with `cimaise-student`, whose embeddings must be stored
(`cimaise run cimaise-student --collection atelier`), to a Chromium that is open already, five
times over; then once a gallery of PAINTINGS (60,000) made up of small pictures in parquet and
random embeddings. Prints, in medians and ranges: seconds from the command to its address and to
the first pictures in the browser, which asks as soon as it can; milliseconds from Enter to the
first pictures once the model is loaded, for a first answer and for later ones, and of these the
search; and the resident memory of the server and of its worker, shared pages counted in each. The
budget on two cores: a start under 5 s, a first answer under 300 ms, 60,000 paintings in under
1.5 GB.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image
from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from benchmark.collections.registry import find  # noqa: E402
from benchmark.harness.evaluation.cache import write_report  # noqa: E402
from benchmark.harness.evaluation.embed import reported  # noqa: E402
from benchmark.harness.evaluation.report import IMAGES  # noqa: E402
from benchmark.harness.evaluation.session import Session  # noqa: E402
from benchmark.harness.isolation.model import Model  # noqa: E402
from benchmark.submission import load  # noqa: E402
from benchmark.workspace import Workspace, digest_of  # noqa: E402
from tests.browsing import chromium  # noqa: E402

NAME = "cimaise-student"
QUESTIONS = ("a boat on the sea", "a woman with a dog", "un château sous la neige", "a still life")
TIMES = 5


def large(folder: Path, count: int) -> tuple[Path, Path]:
    """A checkout with the student alone, and a gallery that it has random embeddings of."""
    root, gallery = folder / "checkout", folder / "large"
    shutil.copytree(ROOT / "submissions" / NAME, root / "submissions" / NAME)
    (root / "submissions" / NAME / "submission.toml").write_text(
        (ROOT / "submissions" / NAME / "submission.toml").read_text().replace(
            'role = "distilled"\nteacher = "cimaise-teacher"', 'role = "baseline"'
        )
    )  # fmt: skip
    (root / "queries").mkdir()
    gallery.mkdir()
    random = np.random.default_rng(0)
    pictures = []
    for pixels in random.integers(0, 256, (100, 24, 32, 3), np.uint8):
        buffer = io.BytesIO()
        Image.fromarray(pixels).save(buffer, "JPEG")
        pictures.append({"bytes": buffer.getvalue(), "path": None})
    columns = {
        "id": [f"p{number:06d}" for number in range(count)],
        "title": [f"Untitled work number {number}" for number in range(count)],
        "artist": [f"Painter {number % 997}" for number in range(count)],
        "date": [str(1400 + number % 500) for number in range(count)],
        "image": [pictures[number % 100] for number in range(count)],
    }
    pq.write_table(pa.table(columns), gallery / "paintings.parquet", row_group_size=1000)
    workspace = Workspace(root)
    session = Session(workspace, find(str(gallery), workspace), "auto", fresh=False)
    submission = load(workspace.submissions / NAME)
    with Model(job := session.job(workspace.submissions / NAME, submission)) as model:
        model.load()
        report = reported(model, job, ["a"])
        width = model.texts(["a"]).shape[1]
    entry = session.entry(submission, digest_of("any"))
    entry.images.mkdir(parents=True)
    rows = random.standard_normal((count, width), np.float32)
    np.save(entry.images / IMAGES, rows / np.linalg.norm(rows, axis=1, keepdims=True))
    write_report(entry.images, report)
    return root, gallery


@contextmanager
def served(root: Path, collection: str) -> Iterator[tuple[psutil.Popen, str, float]]:
    """A server, its address, and when it was told to start."""
    began = time.perf_counter()
    process = psutil.Popen(
        [sys.executable, "-m", "benchmark", "demo", "-c", collection, "--port", "0"],
        cwd=root, env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, "the server has said why"
        yield process, found[0], began
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    finally:
        if process.is_running():
            process.kill()


_WATCH = """
turns => {
  window.took = new Promise(done => {
    let began
    document.addEventListener("keydown", () => { began = performance.now() },
                              {capture: true, once: true})
    const look = () => {
      const there = document.querySelectorAll(".turn").length > turns
        && document.querySelector(".card") && !document.querySelector(".q-linear-progress")
      requestAnimationFrame(there ? () => done(performance.now() - began) : look)
    }
    look()
  })
}
"""
"""By the browser's own clock: from the key to the frame after the one that has the cards."""


def asked(page: Page, text: str) -> float:
    """Seconds from Enter to the cards of a turn."""
    page.fill("footer input", text)
    page.evaluate(_WATCH, page.locator(".turn").count())
    page.press("footer input", "Enter")
    return float(page.evaluate("window.took")) / 1000


def resident(process: psutil.Popen) -> tuple[float, float]:
    """Bytes of the server, and of all below it."""
    below = [one.memory_info().rss for one in process.children(recursive=True)]
    return process.memory_info().rss, sum(below)


def loaded(page: Page) -> None:
    """Wait until nothing is prepared any more: all is known, and the watts of a core."""
    page.wait_for_selector(".about:has-text('·')", timeout=120_000)
    time.sleep(5)


def shown(name: str, values: list[float], unit: str, digits: int) -> None:
    low, middle, high = min(values), statistics.median(values), max(values)
    print(f"{name}: {middle:.{digits}f} {unit} ({low:.{digits}f} to {high:.{digits}f})")


def measure(browser: Any, root: Path, collection: str, times: int) -> None:
    address_s, start_s = list[float](), list[float]()
    first_ms, later_ms, search_ms = list[float](), list[float](), list[float]()
    for _ in range(times):
        with served(root, collection) as (_, address, began):  # asked as soon as it can be
            address_s.append(time.perf_counter() - began)
            page = browser.new_page()
            page.goto(address)
            page.wait_for_selector("footer input")
            asked(page, QUESTIONS[0])
            start_s.append(time.perf_counter() - began)
            page.close()
        with served(root, collection) as (process, address, _):  # asked once it is loaded
            page = browser.new_page()
            page.goto(address)
            page.wait_for_selector("footer input")
            loaded(page)
            for number, question in enumerate(QUESTIONS):
                taken = 1000 * asked(page, question)
                (later_ms if number else first_ms).append(taken)
                search_ms.append(float(page.inner_text(".figures").split(" ms")[0]))
            server, worker = resident(process)
            page.close()
    shown("command to address", address_s, "s", 1)
    shown("command to first pictures", start_s, "s", 1)
    shown("Enter to first pictures, first answer", first_ms, "ms", 0)
    shown("Enter to first pictures, later answers", later_ms, "ms", 0)
    shown("of these the search, as the page says", search_ms, "ms", 0)
    whole = (server + worker) / 1e9
    print(f"resident: {whole:.2f} GB (server {server / 1e9:.2f}, worker {worker / 1e9:.2f})")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60_000
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        print(f"load of the machine before: {os.getloadavg()[0]:.1f}, cores: {os.cpu_count()}")
        print(f"atelier, {NAME}")
        measure(browser, ROOT, "atelier", TIMES)
        root, gallery = large(Path(folder), count)
        print(f"{count:,} paintings, {NAME}")
        measure(browser, root, str(gallery), 1)
        browser.close()


if __name__ == "__main__":
    main()
