"""Charts as SVG, drawn while the site is built: nothing has to run in the reader's browser."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

import altair as alt
import vl_convert

from benchmark.errors import plain
from benchmark.scorers.measures import MAIN

_INK, _QUIET = "#8a8175", "#8a81754d"
"""Readable on light and dark pages alike."""
_COLOURS = ["#b0563b", "#3f7d8c", "#b08a2e", "#6b5b95", "#5f8d4e", "#9a4f79"]
_FONT = "system-ui, sans-serif"

_WIDTH, _HEIGHT, _MARGIN = 560, 300, 40
_ACROSS, _UP, _OFF = 680, 420, 8
"""Of the chart of two boards, and from a dot to its name."""
_BESIDE = 100
"""Room on the right of every chart."""
_LETTER, _LINE = 5.6, 12
"""Of a name beside a dot, in pixels: width of a letter, height of a line."""

Datum = dict[str, Any]


_SHORT = "datum.value < 1000 ? format(datum.value, '~g') : format(datum.value, '~s')"
"""Millions as "2M", but never thousandths as "200m"."""


def retention(rows: Sequence[Datum]) -> str:
    """Dots with intervals: student, category, mean, low, high; shares of the teacher's."""
    shares = alt.Axis(format="%", tickCount=6, title=f"kept of the teacher's {MAIN}")
    base = alt.Chart(_data(rows)).encode(
        y=alt.Y("category:N", sort=None, title=None, axis=alt.Axis(labelLimit=220, minExtent=150)),
        yOffset=alt.YOffset("student:N", sort=None),
        color=alt.Color("student:N", sort=None, title=None),
    )
    ranges = base.mark_rule(strokeWidth=2, opacity=0.6).encode(
        x=alt.X("low:Q", axis=shares), x2="high:Q"
    )
    dots = base.mark_circle(size=42, opacity=1).encode(x=alt.X("mean:Q", axis=shares))
    whole = alt.Chart(_data([{"x": 1}])).mark_rule(color=_INK).encode(x="x:Q")
    return _svg(alt.layer(whole, ranges, dots).properties(width=460, height={"step": 13}))


def shares(rows: Sequence[Datum]) -> str:
    """Lines with bands: name, share of depictions kept, mean, low, high of a gain."""
    kept = alt.X("share:Q", axis=alt.Axis(format="%", title="depictions kept in the catalogue"))
    base = alt.Chart(_data(rows)).encode(x=kept, color=alt.Color("name:N", sort=None, title=None))
    gain = alt.Axis(title=f"{MAIN.name} over the encoder alone", format="+.2f")
    bands = base.mark_area(opacity=0.15).encode(y=alt.Y("low:Q", axis=gain), y2="high:Q")
    lines = base.mark_line(point=True).encode(y=alt.Y("mean:Q", axis=gain))
    none = alt.Chart(_data([{"y": 0}])).mark_rule(color=_INK, strokeDash=[4, 4]).encode(y="y:Q")
    return _svg(alt.layer(none, bands, lines).properties(width=_WIDTH, height=_HEIGHT))


def front(rows: Sequence[Datum], cost: str) -> str:
    """Quality against a cost: name, cost, mean, low, high, whether on the front."""
    top = max(row["high"] for row in rows) or 1.0
    scale = alt.Scale(type="log", nice=False, padding=_MARGIN)
    axis = alt.Axis(labelExpr=_SHORT, tickCount=5)
    ink = alt.condition("datum.front", alt.value(_COLOURS[0]), alt.value(_INK))
    least, most = (math.log(one(row["cost"] for row in rows)) for one in (min, max))
    across = (_WIDTH - 2 * _MARGIN) / max(most - least, 1e-9)
    lefts = [(math.log(row["cost"]) - least) * across for row in rows]
    base = alt.Chart(_data(_apart(rows, lefts, lefts, top))).encode(
        x=alt.X("cost:Q", title=cost, scale=scale, axis=axis), color=ink
    )

    def height(field: str) -> Any:
        upright = alt.Scale(domain=[0, top], nice=False)
        return alt.Y(f"{field}:Q", axis=alt.Axis(title=MAIN.name), scale=upright)

    ranges = base.mark_rule(opacity=0.5).encode(y=height("low"), y2="high:Q")
    dots = base.mark_circle(size=50, opacity=1).encode(y=height("mean"))
    names = base.mark_text(align="left", dx=7, dy=-5, fontSize=10).encode(
        y=height("named_at"), text="name:N"
    )
    return _svg(alt.layer(ranges, dots, names).properties(width=_WIDTH, height=_HEIGHT))


