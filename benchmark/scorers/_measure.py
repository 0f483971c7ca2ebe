"""A measure: an object that says what it is, prints as its name, and computes itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from benchmark.scorers._answers import Answers

Values = Mapping[str, float]
"""Query or session id -> value; for a run as a whole, one value under RUN."""

Scores = dict[str, dict[str, float]]
"""Measure name -> id -> value."""

RUN = "run"

Unit = Literal["query", "topic", "session", "run"]
"""What one value is of."""

Need = Literal[
    "conversations", "embeddings", "facets", "facts", "incomplete judgments", "subtopics"
]

_MET: dict[Need, Callable[[Answers], bool]] = {
    "conversations": lambda answers: bool(answers.judgments.sessions),
    "embeddings": lambda answers: answers.embeddings is not None,
    "facets": lambda answers: bool(answers.judgments.knowledge.facets),
    "facts": lambda answers: bool(answers.judgments.knowledge.facts),
    "incomplete judgments": lambda answers: not answers.judgments.complete,
    "subtopics": lambda answers: bool(answers.judgments.subtopics),
}


@dataclass(frozen=True)
class Measure:
    """What a measure means, which way is better, where it can lie, who defined it.

    `ndcg@10` is stem and cut; `recall(rel=2)@100` has an option too.
    """

    stem: str
    meaning: str
    formula: Callable[[Answers], Values] = field(compare=False, repr=False)
    """Computes the values of all units that have one, where all needs are met."""
    cut: int | None = None
    """How much of each list is looked at."""
    options: tuple[tuple[str, float], ...] = ()
    better: Literal["more", "less", "near 0"] = "more"
    range: tuple[float | None, float | None] = (0, 1)
    """Least and greatest value; None where there is no bound."""
    source: str = ""
    unit: Unit = "query"
    needs: frozenset[Need] = frozenset()
    """What must be known beside a run and its grades; where it is not, there are no values."""

    def __post_init__(self) -> None:
        if unknown := sorted(self.needs - _MET.keys()):
            raise ValueError(f"{self.name}: needs '{unknown[0]}', which is none of {list(_MET)}")

    @property
    def name(self) -> str:
        """The measure's key everywhere."""
        options = ",".join(f"{name}={value}" for name, value in self.options)
        cut = "" if self.cut is None else f"@{self.cut}"
        return self.stem + (f"({options})" if options else "") + cut

    def __str__(self) -> str:
        return self.name

    def compute(self, answers: Answers) -> dict[str, float]:
        """Unit -> value; empty where something it needs is not known."""
        if not all(_MET[need](answers) for need in self.needs):
            return {}
        return dict(self.formula(answers))


def compute(measures: Iterable[Measure], answers: Answers) -> Scores:
    """The values of these measures and no others; those without any value are left out."""
    found = {measure.name: measure.compute(answers) for measure in measures}
    return {name: values for name, values in found.items() if values}
