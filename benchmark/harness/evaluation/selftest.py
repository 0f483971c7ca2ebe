"""Try a submission on a few pictures and texts: does it keep the protocol?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmark.collections.base import Collection
from benchmark.errors import SubmissionFailed
from benchmark.harness.evaluation.device import named
from benchmark.harness.evaluation.encode import Progress
from benchmark.harness.evaluation.index import index, searched
from benchmark.harness.evaluation.part import part
from benchmark.harness.evaluation.pipeline import lists
from benchmark.harness.evaluation.reranking import score
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation.model import Model
from benchmark.records import Run
from benchmark.submission import Submission, stages

PICTURES = 8
TEXTS_ASKED = [
    "a red boat on the blue sea",
    "une maison rouge",
    "ein Hund",
    "a calm evening, é à ü",
    "x",
]

_CLOSE = 1e-3
"""Largest difference between embeddings of one input alone and in a batch (as MLPerf's honesty
tests)."""
_ALIKE = 1e-6
"""Difference that rounding alone makes between embeddings of different inputs."""


def selftest(
    folder: Path, submission: Submission, session: Session, progress: Progress
) -> Iterator[tuple[str, str]]:
    """Yield what was found good as (what, detail). Raises SubmissionFailed at the first fault.

    The model runs twice, in two fresh processes: on all inputs together, then on one of each.
    """
    few = part(session.collection, range(min(PICTURES, len(session.collection))))
    progress("loading", 0, 1)
    if submission.pipeline is not None:
        yield "stands", "on " + ", ".join(stages(folder, submission))
        questions = [(str(number), text) for number, text in enumerate(TEXTS_ASKED)]
        yield "searches", _answered(lists(session, submission, few, questions))
        return
    job = session.job(folder, submission)
    with Model(job) as model:
        model.load()
        yield "loads", f"in {model.load_s:.1f} s on {named(model.cuda)}"
        if model.can("Reranker"):
            scores = score(model, few, TEXTS_ASKED[0], few.ids)
            yield "re-ranks", f"{len(scores)} pictures; a result needs a first stage, [pipeline]"
        if model.can("Captioner"):
            said, _ = model.caption([few.picture(row) for row in range(len(few))], lambda _: True)
            yield "captions", f"{len(said)} pictures, such as: {said[0][:60]}"
        if model.can("Searcher") and not model.can("Encoder"):
            order = index(model, few, submission)
            yield "searches", _answered(searched(model, few, order, TEXTS_ASKED))
        if not model.can("Encoder"):
            return
        images, texts = _pictures(model, few, range(len(few))), model.texts(TEXTS_ASKED)
    if images.shape[1] != texts.shape[1]:
        raise SubmissionFailed(
            f"pictures have {images.shape[1]} dimensions, texts {texts.shape[1]}"
        )
    yield "encodes", f"{len(images)} pictures, {len(texts)} texts, {images.shape[1]} dimensions"
    _tell_apart("encode_images", "picture", images)
    _tell_apart("encode_texts", "text", texts)
    progress("again, alone", 0, 1)
    with Model(job) as model:
        model.load()
        _same("picture", images[-1], _pictures(model, few, [len(few) - 1])[0])
        _same("text", texts[0], model.texts(TEXTS_ASKED[:1])[0])
    yield "repeats itself", "alone, in a batch and in another process"


def _answered(run: Run) -> str:
    return f"{sum(map(bool, run.ids))} of {len(TEXTS_ASKED)} texts found a painting"


def _pictures(model: Model, collection: Collection, rows: Sequence[int]) -> NDArray[np.float32]:
    model.send_pictures([collection.picture(row) for row in rows])
    return model.receive_pictures([collection.ids[row] for row in rows], lambda _: True)[0]


def _tell_apart(method: str, kind: str, embeddings: NDArray[np.float32]) -> None:
    scale = max(1.0, float(np.abs(embeddings).max()))
    if len(embeddings) > 1 and np.ptp(embeddings, axis=0).max() <= _ALIKE * scale:
        raise SubmissionFailed(f"{method} gives every {kind} the same embedding")


def _same(kind: str, a: NDArray[np.float32], b: NDArray[np.float32]) -> None:
    scale = max(1.0, float(np.abs(a).max()))
    gap = float(np.abs(a - b).max()) / scale
    if gap > _CLOSE:
        raise SubmissionFailed(
            f"the same {kind} gets another embedding in another batch or process (they differ by "
            f"{gap:.3g}); call eval(), and seed what is random from the input"
        )
