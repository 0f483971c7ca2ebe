"""Other names and another order for each run, so that no answer can be looked up by either."""

from __future__ import annotations

import secrets
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmark.workspace import replacing

ORDER = "order.npy"


def shuffled(count: int) -> NDArray[np.int64]:
    """The numbers below `count` in an order that nobody knows beforehand."""
    return np.random.default_rng(secrets.randbits(128)).permutation(count)


def names(count: int) -> list[str]:
    """As many different words that say nothing."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[f"p{secrets.token_hex(8)}"] = None
    return list(found)


def kept_order(place: Path, count: int) -> NDArray[np.int64]:
    """The order of a run that goes on where it was stopped; drawn where there is none yet."""
    path = place / ORDER
    if not path.is_file():
        with replacing(path) as temporary, temporary.open("wb") as stream:
            np.save(stream, shuffled(count))
    order: NDArray[np.int64] = np.load(path)
    return order
