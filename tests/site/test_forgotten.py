from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from benchmark.site import charts
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
    drawn = charts.front(dots, "ms a query")
    assert {"a", "b", "ms a query", "ndcg@10"} <= texts(drawn)
    assert "#b0563b" in drawn and "#8a8175" in drawn  # on the front, and off it
