from __future__ import annotations

from benchmark.results.cost import SELF_REPORTED
from benchmark.results.scenarios import SCENARIOS, choices
from benchmark.results.schema import Result
from tests.results.made import COST, result

BEST = {f"t{i}": 0.8 for i in range(20)}


def made(name: str, inputs: tuple[str, ...] = ("image",), **cost: object) -> Result:
    plain = result(name)
    about = plain.about.model_copy(update={"inputs": list(inputs)})
    return plain.model_copy(update={"about": about, "cost": COST.model_copy(update=cost)})


def test_each_place_takes_the_cheapest_that_keeps_enough() -> None:
    results = [
        made("heavy", peak_memory_mb=900, pictures_per_s=50, queries_per_s=300),
        made("catalogue", ("metadata",), peak_memory_mb=1, pictures_per_s=None, queries_per_s=9e9),
        made("light", peak_memory_mb=300, pictures_per_s=400, queries_per_s=2000),
        made("tiny", peak_memory_mb=90, pictures_per_s=900, queries_per_s=3000),
        made("silly", peak_memory_mb=1, pictures_per_s=9000, queries_per_s=9000),
    ]
    kept = {"heavy": 1.0, "catalogue": 1.0, "light": 0.95, "tiny": 0.88, "silly": 0.2}
    values = {name: {t: share * v for t, v in BEST.items()} for name, share in kept.items()}
    found = {choice.scenario.name: choice for choice in choices(results, values)}
    assert {place: choice.taken.submission for place, choice in found.items()} == {
        "Kiosk": "tiny", "Laptop": "light", "Server": "heavy",
    }  # fmt: skip
    laptop = found["Laptop"]
    assert (laptop.figure, laptop.best_figure) == (400, 50)
    assert round(laptop.keeps.mean, 6) == 0.95


def test_only_one_machine_is_compared_and_none_gives_no_choice() -> None:
    there = COST.hardware.model_copy(update={"processor": "Abacus"})
    results = [made("a"), made("b"), made("far", hardware=there, peak_memory_mb=1)]
    values = {name: BEST for name in ("a", "b", "far")}
    assert {choice.taken.submission for choice in choices(results, values)} == {"a"}
    assert choices([result("x").model_copy(update={"cost": None})], {"x": BEST}) == []


def test_a_best_that_has_no_such_figure_leaves_it_blank() -> None:
    """Regression: the best need not be an encoder, and the site must still be built."""
    results = [made("best", pictures_per_s=None), made("light", pictures_per_s=400)]
    values = {name: BEST for name in ("best", "light")}
    laptop = next(c for c in choices(results, values) if c.scenario.name == "Laptop")
    assert (laptop.taken.submission, laptop.figure, laptop.best_figure) == ("light", 400, None)


def test_no_scenario_is_decided_by_what_is_self_reported() -> None:
    assert not {scenario.cost for scenario in SCENARIOS} & set(SELF_REPORTED)