def worlds(rows: Sequence[Datum], boards: tuple[str, str], chance: Datum | None) -> str:
    """One board against another: name, looks_at, and of each mean, low, high with `x_` and `y_`
    before them; `boards` are their names, `chance` is one such row."""
    right, top = (max(row[f"{axis}_high"] for row in rows) or 1.0 for axis in "xy")
    data, lefts = [], []
    dots_at = [row["x_mean"] / right * _ACROSS for row in rows]
    for row, left in zip(rows, dots_at, strict=True):
        long = _LETTER * len(row["name"])
        if left + long > _ACROSS + _BESIDE:  # it would leave the picture: to the left of its dot
            left -= long + 2 * _OFF
        lefts.append(left)
        data.append({**row, "mean": row["y_mean"], "named_from": left / _ACROSS * right})
    base = alt.Chart(_data(_apart(data, dots_at, lefts, top, _UP)))
    # With a domain of its own: legends of colour and shape are one where their domains are.
    kinds = alt.Scale(domain=sorted({plain(row["looks_at"]) for row in rows}))
    looks = alt.Color("looks_at:N", title="looks at", scale=kinds)

    def at(axis: str, field: str, end: float) -> Any:
        kind, name = (alt.X, boards[0]) if axis == "x" else (alt.Y, boards[1])
        scale = alt.Scale(domain=[0, end], nice=False)
        return kind(f"{field}:Q", title=f"{MAIN.name} on {plain(name)}", scale=scale)

    x, y = at("x", "x_mean", right), at("y", "y_mean", top)
    bars = base.mark_rule(strokeOpacity=0.55, strokeWidth=1.5)
    across = bars.encode(x=at("x", "x_low", right), x2="x_high:Q", y=y, color=looks)
    upright = bars.encode(x=x, y=at("y", "y_low", top), y2="y_high:Q", color=looks)
    dots = base.mark_point(size=60, filled=True, opacity=1).encode(
        x=x, y=y, color=looks, shape=alt.Shape("looks_at:N", title="looks at", scale=kinds)
    )
    names = base.mark_text(align="left", dx=_OFF, dy=-6, fontSize=10).encode(
        x=at("x", "named_from", right),
        y=at("y", "named_at", top),
        text="name:N",
        color=alt.value(_INK),
    )
    layers = [across, upright, dots, names]
    if chance is not None:
        mark = alt.Chart(_data([{**chance, "name": "chance"}]))
        rule = mark.mark_rule(strokeDash=[4, 3], color=_INK)
        word = mark.mark_text(align="left", dx=4, color=_INK, fontSize=10)
        layers += [
            rule.encode(x=x),
            rule.encode(y=y),
            word.encode(x=x, y=alt.value(8), text="name:N"),
            word.encode(x=alt.value(_ACROSS), y=y, text="name:N"),
        ]
    return _svg(alt.layer(*layers).properties(width=_ACROSS, height=_UP))


def similarities(rows: Sequence[Datum]) -> str:
    """Two scales beside one another: name, matched, unmatched, low, high; best name first."""
    kinds = {"matched": "what belongs together", "unmatched": "everything else"}
    dots = [
        {"name": row["name"], "of": kinds[field], "value": row[field]}
        for row in rows
        for field in kinds
    ]
    names = alt.Axis(labelLimit=240, minExtent=200)
    across = alt.Scale(nice=False, zero=False, padding=8)
    y = alt.Y("name:N", sort=None, title=None, axis=names)
    spread = (
        alt.Chart(_data(rows))
        .mark_rule(strokeWidth=7, opacity=0.3, color=_INK)
        .encode(y=y, x=alt.X("low:Q", title="mean cosine", scale=across), x2="high:Q")
    )
    shape = alt.Shape("of:N", sort=None, title=None)
    points = (
        alt.Chart(_data(dots))
        .mark_point(size=55, filled=True, opacity=1)
        .encode(y=y, x="value:Q", color=alt.Color("of:N", sort=None, title=None), shape=shape)
    )
    return _svg(alt.layer(spread, points).properties(width=430, height={"step": 20}))


