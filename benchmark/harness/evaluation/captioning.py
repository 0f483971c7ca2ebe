"""A caption for each picture of a gallery, kept as they are made."""

from __future__ import annotations

from collections import deque
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmark.collections.base import Collection
from benchmark.errors import HIDDEN, BadInput
from benchmark.harness.evaluation.batching import cut
from benchmark.harness.evaluation.disguise import shuffled
from benchmark.harness.evaluation.encode import TEXTS_AT_ONCE, Progress, picture, tolerable
from benchmark.harness.evaluation.report import CHUNKS
from benchmark.harness.evaluation.reranking import readable
from benchmark.harness.evaluation.session import Session, alone
from benchmark.harness.isolation.answers import LONGEST_CAPTION, RanOut
from benchmark.harness.isolation.model import Model
from benchmark.results.provenance import caption_code
from benchmark.submission import Submission
from benchmark.workspace import replacing

CAPTIONS = "captions.parquet"
_SCHEMA = pa.schema([("painting_id", pa.string()), ("caption", pa.string())])
AT_ONCE = 32
"""Captions written at a time: what a kill can lose."""


Captions = dict[str, str | None]
"""Painting -> caption; None for a picture that cannot be read."""


def captions(session: Session, submission: Submission, progress: Progress) -> Captions:
    """What a submission's model says of every painting; from the cache where it lies there.

    A run that was stopped goes on where it was. Raises SubmissionFailed where the model is no
    Captioner or fails, BadInput where too many pictures cannot be read.
    """
    folder, collection = session.workspace.submissions / submission.name, session.collection
    entry = session.own_entry(submission, caption_code(), "")
    kept = entry.images / CAPTIONS
    if kept.is_file() and not session.fresh:
        entry.used()
        return read(kept, collection, whole=True)
    progress("loading", 0, 1)
    with session.cache.workplace(entry, session.fresh) as place:
        with Model(session.job(folder, submission)) as model:
            model.load()
            model.need("Captioner")
            size = submission.batch_size
            size = TEXTS_AT_ONCE if size == "auto" else size
            found = caption(model, collection, size, place / CHUNKS, progress)
        session.unchanged(alone(submission), entry.checkpoint)
        _write(kept, found)
    return found


def caption(
    model: Model, collection: Collection, size: int, parts: Path, progress: Progress
) -> Captions:
    """Captions of all pictures; what lies in `parts` stands, the rest is asked and put there.

    `size`: pictures in a call; less once memory has run out.
    """
    parts.mkdir(parents=True, exist_ok=True)
    done: Captions = {}
    for path in sorted(parts.glob("*.parquet")):
        try:
            done |= read(path, collection)
        except BadInput:  # it is asked again
            path.unlink()
    rows = [int(row) for row in shuffled(len(collection)) if collection.ids[row] not in done]
    for start in range(0, len(rows), AT_ONCE):
        part, size = _part(model, collection, rows[start : start + AT_ONCE], size)
        _write(parts / f"{len(done):010d}.parquet", part)
        done |= part
        tolerable(collection, [name for name, said in done.items() if said is None])
        progress("captions", len(done), len(collection))
    return done


def read(path: Path, collection: Collection, whole: bool = False) -> Captions:
    """The captions of a file that was kept; `whole`: of every painting. Raises BadInput."""
    try:
        table = pq.read_table(path, schema=_SCHEMA)
    except (pa.ArrowException, OSError):
        raise BadInput(path, "cannot be read", "cimaise run --fresh") from None
    found: Captions = dict(zip(*(table[name].to_pylist() for name in _SCHEMA.names), strict=True))
    known, said = set(collection.ids), [one for one in found.values() if one is not None]
    if not set(found) <= known or (whole and set(found) != known):
        raise BadInput(path, "is of other paintings", "cimaise run --fresh")
    if any(HIDDEN.search(one) or len(one.encode()) > LONGEST_CAPTION for one in said):
        raise BadInput(path, "holds what is no caption", "cimaise run --fresh")
    return found


def _part(model: Model, collection: Collection, rows: list[int], size: int) -> tuple[Captions, int]:
    """Captions of some pictures, and the size of a call that fits."""
    found: Captions = {}
    todo = deque(rows[span.start : span.stop] for span in cut(range(len(rows)), size))
    while todo:
        asked = todo.popleft()
        try:
            said, seen = model.caption(
                [picture(collection, row) for row in asked],
                partial(_readable, collection, asked),
            )
        except RanOut:
            if len(asked) == 1:
                raise
            size = max(1, min(size, len(asked)) // 2)
            left = [row for part in (asked, *todo) for row in part]
            todo = deque(left[span.start : span.stop] for span in cut(range(len(left)), size))
            continue
        found |= dict.fromkeys(collection.ids[row] for row in asked)
        found |= {collection.ids[asked[at]]: one for at, one in zip(seen, said, strict=True)}
    return found, size


def _readable(collection: Collection, rows: list[int], place: int) -> bool:
    return readable(collection, rows[place])


def _write(path: Path, found: Captions) -> None:
    table = pa.table([list(found), list(found.values())], schema=_SCHEMA)
    with replacing(path) as temporary:
        pq.write_table(table, temporary, compression="zstd")
