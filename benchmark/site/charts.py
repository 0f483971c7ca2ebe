"""Charts as SVG, drawn while the site is built: nothing has to run in the reader's browser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import vl_convert

_INK, _QUIET = "#8a8175", "#8a81754d"
"""Readable on light and dark pages alike."""
_COLOURS = ["#b0563b", "#3f7d8c", "#b08a2e", "#6b5b95", "#5f8d4e", "#9a4f79"]
_FONT = "system-ui, sans-serif"

Row = dict[str, Any]


_SHORT = "datum.value < 1000 ? format(datum.value, '~g') : format(datum.value, '~s')"
"""Millions as "2M", but never thousandths as "200m"."""


def retention(rows: Sequence[Row]) -> str:
    """Dots with intervals: student, category, mean, low, high; shares of the teacher's."""
    shares = alt.Axis(format="%", tickCount=6, title="kept of the teacher's ndcg@10")
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


def front(rows: Sequence[Row], cost: str) -> str:
    """Quality against a cost: name, cost, mean, low, high, whether on the front."""
    data = _data(rows)
    x = alt.X(
        "cost:Q",
        title=cost,
        scale=alt.Scale(type="log", nice=False, padding=40),
        axis=alt.Axis(labelExpr=_SHORT, tickCount=5),
    )
    y_axis = alt.Axis(title="ndcg@10")
    ink = alt.condition("datum.front", alt.value(_COLOURS[0]), alt.value(_INK))
    base = alt.Chart(data).encode(x=x)
    ranges = base.mark_rule(opacity=0.5).encode(
        y=alt.Y("low:Q", axis=y_axis), y2="high:Q", color=ink
    )
    dots = base.mark_circle(size=50, opacity=1).encode(y=alt.Y("mean:Q", axis=y_axis), color=ink)
    names = base.mark_text(align="left", dx=7, dy=-5, fontSize=10).encode(
        y=alt.Y("mean:Q", axis=y_axis), text="name:N", color=ink
    )
    return _svg(alt.layer(ranges, dots, names).properties(width=560, height=300))


def _data(rows: Sequence[Row]) -> Any:
    return alt.Data(values=list(rows))  # type: ignore[no-untyped-call]


def _svg(chart: Any) -> str:
    axis = {"labelColor": _INK, "titleColor": _INK, "gridColor": _QUIET, "domainColor": _QUIET}
    told = chart.configure(font=_FONT, background="transparent").configure_view(stroke=None)
    told = told.configure_axis(**axis, tickColor=_QUIET)
    told = told.configure_legend(labelColor=_INK, orient="top", labelLimit=240, columnPadding=36)
    told = told.configure_range(category=_COLOURS)
    # Letters are measured without the reader's font, so there is room to spare on the right.
    told = told.properties(padding={"left": 8, "top": 8, "bottom": 8, "right": 110})
    return str(vl_convert.vegalite_to_svg(told.to_dict()))
