"""What came back from a worker, checked: the one place where a stranger's numbers are looked at.

What is read back from the cache was written by our own process from what has passed here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from benchmark.abilities import Triple
from benchmark.errors import HIDDEN, SubmissionFailed
from benchmark.parsing import shown

if TYPE_CHECKING:
    from pyoxigraph import Store

Rows = NDArray[np.float32]
Readable = Callable[[int], bool]
"""Our own look, whether the picture at a place of a request can be read."""

_LARGEST = 1e15
"""What a number may be: sums of products of larger ones overflow."""


def read(unread: Sequence[int], count: int, readable: Readable) -> list[int]:
    """The places of `count` pictures that were read. Raises where one that can be was not."""
    for place in sorted(set(unread)):
        if place >= count or readable(place):
            raise SubmissionFailed(f"says that it cannot read picture {place}, which can be read")
    return sorted(set(range(count)) - set(unread))


def embeddings(
    shape: tuple[int, int],
    body: bytearray,
    method: str,
    names: Sequence[str],
    widths: dict[str, int],
) -> Rows:
    """The body as embeddings (n, d), one for each of `names`, finite.

    `widths`: method -> d, which stays what it was at first.
    """
    count, width = shape
    if count != len(names) or not width or len(body) != 4 * count * width:
        raise SubmissionFailed(
            f"{method} answered {len(body)} bytes as {shape} for {len(names)} inputs"
        )
    rows = np.frombuffer(body, np.float32).reshape(count, width)
    if widths.setdefault(method, width) != width:
        raise SubmissionFailed(
            f"{method} returned {width} dimensions where it had returned {widths[method]}"
        )
    largest = np.maximum(rows.max(axis=1), -rows.min(axis=1))
    bad = np.flatnonzero(~np.isfinite(largest))
    if len(bad):
        raise SubmissionFailed(
            f"{method} returned NaN or infinity for '{names[bad[0]]}' ({len(bad)} of "
            f"{len(rows)} embeddings in its batch); mend encoder.py, or set model.precision = "
            '"fp32" in submission.toml'
        )
    if largest.max() > _LARGEST:
        raise SubmissionFailed(
            f"{method} returned {largest.max():.3g}; numbers above {_LARGEST:g} overflow"
        )
    return rows


def found(
    lengths: Sequence[int], body: bytearray, texts: int, k: int, paintings: int
) -> list[tuple[NDArray[np.int32], Rows]]:
    """For each text, places in a gallery of `paintings` and their scores, at most `k`.

    Scores may still be no numbers, and places stand twice: `search.ranking` refuses that.
    """
    total = sum(lengths)
    if len(lengths) != texts:
        raise SubmissionFailed(f"answered {len(lengths)} lists for {texts} texts")
    if max(lengths, default=0) > k:
        raise SubmissionFailed(f"answered {max(lengths)} paintings where {k} were asked")
    if len(body) != 8 * total:
        raise SubmissionFailed(f"answered {len(body)} bytes for {total} found paintings")
    places = np.frombuffer(body, np.int32, total)
    values = np.frombuffer(body, np.float32, total, 4 * total)
    if total and not (places.min() >= 0 and places.max() < paintings):
        raise SubmissionFailed("search returned an unknown painting")
    ends = np.cumsum(lengths)[:-1]
    return list(zip(np.split(places, ends), np.split(values, ends), strict=True))


def scores(body: bytearray, count: int) -> Rows:
    """The body as scores of `count` pictures: (n,) finite."""
    if len(body) != 4 * count:
        raise SubmissionFailed(f"rerank answered {len(body)} bytes for {count} pictures")
    values = np.frombuffer(body, np.float32)
    largest = float(np.abs(values).max(initial=0))  # NaN where one of them is
    if not np.isfinite(largest):
        raise SubmissionFailed(
            'rerank returned NaN or infinity; mend it, or set model.precision = "fp32" in '
            "submission.toml"
        )
    if largest > _LARGEST:
        raise SubmissionFailed(f"rerank returned {largest:.3g}; at most {_LARGEST:g}")
    return values


def captions(sizes: Sequence[int], body: bytearray, count: int) -> list[str]:
    """The body as captions of `count` pictures, each one line that can be shown."""
    if len(sizes) != count or sum(sizes) != len(body):
        raise SubmissionFailed(
            f"caption answered {len(sizes)} captions in {len(body)} bytes for {count} pictures"
        )
    said, start = [], 0
    for size in sizes:
        said.append(_line(body[start : start + size]))
        start += size
    return said


def triples(
    counts: Sequence[int], body: bytearray, paintings: int, graph: Store
) -> list[list[Triple]]:
    """The body as triples of a graph, for each of `paintings` as many as `counts` says."""
    import pyoxigraph as ox

    if len(counts) != paintings:
        raise SubmissionFailed(f"explain answered for {len(counts)} of {paintings} paintings")
    try:
        every = [quad.triple for quad in ox.parse(bytes(body), format=ox.RdfFormat.N_TRIPLES)]
    except (SyntaxError, ValueError):
        raise SubmissionFailed("explain answered what is no N-Triples") from None
    if len(every) != sum(counts):
        raise SubmissionFailed(f"explain answered {len(every)} triples, and said {sum(counts)}")
    for one in every:
        if ox.Quad(one.subject, one.predicate, one.object) not in graph:
            raise SubmissionFailed(f"explain named what the graph does not say: {shown(one)}")
    said = iter((str(one.subject), str(one.predicate), str(one.object)) for one in every)
    return [[next(said) for _ in range(count)] for count in counts]


def _line(said: bytearray) -> str:
    try:
        text = said.decode()
    except UnicodeDecodeError:
        raise SubmissionFailed("caption answered what is no UTF-8") from None
    if character := HIDDEN.search(text):
        raise SubmissionFailed(f"caption has a control character (U+{ord(character[0]):04X})")
    return text
