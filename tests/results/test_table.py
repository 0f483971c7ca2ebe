from __future__ import annotations

import csv

import pytest

from benchmark.results.cost import SELF_REPORTED
from benchmark.results.current import Stale
from benchmark.results.table import as_csv, cells
from tests.results.made import COST, result


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", r"'\t=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("-0.5", "-0.5"),
        ("+1e-05", "+1e-05"),
        ("-1+1", "'-1+1"),
        ("", ""),
        ("a=b", "a=b"),
        ("\x1b[2J", r"\x1b[2J"),
    ],
)
def test_no_cell_begins_a_formula(said: str, written: str) -> None:
    assert cells([said]) == [written]


def test_numbers_stay_numbers() -> None:
    assert cells([-1, -0.5, None]) == [-1, -0.5, None]


def test_a_row_names_what_is_self_reported() -> None:
    size = result().size.model_copy(update={"counted": False})
    told = result("told").model_copy(update={"size": size})
    bare = COST.model_copy(update={**dict.fromkeys(SELF_REPORTED), "marks": ["=HYPERLINK(0)"]})
    ours = result("ours").model_copy(update={"cost": bare})
    places = {"told": (1, 2), "ours": (1, 2)}
    rows = list(csv.DictReader(as_csv([told, ours], places).splitlines()))
    assert [row["self_reported"] for row in rows] == ["parameters flops_per_picture", ""]
    assert [row["parameters"] for row in rows] == ["2500000", "2500000"]
    assert rows[1]["marks"] == "'=HYPERLINK(0)"


def test_a_stale_row_comes_last_says_why_and_has_no_place() -> None:
    """Regression: rows of different states of a gallery stood in one order."""
    better = Stale(result("better", 0.9), "of other judgments")
    rows = list(csv.DictReader(as_csv([result("s")], {"s": (1, 1)}, [better]).splitlines()))
    told = [(r["submission"], r["state"], r["best_place"], r["worst_place"]) for r in rows]
    assert told == [("s", "current", "1", "1"), ("better", "of other judgments", "", "")]
    assert rows[1]["ndcg@10"] == "0.900000"
