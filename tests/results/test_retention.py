from __future__ import annotations

import numpy as np
import pytest

from benchmark.results.retention import kept, kept_by, shares
from tests.results.made import COST, result


def test_share_of_a_teacher_with_its_interval() -> None:
    random = np.random.default_rng(0)
    teacher = {f"t{i}": float(v) for i, v in enumerate(random.uniform(0.4, 1, 200))}
    student = {topic: 0.9 * value for topic, value in teacher.items()}
    found = kept(student, teacher)
    assert found is not None
    assert (found.mean, found.low, found.high) == pytest.approx((0.9, 0.9, 0.9))
    noisy = {topic: value + float(random.normal(0, 0.1)) for topic, value in student.items()}
    found = kept(noisy, teacher)
    assert found is not None
    assert found.low < 0.9 < found.high and found.high - found.low < 0.1


def test_a_student_may_pass_its_teacher() -> None:
    found = kept({"a": 0.8, "b": 0.6}, {"a": 0.4, "b": 0.3})
    assert found is not None and found.mean == pytest.approx(2)


def test_nothing_to_keep() -> None:
    assert kept({"a": 1.0}, {"a": 0.0}) is None
    assert kept({"a": 1.0}, {"b": 1.0}) is None


def test_by_category() -> None:
    student, teacher = {"a": 0.5, "b": 0.2}, {"a": 0.5, "b": 0.8}
    found = kept_by(student, teacher, {"a": "x", "b": "y"})
    assert {name: share.mean for name, share in found.items()} == {"x": 1.0, "y": 0.25}


def test_shares_of_cost() -> None:
    teacher = result("teacher")
    size = teacher.size.model_copy(update={"parameters": {"image": 1_250_000}})
    quicker = {"query_ms_p50": 0.25, "pictures_per_s": 600, "decoded_pictures_per_s": 1600}
    cost = COST.model_copy(update=quicker)
    student = result("student").model_copy(update={"size": size, "cost": cost})
    assert shares(student, teacher) == pytest.approx(
        {
            "parameters": 0.5,
            "weights on disk": 1,
            "bytes a painting": 1,
            "ms a query": 0.25,
            "ms a picture": 0.5,
            "ms a decoded picture": 0.25,
            "memory": 1,
            "energy of queries": 1,
        }
    )


def test_what_one_of_them_says_of_itself_is_compared_with_nothing() -> None:
    told = result("told")
    size = told.size.model_copy(update={"counted": False, "parameters": {"image": 1}})
    told = told.model_copy(update={"size": size})
    other = result("other")
    for pair in ((told, other), (other, told), (told, told)):
        assert "parameters" not in shares(*pair)
        assert "weights on disk" in shares(*pair)


def test_costs_of_two_machines_are_not_compared() -> None:
    teacher = result("teacher")
    here = COST.hardware.model_copy(update={"processor": "other"})
    student = teacher.model_copy(update={"cost": COST.model_copy(update={"hardware": here})})
    assert set(shares(student, teacher)) == {"parameters", "weights on disk", "bytes a painting"}
