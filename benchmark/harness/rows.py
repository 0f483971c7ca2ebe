"""What an encoder returns, checked before anything is ranked: finite, one row an input."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmark.errors import SubmissionFailed


def checked(
    returned: object, method: str, names: Sequence[str], width: int | None
) -> NDArray[np.float32]:
    """The (n, d) float32 rows of one call for the n inputs called `names`.

    Integers and other floats are converted, any memory order is taken. Raises SubmissionFailed.
    """
    try:
        if returned is None:  # a forgotten return; NumPy would take it for a NaN
            raise TypeError
        rows = np.ascontiguousarray(returned, dtype=np.float32)
    except (TypeError, ValueError):
        raise SubmissionFailed(
            f"{method} returned {type(returned).__name__}, not an array of numbers"
        ) from None
    if rows.ndim != 2 or len(rows) != len(names) or rows.shape[1] == 0:
        raise SubmissionFailed(
            f"{method} returned shape {np.shape(rows)} for {len(names)} inputs; "
            f"wanted ({len(names)}, d)"
        )
    if width is not None and rows.shape[1] != width:
        raise SubmissionFailed(
            f"{method} returned {rows.shape[1]} dimensions where it had returned {width}"
        )
    bad = np.flatnonzero(~np.isfinite(rows).all(axis=1))
    if len(bad):
        raise SubmissionFailed(
            f"{method} returned NaN or infinity for '{names[bad[0]]}' ({len(bad)} of {len(rows)} "
            'rows in its batch); mend encoder.py, or set model.precision = "fp32" in '
            "submission.toml"
        )
    return rows


def read(path: Path, count: int) -> NDArray[np.float32]:
    """Memory-map the (count, d) float32 rows a worker wrote. Raises SubmissionFailed.

    The worker checked them too, but it ran a stranger's code.
    """
    try:
        rows = np.lib.format.open_memmap(path, mode="r")  # knows no pickle
    except (OSError, ValueError):
        raise SubmissionFailed(f"left no readable {path.name}") from None
    if rows.dtype != np.float32 or rows.ndim != 2 or len(rows) != count:
        raise SubmissionFailed(
            f"{path.name} holds {rows.dtype} {rows.shape}, not float32 ({count}, d)"
        )
    for start in range(0, count, 65_536):
        if not np.isfinite(rows[start : start + 65_536]).all():
            raise SubmissionFailed(f"{path.name} holds NaN or infinity")
    return rows
