"""What a submission becomes: an Encoder or a Searcher. Abilities are found by isinstance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from benchmark.records import Painting


@runtime_checkable
class Encoder(Protocol):
    """A dual encoder. A painting's score for a query is the inner product of the two rows."""

    def encode_images(self, images: Sequence[Image]) -> NDArray[np.float32]:
        """Pictures (RGB) to rows: (n, d) float32, finite. Normalise for cosine similarity."""
        ...

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Texts to rows: (n, d) float32, finite, of the same d."""
        ...


@runtime_checkable
class Searcher(Protocol):
    """What is no encoder: given the paintings once, it answers texts with ranked ids."""

    def index(self, paintings: Sequence[Painting]) -> None:
        """Take in the gallery. Each painting shows only what the submission's `inputs` name."""
        ...

    def search(
        self, texts: Sequence[str], k: int
    ) -> tuple[Sequence[Sequence[str]], Sequence[Sequence[float]]]:
        """For each text at most `k` painting ids and as many scores, higher is better.

        Among equal scores the greater id comes first; `benchmark.search.ties` does it, also
        across the cut at k.
        """
        ...


@runtime_checkable
class Counted(Protocol):
    """A model that knows its size."""

    def parameters(self) -> dict[str, int]:
        """Number of parameters by tower: {"image": ..., "text": ...}."""
        ...


@runtime_checkable
class Bounded(Protocol):
    """A model that knows how much of a text it reads."""

    def truncated(self, texts: Sequence[str]) -> int:
        """How many of the texts are cut short."""
        ...
