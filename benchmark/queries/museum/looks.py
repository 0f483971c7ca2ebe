"""Second looks at grades: the rule proposes, the eye decides, and says why where it differs.

`looks.tsv` beside the topics has a line for every pair of topic and painting that was looked at
once more against the picture: what the rule proposed, the grade that was given, and a reason where
the two are not the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmark.errors import BadInput
from benchmark.parsing import text_lines
from benchmark.queries.judgments import GRADES

FILE = "looks.tsv"
COLUMNS = ("topic", "painting", "proposed", "grade", "reason")
LOOKED_AT = 2
"""Proposed from this grade on, a pair has to be looked at."""


@dataclass(frozen=True)
class Look:
    """What a rule proposed for one painting, what was seen, and why that differs if it does."""

    proposed: int
    grade: int
    reason: str


Looks = Mapping[str, Mapping[str, Look]]
"""Topic -> painting -> look."""


def read(path: Path) -> Looks:
    """Every look. Raises BadInput with the line of one that is wrong, or an override without a
    reason."""
    found: dict[str, dict[str, Look]] = {}
    lines = text_lines(path)
    if not lines or tuple(lines[0].split("\t")) != COLUMNS:
        raise BadInput(f"{path}:1", "has other columns", f"give {', '.join(COLUMNS)}")
    for number, line in enumerate(lines[1:], 2):
        where, row = f"{path}:{number}", line.split("\t")
        if len(row) != len(COLUMNS):
            raise BadInput(where, f"is not {', '.join(COLUMNS)}, tab-separated")
        topic, painting, proposed, grade, reason = row
        if not {proposed, grade} <= {str(value) for value in GRADES}:
            raise BadInput(where, f"'{proposed}', '{grade}': no grades", "use 0, 1, 2 or 3")
        if (proposed != grade) != bool(reason.strip()):
            raise BadInput(where, "a reason stands where, and only where, the grade was changed")
        if painting in found.setdefault(topic, {}):
            raise BadInput(where, f"'{topic}' looks at '{painting}' twice")
        found[topic][painting] = Look(int(proposed), int(grade), reason)
    return found


def decided(topic: str, proposed: Mapping[str, int], looks: Looks) -> dict[str, int]:
    """The grades above 0 of one topic after the second look.

    Raises BadInput where a proposal of LOOKED_AT or more was not looked at, or where the rule
    proposes another grade now than when it was.
    """
    own = looks.get(topic, {})
    for painting, grade in proposed.items():
        if grade >= LOOKED_AT and painting not in own:
            raise BadInput(f"{topic}: {painting}", f"grade {grade} was not looked at once more",
                           f"look at the picture, and add a line to {FILE}")  # fmt: skip
    for painting, look in own.items():
        if look.proposed != proposed.get(painting, 0):
            now = proposed.get(painting, 0)
            problem = f"the rule proposes {now}, no longer {look.proposed}"
            raise BadInput(f"{topic}: {painting}", problem, "look at the picture again")
    grades = {**proposed, **{painting: look.grade for painting, look in own.items()}}
    return {painting: grade for painting, grade in grades.items() if grade}
