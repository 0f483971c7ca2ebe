"""How much of its teacher a light model keeps, and at what share of the cost."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from benchmark.results.comparison import ByTopic
from benchmark.results.cost import Cost
from benchmark.results.schema import Interval, Result
from benchmark.results.self_reported import parameters
from benchmark.statistics import LEVEL, draws


def kept(student: ByTopic, teacher: ByTopic) -> Interval | None:
    """The student's mean over the teacher's, over the topics both answer; may pass 1.

    Interval by paired percentile bootstrap of the ratio: topics are drawn for both alike. None
    where the teacher has nothing to keep.
    """
    topics = sorted(student.keys() & teacher.keys())
    mine, theirs = (np.array([side[topic] for topic in topics]) for side in (student, teacher))
    if not topics or theirs.mean() <= 0:
        return None
    weights = draws(len(topics))
    above, below = weights @ mine, weights @ theirs
    drawn = (above / np.where(below > 0, below, np.nan))[below > 0]
    low, high = np.quantile(drawn, [LEVEL / 2, 1 - LEVEL / 2])
    ratio = float(mine.mean() / theirs.mean())
    return Interval(mean=ratio, low=float(low), high=float(high))


def kept_by(student: ByTopic, teacher: ByTopic, category: Mapping[str, str]) -> dict[str, Interval]:
    """The same for each category of topics: what did distillation forget?"""
    found: dict[str, Interval] = {}
    for group in sorted({category.get(topic, "") for topic in student} - {""}):
        mine, theirs = (
            {topic: value for topic, value in side.items() if category.get(topic) == group}
            for side in (student, teacher)
        )
        if (ratio := kept(mine, theirs)) is not None:
            found[group] = ratio
    return found


def shares(student: Result, teacher: Result) -> dict[str, float]:
    """Share of the teacher's cost in each respect that both are known in; below 1 is lighter.

    Time, memory and energy only where both were measured on the same machine, and energy by the
    same method; parameters only where we counted them.
    """
    sizes = {
        "parameters": [float(parameters(r.size) or 0) for r in (student, teacher)],
        "weights on disk": [r.size.weight_mb for r in (student, teacher)],
        "bytes a painting": [float(r.size.bytes_per_painting or 0) for r in (student, teacher)],
    }
    pairs = {name: (mine, theirs) for name, (mine, theirs) in sizes.items()}
    if student.cost and teacher.cost and student.cost.hardware == teacher.cost.hardware:
        pairs |= _of_costs(student.cost, teacher.cost)
    return {name: mine / theirs for name, (mine, theirs) in pairs.items() if mine and theirs}


def _of_costs(mine: Cost, theirs: Cost) -> dict[str, tuple[float, float]]:
    found = {
        "ms a query": (mine.query_ms_p50, theirs.query_ms_p50),
        "ms a picture": (_ms(mine.pictures_per_s), _ms(theirs.pictures_per_s)),
        "ms a decoded picture": (
            _ms(mine.decoded_pictures_per_s),
            _ms(theirs.decoded_pictures_per_s),
        ),
        "memory": (mine.peak_memory_mb, theirs.peak_memory_mb),
    }
    for what in sorted(mine.energy.keys() & theirs.energy.keys()):  # pages come out alike
        if mine.energy[what].method == theirs.energy[what].method:
            found[f"energy of {what}"] = (mine.energy[what].joules, theirs.energy[what].joules)
    return found


def _ms(per_second: float | None) -> float:
    return 1000 / per_second if per_second else 0
