from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from benchmark.collections.registry import find
from benchmark.results.store import Store
from benchmark.site import charts
from benchmark.site.leaderboard import Leaderboard
from benchmark.site.page import Site
from benchmark.site.pages import forgotten
from benchmark.workspace import Workspace
from tests.results.made import COST
from tests.site.test_pages import text_of


def test_the_page_says_what_the_student_keeps(site: Path) -> None:
    page = site / "forgotten/index.html"
    said = text_of(page)
    assert "What did distillation forget?" in said
    # `constant` is made the pupil of `healthy`; figures are those of its own page.
    own = text_of(site / "submissions/colours/constant.html")
    found = re.search(r"ndcg@10 (\d+) % (\d+) to (\d+) %", own.split("keeps of healthy")[-1])
    assert found, own
    assert "constant healthy {} % {} % to {} %".format(*found.groups()) in said
    assert "What this does not show" in said
    chart = site / "charts/colours-retention.svg"
    assert 'src="../charts/colours-retention.svg"' in page.read_text()
    assert ET.parse(chart).getroot().tag.endswith("svg")


def unwritten(path: str, content: bytes) -> None:
    raise AssertionError(f"{path}: no page here shows a painting")


def test_twins_fronts_and_tuned_models_are_told_of(site: Path, tmp_path: Path) -> None:
    """`alone` has the towers of the pupil, `tuned` is `healthy` taught a little more."""
    workspace = Workspace(tmp_path)
    (tmp_path / "queries").symlink_to(site.parent / "queries")
    shutil.copytree(site.parent / "leaderboard", tmp_path / "leaderboard")
    store = Store(workspace.leaderboard)
    healthy, constant = (store.result("colours", name) for name in ("healthy", "constant"))
    assert healthy is not None and constant is not None
    size = constant.size.model_copy(update={"parameters": {"image": 500_000}, "counted": True})
    none = constant.about.model_copy(update={"role": "baseline", "teacher": None})
    tuned = healthy.about.model_copy(update={"role": "fine-tuned", "base": "healthy"})
    cheap = COST.model_copy(update={"query_ms_p50": 0.5})
    pupil = constant.model_copy(update={"size": size, "cost": cheap})
    for result, like in (
        (pupil, "constant"),
        (pupil.model_copy(update={"submission": "alone", "about": none}), "constant"),
        (healthy.model_copy(update={"submission": "tuned", "about": tuned}), "healthy"),
    ):
        store.write(result, store.run("colours", like), store.scores("colours", like))
    (tmp_path / "submissions" / "tuned").mkdir(parents=True)
    log = {
        "top_1_before": {"train": 0.125, "everything_else": 0.5},
        "top_1_after": {"train": 0.75, "everything_else": 0.25},
        "ndcg@10_before": {"own": 0.2},
        "ndcg@10_after": {"own": 0.45},
        "ndcg@10_gain": {"own": {"mean": 0.25, "low": 0.125, "high": 0.375}},
        "trial": {"own": {"synthetic_queries": 300, "scenes": 1200}},
    }
    (tmp_path / "submissions/tuned/training.json").write_text(json.dumps(log))
    place = find(str(site.parent.parent / "colours"), workspace)

    def drawn() -> dict[str, str | bytes]:
        return dict(forgotten.draw(Site(workspace, [Leaderboard(place, store, unwritten)])))

    written = drawn()
    page = str(written["forgotten/index.md"])
    said = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "constant has the towers of alone , which learned without a teacher" in said
    assert "+0.000 (+0.000 to +0.000) in ndcg@10; the two are not told apart" in said
    assert "tuned healthy 12 % → 75 % 50 % → 25 %" in said
    ours = "0.200 → 0.450 +0.250 +0.125 to +0.375"
    assert f"tuned {ours} +0.000 (+0.000 to +0.000)" in said
    assert "300 synthetic queries for the new domain, to 1,200 scenes." in said
    assert "charts/colours-front-2.svg" in written
    assert 'src="../charts/colours-front-2.svg"' in page
    assert "charts/colours-front-1.svg" in written  # against parameters, which were counted

    told = size.model_copy(update={"counted": False})
    lone = pupil.model_copy(update={"submission": "alone", "about": none, "size": told})
    store.write(lone, store.run("colours", "constant"), store.scores("colours", "constant"))
    bad = {"top_1_before": {"train": "<b>"}, "ndcg@10_gain": {"own": {}}, "trial": 3}
    (tmp_path / "submissions/tuned/training.json").write_text(json.dumps(bad))
    again = str(drawn()["forgotten/index.md"])
    assert "learned without a teacher" not in again  # its towers are but its own word
    assert "Fine-tuning: accuracy" in again and "12 %" not in again and "<b>" not in again


def texts(svg: str) -> set[str]:
    return {
        "".join(one.itertext()) for one in ET.fromstring(svg).iter() if one.tag.endswith("text")
    }


def test_charts_name_what_they_show() -> None:
    rows = [
        {"student": "s", "category": "counting", "mean": 0.9, "low": 0.8, "high": 1.0},
        {"student": "t", "category": "subject", "mean": 0.7, "low": 0.6, "high": 0.8},
    ]
    assert {"s", "t", "counting", "subject", "kept of the teacher's ndcg@10"} <= texts(
        charts.retention(rows)
    )
    dots = [
        {"name": "a", "cost": 10, "mean": 0.5, "low": 0.4, "high": 0.6, "front": True},
        {"name": "b", "cost": 1000, "mean": 0.4, "low": 0.3, "high": 0.5, "front": False},
    ]
    small = [{**dot, "cost": dot["cost"] / 100} for dot in dots]
    assert {"0.1", "1", "10"} <= texts(charts.front(small, "ms a query"))
    drawn = charts.front(dots, "ms a query")
    assert {"a", "b", "ms a query", "ndcg@10"} <= texts(drawn)
    assert "#b0563b" in drawn and "#8a8175" in drawn  # on the front, and off it


def test_names_of_close_dots_do_not_hide_one_another() -> None:
    close = {"cost": 10, "mean": 0.5, "low": 0.4, "high": 0.6, "front": True}
    far = {**close, "cost": 10_000}
    rows = [{**close, "name": "one"}, {**close, "name": "two"}, {**far, "name": "three"}]
    svg = ET.fromstring(charts.front(rows, "parameters"))
    heights = {
        "".join(one.itertext()): float(re.findall(r"-?[\d.]+", one.attrib["transform"])[1])
        for one in svg.iter()
        if one.tag.endswith("text") and "transform" in one.attrib
    }
    assert heights["two"] == pytest.approx(heights["one"] + 12)
    assert heights["three"] == pytest.approx(heights["one"])


def test_charts_of_what_finds_nothing_are_drawn_and_names_stay_off_the_axis() -> None:
    zero = {"cost": 10, "mean": 0.0, "low": 0.0, "high": 0.0, "front": False}
    rows = [{**zero, "name": "one"}, {**zero, "name": "two"}]
    placed = charts._apart(rows, [0.0, 0.0], [0.0, 0.0], 1.0)
    assert [row["named_at"] for row in placed] == [0.0, pytest.approx(12 / 300)]
    assert {"one", "two"} <= texts(charts.front(rows, "parameters"))
