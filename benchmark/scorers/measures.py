"""Every measure, found by reading this folder: a file is a family, and this one lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from benchmark import plugins
from benchmark.errors import BadInput
from benchmark.scorers import CUT as CUT
from benchmark.scorers import DEPTH as DEPTH
from benchmark.scorers import Measure

_HERE = "benchmark.scorers"
_USES = re.compile(r"^from benchmark\.scorers(?:\.(\w+))? import", re.MULTILINE)


def families(package: str = _HERE) -> dict[str, tuple[Measure, ...]]:
    """File name -> its measures, in name order.

    Raises BadInput naming the file and the field that is missing, wrong or stands twice.
    """
    found: dict[str, tuple[Measure, ...]] = {}
    whose: dict[str, str] = {}
    for family in plugins.modules(package):
        if f"{package}.{family}" == __name__:
            continue
        plugins.member(package, family, "TITLE", str)
        listed = plugins.member(package, family, "MEASURES", tuple)
        where = f"{family}.py: MEASURES"
        for one in listed if isinstance(listed, tuple) else ():
            if not isinstance(one, Measure):
                raise BadInput(where, f"holds a {type(one).__name__}", "list Measure objects")
            if one.name in whose:
                problem = f"'{one}' stands in {whose[one.name]}.py too"
                raise BadInput(where, problem, "give one of them another name")
            whose[one.name] = family
            found[family] = (*found.get(family, ()), one)
    return found


def code(family: str) -> list[Path]:
    """The files a family's values follow from: its own, and what it uses of this folder."""
    here, wanted, found = Path(__file__).parent, [family], list[str]()
    while wanted:
        name = wanted.pop()
        if name not in found:
            found.append(name)
            used = _USES.findall((here / f"{name}.py").read_text("utf-8"))
            wanted += [other or "__init__" for other in used]
    return [here / f"{name}.py" for name in sorted(found)]


FAMILIES = families()

BY_NAME = {measure.name: measure for family in FAMILIES.values() for measure in family}

FAMILY = {measure.name: name for name, family in FAMILIES.items() for measure in family}
"""Measure name -> the file it stands in."""

MAIN = BY_NAME["ndcg@10"]
"""By which the leaderboard is ordered. Named here and nowhere else."""

TURN, SESSION = BY_NAME["turn_ndcg@10"], BY_NAME["nsdcg@10"]
HIT, BRI = BY_NAME["session_hit@10"], BY_NAME["bri"]

MEASURES = tuple(
    measure
    for measure in BY_NAME.values()
    if measure.unit != "run" and "conversations" not in measure.needs
)
"""Those that have a value for each query."""

GEOMETRY = tuple(
    measure
    for measure in BY_NAME.values()
    if measure.unit == "run" and "embeddings" in measure.needs
)
"""For an encoder's embeddings; cosines, whatever their lengths."""

CATALOGUE = tuple(
    measure
    for measure in BY_NAME.values()
    if measure.unit == "run" and "embeddings" not in measure.needs
)
"""For a run as a whole."""


def _of_runs(family: Iterable[Measure]) -> bool:
    return all(measure.unit == "run" for measure in family)


def _groups() -> dict[str, tuple[Measure, ...]]:
    """Title -> measures of all families that bear it; the main one first, those of a run last."""
    order = sorted(
        FAMILIES, key=lambda name: (MAIN not in FAMILIES[name], _of_runs(FAMILIES[name]), name)
    )
    found: dict[str, tuple[Measure, ...]] = {}
    for name in order:
        title = str(plugins.member(_HERE, name, "TITLE", str))
        found[title] = (*found.get(title, ()), *FAMILIES[name])
    return found


GROUPS = _groups()
"""As pages show them."""
