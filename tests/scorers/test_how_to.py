"""The example of docs/how-to/measure.md, as a file of a folder of its own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmark.records import Run
from benchmark.scorers import Answers, Judgments
from benchmark.scorers.measures import families
from tests.scorers.conforms import conforms


def test_the_example_is_a_measure(package: Path) -> None:
    page = Path("docs/how-to/measure.md").read_text("utf-8")
    (package / "early.py").write_text(page.split("```python\n")[1].split("```")[0], "utf-8")
    (measure,) = families(package.name)["early"]
    assert str(measure) == "r_precision(rel=2)"
    conforms(measure)
    # Three paintings of grade 2 or more; of the first three, one is of them.
    judged = Judgments({"q": {"a": 3, "b": 2, "c": 2, "d": 1}}, ["q", "r"])
    run = Run(("q",), (("d", "a", "x", "b"),), (np.arange(4, 0, -1, dtype=np.float32),))
    assert measure.compute(Answers(run, judged)) == {"q": pytest.approx(1 / 3)}
