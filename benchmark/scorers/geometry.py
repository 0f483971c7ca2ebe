"""Is the space of an encoder healthy? Cosines of what belongs together, gap, spread, rank."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmark.records import Qrels

_PAIRS = 200_000
"""Random pairs drawn, where all would be too many."""

_SAMPLE = 4_096
"""Rows drawn for the effective rank, where all would be too many."""

Rows = NDArray[np.float32]


def geometry(
    texts: Rows, images: Rows, query_ids: Sequence[str], ids: Sequence[str], qrels: Qrels
) -> dict[str, float]:
    """The measures of GEOMETRY but `truncated`, for text rows (q, d) and picture rows (n, d).

    Matched pairs are those of grade 3; unmatched ones are random, of grade 0 or not judged.
    Random draws are seeded. Where nothing has grade 3, what needs it is left out.
    """
    text, image = _unit(texts), _unit(images)
    at = {painting: row for row, painting in enumerate(ids)}
    random = np.random.default_rng(0)
    matched = [
        (row, at[painting])
        for row, query in enumerate(query_ids)
        for painting, grade in qrels.get(query, {}).items()
        if grade == 3 and painting in at
    ]
    picked = random.integers(0, (len(text), len(image)), (_PAIRS, 2))
    graded = np.array([
        bool(qrels.get(query_ids[q], {}).get(ids[p], 0)) for q, p in picked
    ])  # fmt: skip
    apart = _cosines(text, image, picked[~graded])
    found = {
        "unmatched": float(apart.mean()),
        "modality_gap": float(np.linalg.norm(image.mean(axis=0) - text.mean(axis=0))),
        "uniformity": _uniformity(image, random),
        "effective_rank": effective_rank(image),
    }
    if matched:
        together = _cosines(text, image, np.array(matched))
        found["matched"] = float(together.mean())
        found["alignment"] = float((2 - 2 * together).mean())
        if apart.std() > 0:
            found["separation"] = float((together.mean() - apart.mean()) / apart.std())
    return found


def effective_rank(rows: NDArray[np.floating]) -> float:
    """exp of the entropy of the singular values' shares, rows centred (Roy and Vetterli 2007)."""
    some = rows[:: max(1, len(rows) // _SAMPLE)].astype(np.float64)
    values = np.linalg.svd(some - some.mean(axis=0), compute_uv=False)
    total = values.sum()
    if total <= 1e-12:
        return 1.0
    shares = values[values > 1e-12 * total] / total
    return float(np.exp(-(shares * np.log(shares)).sum()))


def _uniformity(image: NDArray[np.float64], random: np.random.Generator) -> float:
    pairs = random.integers(0, len(image), (_PAIRS, 2))
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    if not len(pairs):
        return 0.0
    squared = np.maximum(0, 2 - 2 * _cosines(image, image, pairs))
    return float(np.log(np.exp(-2 * squared).mean()))


def _cosines(
    a: NDArray[np.float64], b: NDArray[np.float64], pairs: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Inner products of the rows named by (n, 2) pairs, in parts that stay small."""
    parts = np.array_split(pairs, max(1, len(pairs) // 20_000))
    return np.concatenate([np.einsum("ij,ij->i", a[p[:, 0]], b[p[:, 1]]) for p in parts])


def _unit(rows: Rows) -> NDArray[np.float64]:
    """Rows of unit length; one of zeros stays so."""
    wide = rows.astype(np.float64)
    lengths = np.linalg.norm(wide, axis=1, keepdims=True)
    return wide / np.where(lengths > 0, lengths, 1)
