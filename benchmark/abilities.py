"""What a model can do. Abilities are found by isinstance; a model may have several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from benchmark.records import Painting

if TYPE_CHECKING:
    from pyoxigraph import Store


@runtime_checkable
class Encoder(Protocol):
    """A dual encoder. A painting's score for a query is the inner product of two embeddings."""

    def encode_images(self, images: Sequence[Image]) -> NDArray[np.float32]:
        """Embeddings of pictures (RGB): (n, d) float32, finite. Normalise for cosine similarity."""
        ...

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embeddings of texts: (n, d) float32, finite, of the same d."""
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
class Reranker(Protocol):
    """What looks at a text and pictures together: it orders the best of a first stage anew."""

    def rerank(self, text: str, images: Sequence[Image]) -> NDArray[np.float32]:
        """A score for each picture (RGB): (n,) float32, finite, higher is better.

        The pictures have no names and stand in no order.
        """
        ...


@runtime_checkable
class Captioner(Protocol):
    """What says in words what a picture shows."""

    def caption(self, images: Sequence[Image]) -> list[str]:
        """A caption for each picture (RGB), at most 4,096 bytes of UTF-8, one line."""
        ...


@runtime_checkable
class GraphReader(Protocol):
    """A model that reads the catalogue graph of a collection, where its `inputs` name "graph"."""

    def graph(self, store: Store) -> None:
        """Take in the graph, once, before anything else is asked.

        The store is this process's own copy: what is changed in it is changed for nobody else.
        The graph names each painting by its `schema:identifier`, which is then also the id under
        which a Searcher is shown the painting.
        """
        ...


Triple = tuple[str, str, str]
"""Subject, predicate and object of a graph, each in N-Triples."""


@runtime_checkable
class Explainer(Protocol):
    """A searcher by the catalogue graph that can say what speaks for a painting it found."""

    def explain(self, text: str, ids: Sequence[str]) -> Sequence[Sequence[Triple]]:
        """For each painting, by the id it was shown under, the triples that speak for it.

        They are looked up in the catalogue graph: one that is not there fails the submission.
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


Ability = Literal["Encoder", "Searcher", "Reranker", "Captioner", "GraphReader", "Explainer"]
"""What a model is asked for, by the name of its protocol."""

_PROTOCOLS: dict[Ability, type] = {
    "Encoder": Encoder,
    "Searcher": Searcher,
    "Reranker": Reranker,
    "Captioner": Captioner,
    "GraphReader": GraphReader,
    "Explainer": Explainer,
}


def abilities(model: object) -> list[Ability]:
    """The abilities that a model has, in a fixed order."""
    return [name for name, protocol in _PROTOCOLS.items() if isinstance(model, protocol)]
