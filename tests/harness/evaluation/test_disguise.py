from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmark.harness.evaluation.disguise import kept_order, names, shuffled


def test_an_order_is_of_all_and_another_each_time() -> None:
    orders = [shuffled(50).tolist() for _ in range(4)]
    assert all(sorted(order) == list(range(50)) for order in orders)
    assert len({tuple(order) for order in orders}) == 4


def test_names_are_different_words_that_say_nothing() -> None:
    first, second = names(300), names(300)
    assert len({*first, *second}) == 600
    assert all(name.isalnum() for name in first)
    assert first != sorted(first)  # their order says nothing of the paintings' order


def test_a_stopped_run_goes_on_in_its_own_order(tmp_path: Path) -> None:
    order = kept_order(tmp_path, 30)
    assert np.array_equal(kept_order(tmp_path, 30), order)
    assert [path.name for path in tmp_path.iterdir()] == ["order.npy"]