def calibration(lines: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """A rising line a submission: name -> (similarity, probability), from left to right."""
    ends = [(name, *points[-1]) for name, points in lines.items()]
    first = min(points[0][0] for points in lines.values())
    wide = max(max(end for _, end, _ in ends) - first, 1e-9)
    dots = [(end - first) / wide * _ACROSS for _, end, _ in ends]
    lefts = [  # those that would leave the picture stand left of their end
        dot - (_LETTER * len(name) + 2 * _OFF) * (dot + _LETTER * len(name) > _ACROSS + _BESIDE)
        for (name, _, _), dot in zip(ends, dots, strict=True)
    ]
    data = [
        {"name": name, "mean": up, "from": first + left / _ACROSS * wide}
        for (name, _, up), left in zip(ends, lefts, strict=True)
    ]
    x = alt.X(
        "x:Q",
        title="cosine",
        scale=alt.Scale(domain=[first, first + wide], nice=False),
    )
    up = alt.Scale(domain=[0, 1], nice=False)
    y = alt.Y("y:Q", title="probability of being relevant", scale=up)
    colour = alt.Color("name:N", sort=None, legend=None)
    rows = [{"name": name, "x": a, "y": b} for name, points in lines.items() for a, b in points]
    drawn = alt.Chart(_data(rows)).mark_line(strokeWidth=2).encode(x=x, y=y, color=colour)
    names = (
        alt.Chart(_data(_apart(data, dots, lefts, 1.0, _UP)))
        .mark_text(align="left", dx=_OFF, fontSize=10)
        .encode(x="from:Q", y="named_at:Q", text="name:N", color=colour)
    )
    return _svg(alt.layer(drawn, names).properties(width=_ACROSS, height=_UP))


def _apart(
    rows: Sequence[Datum],
    across: Sequence[float],
    lefts: Sequence[float],
    top: float,
    tall: int = _HEIGHT,
) -> list[Datum]:
    """The data with `named_at`: the height of each name, moved where it would hide another or a
    dot.

    `across`, `lefts`: where dots lie and names begin, in pixels; a row's `mean` is its height,
    `top` that of a chart which is so many pixels `tall`.
    """
    placed: list[tuple[float, float, float]] = []
    found = []
    heights = [row["mean"] / top * tall for row in rows]
    dots = list(zip(across, heights, strict=True))

    def free(left: float, right: float, at: float) -> bool:
        others = (y for start, end, y in placed if left < end and start < right)
        hidden = (y for x, y in dots if left < x < right and abs(at + _LINE / 2 - y) < _LINE)
        return at >= 0 and all(abs(at - y) >= _LINE for y in others) and not list(hidden)

    for row, left, dot in sorted(
        zip(rows, lefts, heights, strict=True), key=lambda found: -found[2]
    ):
        right = left + _LETTER * len(row["name"])
        shifted = (at for shift in count() for at in (dot - shift, dot + shift))
        at = next(at for at in shifted if free(left, right, at))
        placed.append((left, right, at))
        found.append({**row, "named_at": at / tall * top})
    return found


def _data(rows: Sequence[Datum]) -> Any:
    inert = [{k: _name(v) if isinstance(v, str) else v for k, v in row.items()} for row in rows]
    return alt.Data(values=inert)  # type: ignore[no-untyped-call]


def _name(text: str) -> str:
    """A name as it can be drawn: vega cuts long ones between the halves of a wide character."""
    return re.sub("[^\u0000-\uffff]", "\ufffd", plain(text))


def _svg(chart: Any) -> str:
    axis = {"labelColor": _INK, "titleColor": _INK, "gridColor": _QUIET, "domainColor": _QUIET}
    told = chart.configure(font=_FONT, background="transparent").configure_view(stroke=None)
    told = told.configure_axis(**axis, tickColor=_QUIET)
    told = told.configure_legend(
        labelColor=_INK, titleColor=_INK, orient="top", labelLimit=240, columnPadding=36
    )
    told = told.configure_range(category=_COLOURS)
    # Letters are measured without the reader's font, so there is room to spare on the right.
    told = told.properties(padding={"left": 8, "top": 8, "bottom": 8, "right": _BESIDE + 10})
    return str(vl_convert.vegalite_to_svg(told.to_dict()))
