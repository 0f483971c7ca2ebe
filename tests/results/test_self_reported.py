from __future__ import annotations

from benchmark.results.cost import SELF_REPORTED, Cost, Size
from benchmark.results.self_reported import parameters, self_reported
from tests.results.made import COST

SIZE = Size(parameters={"image": 2, "text": 3}, weight_mb=1, bytes_per_painting=None)


def test_parameters_are_ours_unless_the_submission_gave_them() -> None:
    assert SIZE.counted
    assert parameters(SIZE) == 5
    told = SIZE.model_copy(update={"counted": False})
    assert parameters(told) is None
    assert parameters(SIZE.model_copy(update={"parameters": {}})) is None
    assert self_reported(SIZE, None) == []
    assert self_reported(told, None) == ["parameters"]
    assert self_reported(told.model_copy(update={"parameters": {}}), None) == []


def test_of_a_cost_only_what_is_known_is_named() -> None:
    bare = COST.model_copy(update=dict.fromkeys(SELF_REPORTED))
    assert self_reported(SIZE, bare) == []
    device = {"device_allocated_mb": 1.0, "device_reserved_mb": 0.0}
    assert self_reported(SIZE, bare.model_copy(update=device)) == [
        "device_allocated_mb",
        "device_reserved_mb",
    ]


def test_they_are_fields_of_a_cost() -> None:
    assert set(SELF_REPORTED) < set(Cost.model_fields)
