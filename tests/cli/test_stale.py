"""What is of another state of a collection is never ranked beside what is of this one."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from benchmark.collections.registry import find
from benchmark.commands import comparing, exchange, showing
from benchmark.errors import BadInput
from benchmark.results.store import Store
from benchmark.workspace import Workspace
from tests.results.made import RUN, SCORES, as_now, result

WHY = "of another state of the gallery: 350 paintings, now 8"


@pytest.fixture(autouse=True)
def scored(inside: None, workspace: Workspace, gallery: Path) -> None:
    """`early` found more, among fewer paintings; `old` is all that follows from old judgments."""
    store, place = Store(workspace.leaderboard), find(str(gallery), workspace)
    for name, ndcg in (("good", 0.7), ("fair", 0.5)):
        store.write(as_now(result(name, ndcg), place), RUN, SCORES)
    fewer = {"name": "colours", "paintings": 350}
    early = result("early", 0.9)
    early = early.model_copy(update={"collection": early.collection.model_copy(update=fewer)})
    store.write(early, RUN, SCORES)


def test_show_sets_it_apart_with_the_reason(
    gallery: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Regression: 350 paintings stood above 375 in one order, with one footer."""
    showing.show(str(gallery), as_json=False)
    lines = [line.split("  ")[0].strip() for line in capsys.readouterr().out.splitlines()]
    names = [line.split(" ")[0] for line in lines]
    kept = [name for name in names if name in ("good", "fair", "Stale,", "early")]
    assert kept == ["good", "fair", "Stale,", "early"]
    assert f"{WHY}: early; cimaise run --collection colours" in lines


def test_show_as_json_says_the_state(gallery: Path, capsys: pytest.CaptureFixture[str]) -> None:
    showing.show(str(gallery), as_json=True)
    shown = json.loads(capsys.readouterr().out)
    assert shown["collection"]["paintings"] == 8
    assert [(row["name"], row["state"]) for row in shown["rows"]] == [
        ("good", "current"),
        ("fair", "current"),
        ("early", WHY),
    ]


def test_show_where_all_is_stale_has_no_board(
    workspace: Workspace, gallery: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("good", "fair"):
        Store(workspace.leaderboard).result_path("colours", name).unlink()
    showing.show(str(gallery), as_json=False)
    assert capsys.readouterr().out.startswith("Stale, so without a place (1):\n")
    showing.show(str(gallery), as_json=True)
    shown = json.loads(capsys.readouterr().out)
    assert (shown["collection"]["name"], shown["collection"]["paintings"]) == ("colours", 8)
    assert [row["state"] for row in shown["rows"]] == [WHY]


def test_export_gives_it_no_place_no_run_and_no_values(
    gallery: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exchange.export(str(gallery), tmp_path / "trec", tmp_path / "csv")
    captured = capsys.readouterr()
    assert f"stale, {WHY}: early; cimaise run --collection " in captured.err
    assert "qrels.txt and 2 runs" in captured.out
    assert sorted(path.name for path in (tmp_path / "trec").iterdir()) == [
        "fair.run",
        "good.run",
        "qrels.txt",
    ]
    rows = list(csv.DictReader((tmp_path / "csv/table.csv").open()))
    assert [(row["submission"], row["best_place"], row["state"]) for row in rows] == [
        ("good", "1", "current"),
        ("fair", "1", "current"),
        ("early", "", WHY),
    ]
    values = list(csv.DictReader((tmp_path / "csv/per-query.csv").open()))
    assert {row["submission"] for row in values} == {"good", "fair"}


def test_compare_refuses_it(gallery: Path) -> None:
    with pytest.raises(BadInput, match=f"early: its result is stale: {WHY}; cimaise run early"):
        comparing.compare("good", "early", "ndcg@10", str(gallery), as_json=False)


def test_compare_prints_no_p_value_finer_than_a_thousandth(
    gallery: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(comparing, "paired_p_value", lambda *_: 1e-12)
    comparing.compare("good", "fair", "ndcg@10", str(gallery), as_json=False)
    assert ", p < 0.001 over 2 topics" in capsys.readouterr().out
