"""A submission's model behind its walls, asked as if it were here; every answer is checked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from benchmark.abilities import Ability, Triple
from benchmark.errors import SubmissionFailed
from benchmark.harness.isolation import checks, walls
from benchmark.harness.isolation.answers import (
    LONGEST_CAPTION,
    LONGEST_TRIPLE,
    MOST_TRIPLES,
    WIDEST,
    Captioned,
    Done,
    Embedded,
    Explained,
    Found,
    Ready,
    Reranked,
    Told,
)
from benchmark.harness.isolation.checks import Readable, Rows
from benchmark.harness.isolation.job import Job
from benchmark.harness.isolation.process import Process

if TYPE_CHECKING:
    from pyoxigraph import Store

__all__ = ["Model", "Rows"]


class Model(Process):
    """The model of a job. Raises SubmissionFailed, in one line, for all that it does wrong.

    What it is shown has no name but its place: ids and the order of things are the harness's own.
    """

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._loading, self.manifest = job, job.manifest
        self._widths: dict[str, int] = {}

    def load(self) -> None:
        """Make the model and give it the graph, where its inputs name one.

        `abilities`, `cuda` and `load_s` are known then, the last by our clock.
        """
        job, began = self._loading, perf_counter()
        folder, snapshot = job.folder, job.snapshot
        if self.walled:
            folder = walls.SUBMISSION
            snapshot = walls.SNAPSHOT / snapshot.name if snapshot else None
        ready, _ = self.ask(
            Ready,
            "load",
            manifest=job.manifest.model_dump(mode="json", exclude_unset=True),
            folder=str(folder),
            snapshot=str(snapshot) if snapshot else None,
            device=job.device,
            walled=self.walled,
        )
        self.abilities, self.cuda = frozenset(ready.abilities), ready.cuda
        if job.graph is not None and (self.manifest.pipeline is None or self.can("GraphReader")):
            self.need("GraphReader")
            self.ask(Done, "graph", path=str(walls.GRAPH if self.walled else job.graph))
        self.load_s = perf_counter() - began

    def can(self, ability: Ability) -> bool:
        """Whether the model says that it has an ability."""
        return ability in self.abilities

    def need(self, ability: Ability) -> None:
        """Raise SubmissionFailed where the model says that it lacks an ability."""
        if not self.can(ability):
            raise SubmissionFailed(
                f"is no {ability}; give it the methods of benchmark.abilities.{ability}"
            )

    def expect(self, width: int) -> None:
        """From now on its embeddings must have as many dimensions as those it gave before."""
        self._widths = {"encode_texts": width, "encode_images": width}

    def texts(self, texts: Sequence[str]) -> Rows:
        """Embeddings of texts: (n, d) float32, finite."""
        self.need("Encoder")
        said = [json.dumps(list(texts)).encode()]
        answer, body = self.ask(Embedded, "encode_texts", said, len(texts) * 4 * WIDEST)
        return checks.embeddings(answer.shape, body, "encode_texts", texts, self._widths)

    def send_pictures(self, pictures: Sequence[bytes]) -> None:
        """Put encoded pictures; several batches may be on their way."""
        self.need("Encoder")
        self.send("encode_images", pictures, sizes=[len(data) for data in pictures])

    def receive_pictures(self, names: Sequence[str], readable: Readable) -> tuple[Rows, list[int]]:
        """Embeddings of the pictures put first of those not answered yet, which have these names.

        Also the places that have one. What it calls unreadable must be so for `readable`.
        """
        answer, body = self.receive(Embedded, len(names) * 4 * WIDEST)
        read = checks.read(answer.unread, len(names), readable)
        if not read:
            return np.zeros((0, 0), np.float32), []
        names = [names[place] for place in read]
        return checks.embeddings(answer.shape, body, "encode_images", names, self._widths), read

    def pixels(self, images: Sequence[Image], names: Sequence[str]) -> Rows:
        """Embeddings of pictures that were decoded beforehand: (n, d) float32, finite."""
        self.need("Encoder")
        answer, body = self.ask(
            Embedded,
            "encode_pixels",
            [image.tobytes() for image in images],
            len(images) * 4 * WIDEST,
            sides=[image.size for image in images],
        )
        return checks.embeddings(answer.shape, body, "encode_images", names, self._widths)

    def index(
        self,
        ids: Sequence[str],
        metadata: Sequence[Mapping[str, str]] | None,
        pictures: Sequence[bytes],
    ) -> None:
        """Show a searcher the gallery: metadata and pictures only where its `inputs` name them."""
        self.need("Searcher")
        sizes = [len(data) for data in pictures]
        self.ask(Done, "index", pictures, ids=list(ids), metadata=metadata, sizes=sizes)

    def search(
        self, texts: Sequence[str], k: int, paintings: int
    ) -> list[tuple[NDArray[np.int32], Rows]]:
        """For each text, places in the gallery of `paintings` and their scores, at most `k`."""
        body = [json.dumps(list(texts)).encode()]
        found, body_ = self.ask(Found, "search", body, len(texts) * k * 8, k=k)
        return checks.found(found.lengths, body_, len(texts), k, paintings)

    def explain(
        self, asked: Sequence[tuple[str, Sequence[str]]], graph: Store
    ) -> list[list[list[Triple]]]:
        """For each text and each painting found for it, triples of the `graph` that speak for it.

        Paintings by the names under which they were shown.
        """
        self.need("Explainer")
        counts = [len(ids) for _, ids in asked]
        said, most = [json.dumps(asked).encode()], sum(counts) * MOST_TRIPLES * LONGEST_TRIPLE
        answer, body = self.ask(Explained, "explain", said, most)
        every = iter(checks.triples(answer.counts, body, sum(counts), graph))
        return [[next(every) for _ in range(count)] for count in counts]

    def rerank(
        self, text: str, pictures: Sequence[bytes], readable: Readable
    ) -> tuple[Rows, list[int]]:
        """Scores of encoded pictures beside one text, (n,) float32, finite, and their places.

        Those that cannot be read have none.
        """
        self.need("Reranker")
        sizes = [len(data) for data in pictures]
        answer, body = self.ask(
            Reranked, "rerank", pictures, 4 * len(pictures), text=text, sizes=sizes
        )
        read = checks.read(answer.unread, len(pictures), readable)
        return checks.scores(body, len(read)), read

    def caption(self, pictures: Sequence[bytes], readable: Readable) -> tuple[list[str], list[int]]:
        """Captions of encoded pictures, each one line that can be shown, and their places.

        Those that cannot be read have none.
        """
        self.need("Captioner")
        sizes = [len(data) for data in pictures]
        most = LONGEST_CAPTION * len(pictures)
        answer, body = self.ask(Captioned, "caption", pictures, most, sizes=sizes)
        read = checks.read(answer.unread, len(pictures), readable)
        return checks.captions(answer.sizes, body, len(read)), read

    def told(self, texts: Sequence[str]) -> Told:
        """What only its own process can tell of it, unmeasured: its own word."""
        answer, _ = self.ask(Told, "told", [json.dumps(list(texts)).encode()])
        if (answer.truncated or 0) > len(texts):
            raise SubmissionFailed(f"says that {answer.truncated} of {len(texts)} texts are cut")
        return answer

    def operations(self, text: str, picture: bytes) -> Told:
        """Floating-point operations of one text and one picture: its own word."""
        return self.ask(Told, "operations", [picture], text=text)[0]
