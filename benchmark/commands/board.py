"""`show`, `compare` and `site`: stored results, read back."""

from __future__ import annotations

import importlib.util
from textwrap import wrap
from typing import Any

import numpy as np
from rich.table import Table
from rich.text import Text

from benchmark.collections.registry import find
from benchmark.commands.console import notes, out, print_json
from benchmark.errors import BadInput, plain
from benchmark.results.cost import Cost, Size
from benchmark.results.marks import marks
from benchmark.results.schema import Interval, Result
from benchmark.results.self_reported import self_reported
from benchmark.results.store import Store
from benchmark.scorers.measures import MAIN, MEASURES
from benchmark.workspace import Workspace


def show(reference: str, as_json: bool) -> None:
    """The board of one collection, best first."""
    workspace = Workspace.find()
    name = find(reference, workspace).name
    results = Store(workspace.leaderboard).results(name)
    if not results:
        raise BadInput(name, "has no results", f"cimaise run --collection {reference}")
    if as_json:
        first = results[0]
        head = {**first.collection.model_dump(), "queries": first.queries.model_dump()}
        print_json({"collection": head, "rows": [_row(result) for result in results]})
        return
    out.print(_table(results))
    asked = results[0].queries
    out.print(
        f"{name}: {results[0].collection.paintings} paintings, {asked.queries} queries on "
        f"{asked.topics} topics. ms a query, MiB of memory, J for 1,000 queries: "
        f"{'; '.join(_machines(results)) or 'not measured'}."
        + (" ~ unstable: rounds spread by more than 15 %." if _unstable(results) else ""),
    )
    if any(_millions(result.size).endswith("*") for result in results):
        out.print("* self-reported: the submission's own word, which is in no front.")
    for result in results:
        for mark in marks(result):
            out.print(f"{result.submission}: {mark}", style="yellow")


def _table(results: list[Result]) -> Table:
    """A line a submission. A narrow window folds names at their hyphens; it never cuts a figure."""
    titles = "submission", "looks at", MAIN.name, "95 %", "hit_rate@1", "M par.", "ms", "MiB", "J"
    rows = []
    for result in results:
        main, cost = result.measures[MAIN.name], result.cost
        size, energy = result.size, cost.energy.get("queries") if cost else None
        rows.append(
            (
                plain(result.submission),
                plain("+".join(result.about.inputs)),
                f"{main.mean:.3f}",
                f"{main.low:.3f}-{main.high:.3f}",
                f"{result.measures['hit_rate@1'].mean:.3f}",
                _millions(size),
                _latency(cost),
                f"{cost.peak_memory_mb:.0f}" if cost else "-",
                f"{energy.joules:.1f}" if energy else "-",
            )
        )
    widths = [max(map(len, column)) for column in zip(titles, *rows, strict=True)]
    others = sum(widths[1:]) + len(widths)
    room = max(out.width - others, len(titles[0]))
    # Where that is too wide, lines run on; rich would leave the names out.
    whole = others + room if others + room > out.width else None
    table = Table(box=None, padding=(0, 1, 0, 0), width=whole)
    table.add_column(titles[0], overflow="fold", min_width=min(room, widths[0]))
    table.add_column(titles[1], no_wrap=True, min_width=widths[1])
    for title, width in zip(titles[2:], widths[2:], strict=True):
        table.add_column(title, no_wrap=True, justify="right", min_width=width)
    for name, *figures in rows:
        table.add_row(Text("\n".join(wrap(name, room))), *figures)
    return table


