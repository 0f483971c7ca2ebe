"""A gallery as a pack: embeddings in 8 bits and what is said of each painting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from benchmark.site.browser_search.pack import packed
from benchmark.site.works import Work

_LARGEST = 127


def gallery(
    cards: Iterable[dict[str, object]], embeddings: NDArray[np.float32], length: float
) -> bytes:
    """The pack of paintings with `embeddings` (n, d), in the order of `cards`.

    All numbers have one scale, so that lengths stay as they are. `length`: of a text's vector,
    which makes scores those of the harness.
    """
    scale = float(np.abs(embeddings).max(initial=np.finfo(np.float32).tiny)) / _LARGEST
    small = np.rint(embeddings / scale).astype(np.int8)
    head = {"paintings": [_said(card) for card in cards], "scale": scale, "length": length}
    return packed(head, {"embeddings": small})


def _said(card: dict[str, object]) -> dict[str, object]:
    """A card without what is empty."""
    work = card["work"]
    assert isinstance(work, Work)
    said = {**card, **asdict(work)}
    del said["work"]
    return {name: value for name, value in said.items() if value}
