"""Embeddings kept on this machine, by the content they follow from."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from benchmark.errors import BadInput, SubmissionFailed
from benchmark.harness.evaluation.disguise import ORDER
from benchmark.harness.evaluation.report import CHUNKS, IMAGES, REPORT, Report
from benchmark.harness.isolation.limits import stopping
from benchmark.results.provenance import libraries
from benchmark.search.similarity import INNER_PRODUCT
from benchmark.workspace import digest_of, replacing

CAP = 20 * 10**9
"""Bytes of embeddings kept on this machine; the oldest go first."""

_LOOK_S = 0.1
"""Seconds between two looks at a lock that another run holds."""


def weight(folder: Path) -> int:
    """Bytes on disk of all files below a folder."""
    return sum(path.lstat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())


@dataclass(frozen=True)
class Entry:
    """One submission's rows for one gallery (`images`), and for one set of texts in it.

    Rows of pictures do not depend on what is asked, so new queries find them here.
    """

    images: Path
    texts: Path
    checkpoint: str
    """Digest of the submission's files that they are of."""
    similarity: str = INNER_PRODUCT
    """What they are searched by."""

    @property
    def has_images(self) -> bool:
        return (self.images / REPORT).is_file()

    @property
    def complete(self) -> bool:
        return (self.texts / REPORT).is_file()

    def image_report(self) -> Report:
        """The report of the job that encoded the pictures; a searcher's only one."""
        if not self.has_images:
            return self.report()
        return Report.model_validate_json((self.images / REPORT).read_bytes())

    def left_out(self) -> list[str]:
        """Ids of the paintings whose picture could not be read."""
        return [line.split(": ")[0] for line in self.image_report().left_out]

    def used(self) -> None:
        """Note that the rows were used now, so that eviction spares them."""
        if self.images.is_dir():
            os.utime(self.images)

    def report(self) -> Report:
        """The report of the job that put the texts."""
        return Report.model_validate_json((self.texts / REPORT).read_bytes())


class Cache:
    """The folder of entries. What is half done lies in `scratch` and is never an entry."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def entry(self, checkpoint: str, code: str, fingerprint: str, device: str, texts: str) -> Entry:
        """The place of a submission, as its files stand and our code encodes, on a gallery's
        digest, put some texts'."""
        versions = [f"{name}={number}" for name, number in libraries().items()]
        images = digest_of(checkpoint, fingerprint, device, code, *versions)[:24]
        folder = self.folder / "embeddings" / images
        return Entry(folder, folder / texts[:24], checkpoint)

    def keep_images(self, entry: Entry, place: Path, report: Report) -> None:
        """Move finished embeddings of pictures into place; the report goes last."""
        entry.images.mkdir(parents=True, exist_ok=True)
        (place / IMAGES).replace(entry.images / IMAGES)
        write_report(entry.images, report)

    def evict(self, most: int = CAP) -> list[str]:
        """Drop whole entries, the longest unused first, until they hold `most` bytes or less.

        An entry is used when its rows are written or ranked. Returns the names of those dropped.
        """
        entries = [path for path in (self.folder / "embeddings").glob("*") if path.is_dir()]
        sizes = {path: weight(path) for path in entries}
        dropped: list[str] = []
        for path in sorted(entries, key=lambda path: path.stat().st_mtime):
            if sum(sizes.values()) <= most:
                break
            del sizes[path]
            shutil.rmtree(path)
            dropped.append(path.name)
        return dropped

    @contextmanager
    def workplace(self, entry: Entry, fresh: bool) -> Iterator[Path]:
        """The folder where an entry's pictures are encoded, for one run at a time.

        What was finished there before a kill or Ctrl-C is still there, unless `fresh`. It is gone
        once the work is done, or has failed for good.
        """
        place = self.folder / "partial" / entry.images.name
        with _locked(place.with_suffix(".lock")):
            place.mkdir(parents=True, exist_ok=True)
            for path in place.iterdir():
                if path.name not in (CHUNKS, ORDER) or fresh:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
            try:
                yield place
            except (BadInput, SubmissionFailed):
                shutil.rmtree(place)
                raise
            shutil.rmtree(place)


def write_report(folder: Path, report: Report) -> None:
    """Put a report into an entry's folder: from then on it stands."""
    with replacing(folder / REPORT) as temporary:
        temporary.write_text(report.model_dump_json(), encoding="utf-8")


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a lock file, which is gone afterwards; wait while another run holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        stream = path.open("w")
        _wait_for(stream)
        # Whoever held it before may have removed the file that we have just locked.
        if path.exists() and path.stat().st_ino == os.fstat(stream.fileno()).st_ino:
            break
        stream.close()
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        stream.close()


def _wait_for(stream: IO[str]) -> None:
    """Lock a file, looking now and then whether the run is to end."""
    while True:
        try:
            return fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if stopping.wait(_LOOK_S):
                stream.close()
                raise KeyboardInterrupt from None
