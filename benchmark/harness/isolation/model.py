"""A submission's model behind its walls, asked as if it were here; every answer is checked."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from benchmark.errors import SubmissionFailed
from benchmark.harness.isolation import walls
from benchmark.harness.isolation.answers import WIDEST, Done, Embedded, Found, Ready, Told
from benchmark.harness.isolation.job import Job
from benchmark.harness.isolation.process import Process

Rows = NDArray[np.float32]

_LARGEST = 1e15
"""What a number in an embedding may be: sums of products of larger ones overflow."""


class Model(Process):
    """The model of a job. Raises SubmissionFailed, in one line, for all that it does wrong.

    What it is shown has no name but its place: ids and the order of things are the harness's own.
    """

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._loading, self.manifest = job, job.manifest
        self._widths: dict[str, int] = {}

    def load(self) -> None:
        """Make the model; `kind`, `cuda` and `load_s` are known then, the last by our clock."""
        job, began = self._loading, perf_counter()
        folder, snapshot = job.folder, job.snapshot
        if self.walled:
            folder = walls.SUBMISSION
            snapshot = walls.SNAPSHOT / snapshot.name if snapshot else None
        ready, _ = self.ask(
            Ready,
            "load",
            manifest=job.manifest.model_dump(mode="json"),
            folder=str(folder),
            snapshot=str(snapshot) if snapshot else None,
            device=job.device,
            walled=self.walled,
        )
        self.kind, self.cuda, self.load_s = ready.kind, ready.cuda, perf_counter() - began

    def expect(self, width: int) -> None:
        """From now on its embeddings must have as many dimensions as those it gave before."""
        self._widths = {"encode_texts": width, "encode_images": width}

    def texts(self, texts: Sequence[str]) -> Rows:
        """Embeddings of texts: (n, d) float32, finite."""
        answer, body = self.ask(
            Embedded, "texts", [json.dumps(list(texts)).encode()], len(texts) * 4 * WIDEST
        )
        return self._rows(answer, body, "encode_texts", texts)

    def send_pictures(self, pictures: Sequence[bytes]) -> None:
        """Put encoded pictures; several batches may be on their way."""
        self.send("pictures", pictures, sizes=[len(data) for data in pictures])

    def receive_pictures(
        self, names: Sequence[str], readable: Callable[[int], bool]
    ) -> tuple[Rows, list[int]]:
        """Embeddings of the pictures put first of those not answered yet, which have these names.

        Returns the rows, and the places that have one. What it calls unreadable must be so for
        `readable`, our own look.
        """
        answer, body = self.receive(Embedded, len(names) * 4 * WIDEST)
        unread = set(answer.unread)
        for place in sorted(unread):
            if place >= len(names) or readable(place):
                raise SubmissionFailed(
                    f"says that it cannot read picture {place}, which can be read"
                )
        read = [place for place in range(len(names)) if place not in unread]
        if not read:
            return np.zeros((0, 0), np.float32), []
        return self._rows(answer, body, "encode_images", [names[place] for place in read]), read

    def pixels(self, images: Sequence[Image], names: Sequence[str]) -> Rows:
        """Embeddings of pictures that were decoded beforehand: (n, d) float32, finite."""
        answer, body = self.ask(
            Embedded,
            "pixels",
            [image.tobytes() for image in images],
            len(images) * 4 * WIDEST,
            sides=[image.size for image in images],
        )
        return self._rows(answer, body, "encode_images", names)

    def index(
        self,
        ids: Sequence[str],
        metadata: Sequence[Mapping[str, str]] | None,
        pictures: Sequence[bytes],
    ) -> None:
        """Show a searcher the gallery: metadata and pictures only where its `inputs` name them."""
        sizes = [len(data) for data in pictures]
        self.ask(Done, "index", pictures, ids=list(ids), metadata=metadata, sizes=sizes)

    def search(
        self, texts: Sequence[str], k: int, paintings: int
    ) -> list[tuple[NDArray[np.int32], Rows]]:
        """For each text, places in the gallery of `paintings` and their scores, at most `k`."""
        body = [json.dumps(list(texts)).encode()]
        found, body_ = self.ask(Found, "search", body, len(texts) * k * 8, k=k)
        total = sum(found.lengths)
        if len(found.lengths) != len(texts):
            raise SubmissionFailed(f"answered {len(found.lengths)} lists for {len(texts)} texts")
        if max(found.lengths, default=0) > k:
            raise SubmissionFailed(f"answered {max(found.lengths)} paintings where {k} were asked")
        if len(body_) != 8 * total:
            raise SubmissionFailed(f"answered {len(body_)} bytes for {total} found paintings")
        places = np.frombuffer(body_, np.int32, total)
        scores = np.frombuffer(body_, np.float32, total, 4 * total)
        if total and not (places.min() >= 0 and places.max() < paintings):
            raise SubmissionFailed("search returned an unknown painting")
        ends = np.cumsum(found.lengths)[:-1]
        return list(zip(np.split(places, ends), np.split(scores, ends), strict=True))

    def told(self, texts: Sequence[str]) -> Told:
        """What only its own process can tell of it, unmeasured: its own word."""
        answer, _ = self.ask(Told, "told", [json.dumps(list(texts)).encode()])
        if (answer.truncated or 0) > len(texts):
            raise SubmissionFailed(f"says that {answer.truncated} of {len(texts)} texts are cut")
        return answer

    def operations(self, text: str, picture: bytes) -> Told:
        """Floating-point operations of one text and one picture: its own word."""
        return self.ask(Told, "operations", [picture], text=text)[0]

    def _rows(self, answer: Embedded, body: bytearray, method: str, names: Sequence[str]) -> Rows:
        """The body as rows, one for each of `names`, finite and as wide as those before."""
        count, width = answer.shape
        if count != len(names) or not width or len(body) != 4 * count * width:
            raise SubmissionFailed(
                f"{method} answered {len(body)} bytes as {answer.shape} for {len(names)} inputs"
            )
        rows = np.frombuffer(body, np.float32).reshape(count, width)
        if self._widths.setdefault(method, width) != width:
            raise SubmissionFailed(
                f"{method} returned {width} dimensions where it had returned {self._widths[method]}"
            )
        largest = np.maximum(rows.max(axis=1), -rows.min(axis=1))
        bad = np.flatnonzero(~np.isfinite(largest))
        if len(bad):
            raise SubmissionFailed(
                f"{method} returned NaN or infinity for '{names[bad[0]]}' ({len(bad)} of "
                f"{len(rows)} rows in its batch); mend encoder.py, or set model.precision = "
                '"fp32" in submission.toml'
            )
        if largest.max() > _LARGEST:
            raise SubmissionFailed(
                f"{method} returned {largest.max():.3g}; numbers above {_LARGEST:g} overflow"
            )
        return rows
