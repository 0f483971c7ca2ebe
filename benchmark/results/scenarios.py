"""Three places a museum may search in, and the submission that each should take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmark.results.comparison import ByTopic
from benchmark.results.machines import on_one_machine
from benchmark.results.retention import kept
from benchmark.results.schema import Interval, Result


@dataclass(frozen=True)
class Scenario:
    """Of all that keep at least `share` of the best mean, the one with the least of a cost."""

    name: str
    place: str
    share: float
    cost: str
    """Attribute of the cost that decides."""
    unit: str
    more: bool = False
    """Whether more of it is better: a rate, not a time."""


SCENARIOS = (
    Scenario(
        "Kiosk",
        "a small computer in the gallery: one visitor at a time, little memory, no fan",
        0.85,
        "peak_memory_mb",
        "MiB above a bare worker",
    ),
    Scenario(
        "Laptop",
        "a curator's laptop, which takes in the collection overnight and answers by day",
        0.90,
        "pictures_per_s",
        "pictures a second",
        more=True,
    ),
    Scenario(
        "Server",
        "a machine for a public site, where finding comes first and many ask at once",
        0.98,
        "queries_per_s",
        "queries a second",
        more=True,
    ),
)


@dataclass(frozen=True)
class Choice:
    """What a scenario takes, what it keeps of the best, and its figure beside the best's."""

    scenario: Scenario
    taken: Result
    keeps: Interval
    figure: float
    best_figure: float | None


def choices(results: Sequence[Result], values: Mapping[str, ByTopic]) -> list[Choice]:
    """A choice for each scenario, among submissions that look at pictures alone.

    Only those measured on the machine that most were measured on; `results` best first, `values`
    the main measure by submission and topic.
    """
    able = [one for one in on_one_machine(results) if one.about.inputs == ["image"]]
    shares = [kept(values[one.submission], values[able[0].submission]) for one in able]
    found = []
    for scenario in SCENARIOS:
        figures = [getattr(one.cost, scenario.cost) for one in able]
        good = [
            Choice(scenario, one, keeps, figure, figures[0])
            for one, keeps, figure in zip(able, shares, figures, strict=True)
            if keeps is not None and keeps.mean >= scenario.share and figure is not None
        ]
        if good:
            sign = -1 if scenario.more else 1
            found.append(min(good, key=lambda choice: sign * choice.figure))
    return found
