from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

from benchmark.site import charts


def row(name: str, x: float, y: float, looks_at: str = "image") -> charts.Datum:
    return {
        "name": name,
        "looks_at": looks_at,
        **{f"x_{field}": x + by for field, by in (("mean", 0), ("low", -0.1), ("high", 0.1))},
        **{f"y_{field}": y + by for field, by in (("mean", 0), ("low", -0.1), ("high", 0.1))},
    }


def words(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter() if "text" in element.tag]


def test_two_boards_have_a_dot_two_bars_and_a_name_a_submission_and_one_legend() -> None:
    rows = [row("one", 0.5, 0.4), row("two", 0.3, 0.2), row("three", 0.2, 0.5, "metadata")]
    svg = charts.worlds(rows, ("drawn", "real"), row("random", 0.1, 0.1))
    said = words(svg)
    assert [said.count(name) for name in ("one", "two", "three", "random")] == [1, 1, 1, 0]
    assert said.count("chance") == 2  # at either line
    assert (said.count("looks at"), said.count("image"), said.count("metadata")) == (1, 1, 1)
    assert "ndcg@10 on drawn" in said and "ndcg@10 on real" in said
    assert svg.count('aria-roledescription="point"') == 3
    assert svg.count('aria-roledescription="rule mark"') == 2 * 3 + 2


def test_without_a_random_order_no_line_is_drawn() -> None:
    svg = charts.worlds([row("one", 0.5, 0.4)], ("drawn", "real"), None)
    assert "chance" not in words(svg)


def test_no_name_hides_another_or_a_dot() -> None:
    rows = [{"name": f"name-{n}", "mean": 0.5 + n / 1000} for n in range(6)]
    across = [100.0 + n for n in range(6)]
    found = charts._apart(rows, across, across, 1.0)
    heights = sorted(one["named_at"] * charts._HEIGHT for one in found)
    assert min(b - a for a, b in pairwise(heights)) >= charts._LINE - 1e-9
    # The last dot has no other to its right, so its name stays beside it.
    last = next(one for one in found if one["name"] == "name-5")
    assert last["named_at"] == last["mean"]


def test_a_long_name_at_the_right_stays_in_the_picture() -> None:
    name = "a-submission-with-a-rather-long-name"
    svg = charts.worlds([row(name, 0.9, 0.5), row("b", 0.1, 0.5)], ("d", "r"), None)
    element = next(e for e in ET.fromstring(svg).iter() if e.text == name)
    at = re.match(r"translate\(([\d.]+)", element.attrib["transform"])
    assert at is not None
    assert float(at[1]) + len(name) * charts._LETTER < 0.9 * charts._ACROSS


def test_two_scales_have_two_dots_and_a_bar_a_submission() -> None:
    rows = [
        {"name": name, "matched": 0.25, "unmatched": at, "low": at - 0.1, "high": at + 0.1}
        for name, at in (("one", 0.05), ("two", -0.1))
    ]
    svg = charts.similarities(rows)
    said = words(svg)
    assert [said.count(name) for name in ("one", "two")] == [1, 1]
    assert [said.count(of) for of in ("what belongs together", "everything else")] == [1, 1]
    assert svg.count('aria-roledescription="point"') == 4
    assert svg.count('aria-roledescription="rule mark"') == 2


def test_each_map_is_a_line_with_its_name_once_also_where_it_is_one_point() -> None:
    svg = charts.calibration({"one": [(0.1, 0.0), (0.4, 1.0)], "two": [(0.2, 0.5)]})
    assert [words(svg).count(name) for name in ("one", "two")] == [1, 1]
    assert svg.count('aria-roledescription="line mark"') == 2
    assert "two" in words(charts.calibration({"two": [(0.2, 0.5)]}))
