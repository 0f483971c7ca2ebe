"""`show`: the leaderboard of a collection in the terminal."""

from __future__ import annotations

from textwrap import wrap

from rich.table import Table
from rich.text import Text

from benchmark.collections.registry import Place, find, on_board
from benchmark.commands.console import coloured, out, print_json
from benchmark.errors import BadInput, plain
from benchmark.results.cost import Cost, Size
from benchmark.results.current import CURRENT, Board, board, by_reason
from benchmark.results.marks import marks
from benchmark.results.schema import Result
from benchmark.results.self_reported import self_reported
from benchmark.results.store import Store
from benchmark.results.waiting import Waiting, waiting
from benchmark.scorers.measures import MAIN
from benchmark.workspace import Workspace

_TITLES = "submission", "looks at", MAIN.name, "95 %", "hit_rate@1", "M par.", "ms", "MiB", "J"


def show(reference: str | None, as_json: bool) -> None:
    """The board of one collection, or all that have results: best first; stale results, those
    that lack pictures among them, stand apart, in no order of ours.

    As JSON one object, or a list of them.
    """
    workspace = Workspace.find()
    kept = Store(workspace.leaderboard), Store(workspace.incomplete)
    if reference:
        places = [find(reference, workspace)]
    else:
        places = [p for p in on_board(workspace) if any(s.results(p.name) for s in kept)]
    boards = [(place, board(place, *kept)) for place in places]
    if not any(here.current or here.stale for _, here in boards):
        where, of = (places[0].name, f" --collection {reference}") if reference else ("board", "")
        raise BadInput(where, "has no results", f"cimaise run{of}")
    ranked = [{result.submission for result in here.current} for _, here in boards]
    home = workspace.submissions
    if as_json:
        found = [
            _as_json(place, here, waiting(home, names))
            for (place, here), names in zip(boards, ranked, strict=True)
        ]
        print_json(found[0] if reference else found)
        return
    for number, (place, here) in enumerate(boards):
        if number:
            out.print()
        if not reference:
            out.print(f"{place.name}: {place.declaration.title}")
        _print(place, here)
    if wait := waiting(home, set().union(*ranked)):
        out.print()
        told = f"{len(wait)} more wait for a machine with the hub, and have no figures here"
        out.print(f"{told}: cimaise run --hub; --json lists them")


def _as_json(place: Place, here: Board, wait: list[Waiting]) -> dict[str, object]:
    rows = [_row(result, CURRENT) for result in here.current]
    rows += [_row(stale.result, stale.reason) for stale in here.stale]
    waiting = [
        {
            "name": one.submission.name,
            "role": one.submission.role,
            "teacher": one.submission.teacher,
            "licence": one.submission.licence,
            "weights": [{"hub": name, "revision": commit} for name, commit in one.weights],
        }
        for one in wait
    ]
    return {"collection": _head(place.name, here), "rows": rows, "waiting": waiting}


def _print(place: Place, here: Board) -> None:
    if here.current:
        out.print(_table(here.current))
        _tell(place, here)
    if here.stale:
        number = f"Stale, so without a place ({len(here.stale)}):"
        out.print(coloured((number, "yellow")))
        out.print(_table([stale.result for stale in here.stale]))
        for reason, names in by_reason(here.stale).items():
            told = f"{reason}: {', '.join(names)}; cimaise run --collection {place.name}"
            out.print(coloured((told, "yellow")))


def _tell(place: Place, here: Board) -> None:
    """What the figures of a table belong to, and what was found of whom."""
    asked, results = here.current[0].queries, here.current
    pictures = ""
    if here.state.pictures:
        pictures = f", pictures from {here.state.pictures.source}"
        pictures += " (not here)" * (place.pictures() is None)
    out.print(
        f"{place.name}: {here.state.paintings} paintings{pictures}, {asked.queries} queries on "
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
    rows = []
    for result in results:
        main, cost = result.measures[MAIN.name], result.cost
        size, energy = result.size, cost.energy.get("queries") if cost else None
        first = result.measures.get("hit_rate@1")
        rows.append(
            (
                plain(result.submission),
                "+\n".join(plain(one) for one in result.about.inputs),
                f"{main.mean:.3f}",
                f"{main.low:.3f}-{main.high:.3f}",
                f"{first.mean:.3f}" if first else "-",
                _millions(size),
                _latency(cost),
                f"{cost.peak_memory_mb:.0f}" if cost else "-",
                _joules(energy.joules) if energy else "-",
            )
        )
    columns = zip(_TITLES, *rows, strict=True)
    widths = [max(len(line) for cell in column for line in cell.split("\n")) for column in columns]
    others = sum(widths[1:]) + len(widths)
    room = max(out.width - others, len(_TITLES[0]))
    # Where that is too wide, lines run on; rich would leave the names out.
    whole = others + room if others + room > out.width else None
    table = Table(box=None, padding=(0, 1, 0, 0), width=whole)
    table.add_column(_TITLES[0], overflow="fold", min_width=min(room, widths[0]))
    table.add_column(_TITLES[1], no_wrap=True, min_width=widths[1])
    for title, width in zip(_TITLES[2:], widths[2:], strict=True):
        table.add_column(title, no_wrap=True, justify="right", min_width=width)
    for name, *figures in rows:
        table.add_row(Text("\n".join(wrap(name, room))), *map(Text, figures))
    return table


def _head(name: str, here: Board) -> dict[str, object]:
    """The collection as it is now, and what is asked of it."""
    if here.current:
        first = here.current[0]
        return {
            **first.collection.model_dump(),
            "pictures": first.pictures.model_dump() if first.pictures else None,
            "queries": first.queries.model_dump(),
        }
    return {
        "name": name,
        "fingerprint": here.state.fingerprint,
        "paintings": here.state.paintings,
        "queries": {
            "queries": len(here.query_set.queries),
            "texts_digest": here.state.texts_digest,
            "qrels_digest": here.state.qrels_digest,
        },
    }


def _row(result: Result, state: str) -> dict[str, object]:
    return {
        "name": result.submission,
        "state": state,
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


def _joules(value: float) -> str:
    return f"{value:.1f}" if value < 100 else f"{value:.0f}"
