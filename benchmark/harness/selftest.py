"""Try a submission on a few pictures and texts: does it keep the protocol?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmark.collections.registry import Place
from benchmark.encoders.weights import fetch
from benchmark.errors import SubmissionFailed
from benchmark.harness import rows
from benchmark.harness.cache import Cache
from benchmark.harness.isolate import Progress, run_worker
from benchmark.harness.job import IMAGES, RANKING, TEXTS, Job, Report
from benchmark.harness.pictures import pack, shown
from benchmark.results.store import read_run
from benchmark.submission import Submission

PICTURES = 8
TEXTS_ASKED = ["a boat on the sea", "une maison rouge", "ein Hund", "a calm evening, é à ü", "x"]

_CLOSE = 1e-3
"""Largest difference between rows of one input alone and in a batch (as MLPerf's honesty tests)."""


def selftest(
    folder: Path,
    submission: Submission,
    place: Place,
    cache: Cache,
    device: str,
    trust: bool,
    progress: Progress,
) -> Iterator[tuple[str, str]]:
    """Yield what was found good as (what, detail). Raises SubmissionFailed at the first fault.

    The model runs twice, in two fresh processes: on all inputs together, then on one of each.
    """
    snapshot = fetch(folder, submission, cache.folder / "hub")
    collection = place.open()
    pictures = pack(collection, place.fingerprint(), cache.folder / "pictures")

    def job(out: Path, only_rows: list[int], texts: list[str]) -> tuple[Job, Report]:
        made = Job(
            submission=folder,
            manifest=submission,
            snapshot=snapshot,
            device=device,
            trusted=trust,
            collection=place.name,
            folder=place.folder,
            ids=list(collection.ids),
            metadata=shown(collection, submission),
            pictures=pictures,
            out=out,
            images=True,
            texts=texts,
            depth=PICTURES,
            only_rows=only_rows,
        )
        return made, run_worker(made, progress)

    with cache.scratch() as together, cache.scratch() as alone:
        _, report = job(together, list(range(PICTURES)), TEXTS_ASKED)
        yield "loads", f"in {report.load_s:.1f} s on {report.device}"
        if report.kind == "searcher":
            yield from _searcher(together)
            return
        images = rows.read(together / IMAGES, PICTURES)
        texts = rows.read(together / TEXTS, len(TEXTS_ASKED))
        if images.shape[1] != texts.shape[1]:
            raise SubmissionFailed(
                f"pictures have {images.shape[1]} dimensions, texts {texts.shape[1]}"
            )
        yield "encodes", f"{PICTURES} pictures, {len(texts)} texts, {images.shape[1]} dimensions"
        if len(images) > 1 and np.ptp(images, axis=0).max() == 0:
            raise SubmissionFailed("encode_images gives every picture the same row")
        job(alone, [PICTURES - 1], TEXTS_ASKED[:1])
        _same("picture", images[-1], rows.read(alone / IMAGES, 1)[0])
        _same("text", texts[0], rows.read(alone / TEXTS, 1)[0])
        yield "repeats itself", "alone, in a batch and in another process"


def _searcher(out: Path) -> Iterator[tuple[str, str]]:
    found = read_run(out / RANKING)
    yield "searches", f"{len(found.ids)} of {len(TEXTS_ASKED)} texts found a painting"


def _same(kind: str, a: NDArray[np.float32], b: NDArray[np.float32]) -> None:
    scale = max(1.0, float(np.abs(a).max()))
    gap = float(np.abs(a - b).max()) / scale
    if gap > _CLOSE:
        raise SubmissionFailed(
            f"the same {kind} gets another row in another batch or process (they differ by "
            f"{gap:.3g}); call eval(), and seed what is random from the input"
        )
