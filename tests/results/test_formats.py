from __future__ import annotations

import pytest

from benchmark.results.formats import p_value


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (1.0, "1.000"),
        (0.0496, "0.050"),
        (0.001, "0.001"),
        (0.000999, "< 0.001"),
        (1e-12, "< 0.001"),
    ],
)
def test_no_p_value_is_printed_finer_than_a_thousandth(p: float, said: str) -> None:
    assert p_value(p) == said
