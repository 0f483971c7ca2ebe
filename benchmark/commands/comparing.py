"""`compare`: two submissions, topic by topic."""

from __future__ import annotations

from typing import Any

import numpy as np
from rich.table import Table

from benchmark.collections.registry import Place, find
from benchmark.commands.console import out, print_json
from benchmark.errors import BadInput
from benchmark.records import Query
from benchmark.results.current import board
from benchmark.results.formats import p_value
from benchmark.results.paired_tests import detectable, effect_size, paired_p_value
from benchmark.results.schema import Interval
from benchmark.results.store import Store
from benchmark.scorers.measures import MAIN, MEASURES
from benchmark.statistics import by_topic, interval
from benchmark.workspace import Workspace


def compare(a: str, b: str, measure: str, reference: str, as_json: bool) -> None:
    """Paired randomization test over topics, and the categories each of the two wins.

    Raises BadInput where one of them has no result, or a stale one.
    """
    workspace = Workspace.find()
    place, store = find(reference, workspace), Store(workspace.leaderboard)
    measure = measure or MAIN.name
    if measure not in {m.name for m in MEASURES}:
        names = ", ".join(m.name for m in MEASURES)
        raise BadInput("--measure", f"'{measure}' is unknown", f"there are: {names}")
    asked = _asked(place, store, (a, b))
    scores = {name: store.scores(place.name, name) for name in (a, b)}
    for name, found_of in scores.items():
        if measure not in found_of:
            remedy = f"cimaise score {name} --collection {reference}, if it could have some"
            raise BadInput("--measure", f"{name} has no values of '{measure}'", remedy)
    values = {name: by_topic(scores[name][measure], asked) for name in (a, b)}
    topics = sorted(values[a].keys() & values[b].keys())
    left, right = (np.array([values[name][topic] for topic in topics]) for name in (a, b))
    category = {query.topic: query.category for query in asked}
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
    else:
        _tell(a, b, found)


def _asked(place: Place, store: Store, names: tuple[str, str]) -> tuple[Query, ...]:
    """The queries that both have a current result on. Raises BadInput where one has none."""
    for name in names:
        if store.result(place.name, name) is None:
            raise BadInput(name, f"has no result on {place.name}", f"cimaise run {name}")
    here = board(place, store)
    for stale in here.stale:
        if (name := stale.result.submission) in names:
            remedy = f"cimaise run {name} --collection {place.name}"
            raise BadInput(name, f"its result is stale: {stale.reason}", remedy)
    return here.query_set.queries


def _tell(a: str, b: str, found: dict[str, Any]) -> None:
    gap = Interval.model_validate(found["difference"])
    p = p_value(found["p"])
    out.print(
        f"{found['measure']}: {a} {found[a]:.3f}, {b} {found[b]:.3f}; difference {gap.mean:+.3f} "
        f"({gap.low:+.3f} to {gap.high:+.3f}), p {p if p.startswith('<') else f'= {p}'} "
        f"over {found['topics']} topics",
    )
    out.print(
        f"Effect {found['effect']:+.2f} standard deviations; these topics would show a difference "
        f"of {found['detectable']:.3f} four times in five.",
    )
    table = Table("category", f"{a} minus {b}", box=None)
    for group, mean in sorted(found["categories"].items(), key=lambda item: -item[1]):
        table.add_row(group or "none", f"{mean:+.3f}")
    out.print(table)
