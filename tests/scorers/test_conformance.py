"""Every measure of every file of benchmark/scorers, and files that are no family."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.scorers.measures import BY_NAME, FAMILIES, FAMILY, GROUPS, MAIN, code, families
from tests.scorers.conforms import conforms


@pytest.mark.parametrize("name", BY_NAME)
def test_a_measure_keeps_to_what_it_says(name: str) -> None:
    conforms(BY_NAME[name])


def test_names_lead_back_to_measures() -> None:
    assert all(str(measure) == name for name, measure in BY_NAME.items())
    assert sum(len(family) for family in FAMILIES.values()) == len(BY_NAME)
    assert [one for group in GROUPS.values() for one in group if one == MAIN] == [MAIN]
    assert FAMILY["recall(rel=2)@100"] == "relevance"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"range": (0, 0.5)}, "> 0.5"),
        ({"better": "less"}, r"ndcg@10: 1\.0"),
        ({"unit": "session"}, "something else than a session"),
        ({"formula": lambda shown: {}}, "no value although all is known"),
        ({"stem": "Big"}, "no name"),
        ({"meaning": "A sentence."}, "a phrase"),
    ],
)
def test_what_it_says_is_checked(change: dict[str, object], problem: str) -> None:
    with pytest.raises(AssertionError, match=problem):
        conforms(replace(MAIN, **change))


GOOD = """
from benchmark.scorers import Measure

TITLE = "T"
MEASURES = (Measure("m", "what it means", lambda answers: {}),)
"""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (GOOD.replace("MEASURES", "OTHERS"), r"odd\.py: MEASURES: missing; define MEASURES as a"),
        (GOOD.replace("TITLE", "NAME"), r"odd\.py: TITLE: missing; define TITLE as a str"),
        ("TITLE = 't'\nMEASURES = (3,)", r"odd\.py: MEASURES: holds a int; list Measure objects"),
        (GOOD.replace('"what it means", ', ""), r"odd\.py: TypeError: .* 'formula'; mend or"),
        (
            GOOD.replace("{}),", "{}, needs=frozenset({'x'})),"),
            r"odd\.py: ValueError: m: needs 'x'",
        ),
    ],
    ids=["no measures", "no title", "wrong class", "missing field", "unknown need"],
)
def test_a_file_with_a_mistake_is_named(package: Path, text: str, line: str) -> None:
    (package / "odd.py").write_text(text)
    with pytest.raises(BadInput, match=line):
        families(package.name)


def test_a_name_stands_once(package: Path) -> None:
    for name in ("a.py", "b.py"):
        (package / name).write_text(GOOD)
    with pytest.raises(BadInput, match=r"b\.py: MEASURES: 'm' stands in a\.py too; give one"):
        families(package.name)


def test_the_files_that_a_familys_values_follow_from() -> None:
    assert [path.name for path in code("exposure")] == [
        "_answers.py",
        "_measure.py",
        "_once.py",
        "exposure.py",
    ]
    assert "_ranx.py" in {path.name for path in code("relevance")}


def test_a_measure_needs_no_library_before_it_is_computed() -> None:
    heavy = ("ranx", "numba", "torch", "faiss", "pyndeval", "scipy.stats", "pyoxigraph")
    script = "import sys, benchmark.scorers.measures\n"
    script += f"print([name for name in {heavy} if name in sys.modules])"
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert said.stdout == "[]\n"