def compare(a: str, b: str, measure: str, reference: str, as_json: bool) -> None:
    """Paired randomization test over topics, and the categories each of the two wins."""
    from benchmark.queries import load as queries
    from benchmark.statistics import (
        by_topic,
        detectable,
        effect_size,
        interval,
        paired_p_value,
    )

    workspace = Workspace.find()
    place, store = find(reference, workspace), Store(workspace.leaderboard)
    measure = measure or MAIN.name
    if measure not in {m.name for m in MEASURES}:
        names = ", ".join(m.name for m in MEASURES)
        raise BadInput("--measure", f"'{measure}' is unknown", f"there are: {names}")
    results = {name: store.result(place.name, name) for name in (a, b)}
    for name, result in results.items():
        if result is None:
            raise BadInput(name, f"has no result on {place.name}", f"cimaise run {name}")
    same = {
        (r.collection.fingerprint, r.queries.qrels_digest)
        for r in results.values()
        if r is not None
    }
    if len(same) > 1:
        raise BadInput(f"{a}, {b}", "were scored on different states", "cimaise run both again")
    query_set = queries.of(place, place.open())
    scores = {name: store.scores(place.name, name) for name in (a, b)}
    for name, found_of in scores.items():
        if measure not in found_of:
            remedy = f"cimaise score {name} --collection {reference}, if it could have some"
            raise BadInput("--measure", f"{name} has no values of '{measure}'", remedy)
    values = {name: by_topic(scores[name][measure], query_set.queries) for name in (a, b)}
    topics = sorted(values[a].keys() & values[b].keys())
    left, right = (np.array([values[name][topic] for topic in topics]) for name in (a, b))
    category = {query.topic: query.category for query in query_set.queries}
    groups = sorted({category[topic] for topic in topics})
    found: dict[str, Any] = {
        "measure": measure,
        "topics": len(topics),
        a: float(left.mean()),
        b: float(right.mean()),
        "difference": interval(left - right).model_dump(),
        "p": paired_p_value(left, right),
        "effect": effect_size(left - right),
        "detectable": detectable(left - right),
        "better": {a: int((left > right).sum()), b: int((right > left).sum())},
        "categories": {
            group: float(
                np.mean([left[i] - right[i] for i, t in enumerate(topics) if category[t] == group])
            )
            for group in groups
        },
    }
    if as_json:
        print_json(found)
        return
    gap = Interval.model_validate(found["difference"])
    out.print(
        f"{measure}: {a} {left.mean():.3f}, {b} {right.mean():.3f}; difference {gap.mean:+.3f} "
        f"({gap.low:+.3f} to {gap.high:+.3f}), p = {found['p']:.2g} over {len(topics)} topics",
    )
    out.print(
        f"Effect {found['effect']:+.2f} standard deviations; these topics would show a difference "
        f"of {found['detectable']:.3f} four times in five.",
    )
    table = Table("category", f"{a} minus {b}", box=None)
    for group, mean in sorted(found["categories"].items(), key=lambda item: -item[1]):
        table.add_row(group or "none", f"{mean:+.3f}")
    out.print(table)


def site(serve: bool, port: int) -> None:
    """Build the site; with `serve`, show it on this machine until Ctrl-C."""
    if importlib.util.find_spec("mkdocs") is None:
        raise BadInput("cimaise site", "needs MkDocs", "pip install --editable '.[docs]'")
    from benchmark.site import build

    workspace = Workspace.find()
    with notes.status("building the site"):
        folder = build.build(workspace, workspace.root / "site")
    out.print(f"site: {folder / 'index.html'}")
    if serve:
        out.print(f"http://127.0.0.1:{port}/ until Ctrl-C")
        build.serve(folder, port)


def _row(result: Result) -> dict[str, object]:
    return {
        "name": result.submission,
        "role": result.about.role,
        "teacher": result.about.teacher,
        "inputs": result.about.inputs,
        "measures": {name: value.model_dump() for name, value in result.measures.items()},
        "categories": {
            group: values[MAIN.name].model_dump() for group, values in result.categories.items()
        },
        "cost": {**result.size.model_dump(), **(result.cost.model_dump() if result.cost else {})},
        "self_reported": self_reported(result.size, result.cost),
    }


def _machines(results: list[Result]) -> list[str]:
    found = {r.cost.hardware for r in results if r.cost is not None}
    return sorted(f"{here.processor}, {here.cores} cores, {here.device}" for here in found)


def _latency(cost: Cost | None) -> str:
    if cost is None:
        return "-"
    return f"{cost.query_ms_p50:.1f}" + ("~" if "query_ms_p50" in cost.unstable else "")


def _millions(size: Size) -> str:
    if not size.parameters:
        return "-"
    return f"{sum(size.parameters.values()) / 1e6:.1f}" + ("" if size.counted else "*")


def _unstable(results: list[Result]) -> bool:
    return any(_latency(result.cost).endswith("~") for result in results)
