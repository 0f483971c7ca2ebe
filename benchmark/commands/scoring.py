"""`run` and `score`: bring results up to date."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from benchmark import submission as submissions
from benchmark.collections.registry import find, on_board
from benchmark.commands.console import bars, coloured, notes, out
from benchmark.errors import BadInput
from benchmark.results.marks import lacking
from benchmark.submission import Submission
from benchmark.workspace import Workspace

if TYPE_CHECKING:
    from benchmark.harness.evaluation.session import Session

_STYLES = {
    "failed": "red",
    "left out": "yellow",
    "differs": "yellow",
    "confirmed": "green",
    "scored": "green",
}

_NAMED = 5
"""Pictures that are named of those left out."""


def run(
    names: list[str] | None,
    reference: str | None,
    device: str,
    fresh: bool,
    trust: bool,
    costs: bool,
    audits: bool,
    partial: bool,
    hub: bool = False,
) -> int:
    """Run submissions on a collection, or on each of the boards; 1 when one failed, else 0.

    One that brings code where there are no walls is left out; that is a failure only if it was
    asked for by name. Costs are measured on this machine for those that are named; of the others
    a cost that was measured elsewhere stands, and says where. A board whose pictures are not all
    here is left as it is published; `partial`: it is run without those that are missing. Weights
    of a hub are fetched for what is named, or with `hub`; else what lacks them waits. What nobody
    has seen can be drawn of the atelier, so of the boards it alone is audited.
    """
    from benchmark.collections.atelier.paths import HOME
    from benchmark.harness.evaluation.session import Session

    workspace = Workspace.find()
    chosen = submissions.load_all(workspace.submissions, names)
    if not chosen:
        raise BadInput(workspace.submissions, "holds no submissions", "make one: cimaise new NAME")
    failed = False
    for place in [find(reference, workspace)] if reference else on_board(workspace):
        if not reference:
            found = place.pictures()
            if (lacks := place.lacks(found)) and not (partial and found):
                remedy = f"so its published results stand; cimaise collection pull {place.name}"
                notes.print(f"{place.name}: {lacks}, {remedy}")
                continue
        session = Session(workspace, place, device, fresh, trust, partial)
        audited = audits and (reference is not None or place.home == HOME)
        failed |= _run(session, chosen, costs, bool(names), audited, hub)
    return int(failed)


def _run(
    session: Session,
    chosen: Mapping[str, Submission | BadInput],
    costs: bool,
    named: bool,
    audits: bool,
    hub: bool,
) -> bool:
    """Run submissions on one collection, and print what became of each; whether one failed.

    `named`: they were asked for by name.
    """
    from benchmark.harness.evaluation.run import run as bring_up_to_date

    began = time.perf_counter()
    failed: list[str] = []
    left_out: list[str] = []
    waiting = 0
    width = max(map(len, chosen))
    unread: dict[tuple[str, ...], int] = {}
    with bars() as progress:
        for outcome in bring_up_to_date(
            session, chosen, progress, costs, named, audits, fetch=named or hub
        ):
            if outcome.state == "waits":
                waiting += 1
                continue
            style = _STYLES.get(outcome.state, "dim")
            if outcome.left_out:
                unread[outcome.left_out] = outcome.gallery
            detail = outcome.detail
            if outcome.state == "failed":
                failed.append(f"failed: {outcome.name}: {detail}")
                detail = ""
            elif outcome.state == "left out":
                left_out.append(detail)
                detail = ""
            state = f"{outcome.state:9}", style
            shown = coloured(f"{outcome.name:{width}}  ", state, f"  {detail}")
            shown.rstrip()
            out.print(shown)
    for line in failed:
        notes.print(line)
    if waiting:
        number = "1 submission waits" if waiting == 1 else f"{waiting} submissions wait"
        notes.print(f"{number} for a machine with the hub: cimaise run --hub")
    for reason in sorted(set(left_out)):
        notes.print(f"left out {left_out.count(reason)}: each {reason}")
    for pictures, gallery in unread.items():
        _tell_pictures(pictures, gallery)
    _tell_queries(session.questions.unanswered)
    seconds = time.perf_counter() - began
    number = "1 submission" if len(chosen) == 1 else f"{len(chosen)} submissions"
    seen = session.pictures
    of = f", pictures from {seen.source}" if seen else ""
    notes.print(f"{number} on {session.place.name}{of} in {seconds:.1f} s", style="dim")
    if seen and seen.missing:
        why = f"{lacking(seen)}, so these results have no place on the board"
        notes.print(coloured((why, "yellow")))
    return bool(failed or (named and left_out))


def score(names: list[str] | None, reference: str) -> int:
    """Score stored runs anew; 1 when one of them cannot be, else 0."""
    from benchmark.queries import load as queries
    from benchmark.results.rescore import rescore
    from benchmark.results.store import Store
    from benchmark.scorers.measures import MAIN
    from benchmark.tasks import Sources

    workspace = Workspace.find()
    place = find(reference, workspace)
    store = Store(workspace.leaderboard)
    results = [r for r in store.results(place.name) if not names or r.submission in names]
    for name in names or []:
        if name not in {result.submission for result in results}:
            raise BadInput(name, f"has no result on {place.name}", f"cimaise run {name}")
    if not results:
        raise BadInput(place.name, "no stored results", f"cimaise run --collection {reference}")
    collection = place.open()
    sources = Sources.of(place, collection, queries.of(place, collection))
    fingerprint, failed = place.fingerprint(), False
    for result in results:
        try:
            scored = rescore(store, result, fingerprint, sources)
        except BadInput as error:
            notes.print(coloured(("failed", "red"), f"  {error}"))
            failed = True
            continue
        was, now = result.measures[MAIN.name].mean, scored.measures[MAIN.name].mean
        out.print(f"{result.submission}  {MAIN} {now:.3f} (was {was:.3f})")
    _tell_queries(sources.query_set.unanswered)
    return int(failed)


def _tell_queries(unanswered: list[str]) -> None:
    if unanswered:
        why = f"{len(unanswered)} queries have no relevant painting and are left out of means:"
        notes.print(coloured((why, "yellow"), f" {', '.join(unanswered)}"))


def _tell_pictures(left_out: Sequence[str], gallery: int) -> None:
    more = len(left_out) - _NAMED
    named = ", ".join(left_out[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    why = f"{len(left_out)} of {gallery} pictures could not be read and are left out:"
    notes.print(coloured((why, "yellow"), f" {named}"))
