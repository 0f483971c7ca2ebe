from __future__ import annotations

import numpy as np
import pytest

from benchmark.errors import SubmissionFailed
from benchmark.harness.isolation.answers import Embedded
from benchmark.harness.isolation.model import Model, Rows
from benchmark.harness.worker.handlers import _embedded


def checked(returned: object, method: str, names: list[str], width: int | None) -> Rows:
    """Through both checks: the worker's, then the harness's."""
    head, body = _embedded(returned, method, len(names))
    model = Model.__new__(Model)
    model._widths = {method: width} if width else {}
    answer = Embedded.model_validate({"shape": tuple(head["shape"])})
    return model._rows(answer, bytearray(b"".join(body)), method, names)


def refused(returned: object, names: list[str], width: int | None = None) -> str:
    with pytest.raises(SubmissionFailed) as caught:
        checked(returned, "encode_texts", names, width)
    return str(caught.value)


@pytest.mark.parametrize(
    "returned",
    [
        [[1, 2], [3, 4]],
        np.array([[1, 2], [3, 4]], np.int64),
        np.array([[1, 2], [3, 4]], np.float16),
        np.asfortranarray([[1.0, 2.0], [3.0, 4.0]]),
        np.array([[1, 0, 2, 0], [3, 0, 4, 0]], np.float64)[:, ::2],
    ],
)
def test_takes_any_array_of_numbers(returned: object) -> None:
    rows = checked(returned, "encode_texts", ["a", "b"], 2)
    assert rows.dtype == np.float32
    assert rows.flags.c_contiguous
    assert rows.tolist() == [[1, 2], [3, 4]]


FAULTS: list[tuple[object, str]] = [
    (None, "encode_texts returned NoneType, not an array of numbers"),
    ("ab", "encode_texts returned str, not an array of numbers"),
    ([[1, 2], [3]], "encode_texts returned list, not an array of numbers"),
    (np.ones(2), "encode_texts returned shape (2,) for 2 inputs; wanted (2, d)"),
    (np.ones((3, 4)), "encode_texts returned shape (3, 4) for 2 inputs; wanted (2, d)"),
    (np.ones((2, 0)), "encode_texts returned shape (2, 0) for 2 inputs; wanted (2, d)"),
    (np.ones((2, 3, 1)), "encode_texts returned shape (2, 3, 1) for 2 inputs; wanted (2, d)"),
    (np.ones((2, 4)), "encode_texts returned 4 dimensions where it had returned 3"),
    (
        np.array([[1, 2, 3], [1, np.nan, 3]]),
        "encode_texts returned NaN or infinity for 'b' (1 of 2 rows in its batch); "
        'mend encoder.py, or set model.precision = "fp32" in submission.toml',
    ),
    (
        np.full((2, 3), -np.inf),
        "encode_texts returned NaN or infinity for 'a' (2 of 2 rows in its batch); "
        'mend encoder.py, or set model.precision = "fp32" in submission.toml',
    ),
]


@pytest.mark.parametrize(("returned", "message"), FAULTS)
def test_refuses(returned: object, message: str) -> None:
    assert refused(returned, ["a", "b"], 3) == message
