"""When a server wants to be asked again."""

from __future__ import annotations

import time
from email.utils import formatdate

import pytest

from benchmark.collections.pulling.patience import seconds_of


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("7", 7), ("0.5", 0.5), ("-5", 0), ("soon", 60), ("nan", 60), ("inf", 60), ("1e999", 60),
     ("", 60), ("Mon, 01 Jan 1990 00:00:00 GMT", 0), ("Mon, 99 Jan 2990 00:00:00 GMT", 60)],
)  # fmt: skip
def test_what_is_told(told: str, seconds: float) -> None:
    assert seconds_of(told, 60) == seconds


def test_a_date() -> None:
    assert 98 <= seconds_of(formatdate(time.time() + 100, usegmt=True), 60) <= 100
