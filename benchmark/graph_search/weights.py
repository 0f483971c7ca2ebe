"""How much each kind of evidence counts: learned on topics for tuning, kept as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from benchmark.errors import BadInput
from benchmark.graph_search.labels import How
from benchmark.graph_search.relations import Expansion, Kind
from benchmark.parsing import json_table
from benchmark.tables import Table, validated

Weight = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]


class Weights(Table):
    """Evidence counts `how` the words met a term, times how the term was widened, times what kind
    of thing the painting says of it."""

    how: dict[How, Weight]
    expansion: dict[Expansion, Weight]
    kind: dict[Kind, Weight]
    negated: Weight = Field(description="taken off for what is not to be shown")
    unknown: Weight = Field(description="of a word that no term answers to, in the divisor")
    date: Weight = Field(description="of a year within the span that is said")
    title: Weight = Field(description="of the share of the words that stand in the title")

    @property
    def count(self) -> int:
        """How many numbers they are."""
        return len(self.how) + len(self.expansion) + len(self.kind) + 4


GUESS = Weights(
    how={"label": 1, "name": 1, "part": 0.7, "other word": 0.8, "narrower word": 0.7,
         "spelling": 0.6},
    expansion={"itself": 1, "narrower": 1, "broader": 0.2, "attribute": 0.3, "known by": 0.6,
               "school": 1, "pupil": 0.2},
    kind={"creator": 1, "style": 1, "genre": 1, "depicts": 1, "other": 0.5},
    negated=1, unknown=0.5, date=1, title=0.5,
)  # fmt: skip
"""What one would say before any topic was seen: where learning starts."""


def read(path: Path) -> Weights:
    """The weights of a JSON file. Raises BadInput with the field at fault, or the one it lacks."""
    found = validated(path, Weights, json_table(path))
    for field in ("how", "expansion", "kind"):
        for name in sorted(getattr(GUESS, field).keys() - getattr(found, field).keys()):
            raise BadInput(path, f"{field}: lacks '{name}'", "add it")
    return found
