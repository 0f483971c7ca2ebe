"""`export` and `import-run`: results for other tools, and runs of other tools."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import benchmark
from benchmark import tasks
from benchmark.collections.registry import find
from benchmark.commands.console import notes, out
from benchmark.errors import BadInput
from benchmark.queries import load as queries
from benchmark.results import trec
from benchmark.results.cost import Size
from benchmark.results.current import board, by_reason
from benchmark.results.provenance import families_code, libraries, rank_code, section_code
from benchmark.results.schema import About, Asked, Gallery, Provenance, Result
from benchmark.results.standing import Standing
from benchmark.results.store import Store
from benchmark.results.table import as_csv, cells
from benchmark.scorers.measures import MAIN
from benchmark.tasks import Sources
from benchmark.workspace import Workspace, file_digest, replacing

RUN_ONLY = "run only"
INPUTS = ("image", "metadata", "graph")


def export(reference: str, to_trec: Path | None, to_csv: Path | None) -> None:
    """Write a collection's runs and judgments for trec_eval, or its figures as CSV, or both.

    Runs and values per query are those of current results; in the table a stale result says so.
    """
    if to_trec is None and to_csv is None:
        raise BadInput("cimaise export", "writes nothing", "add --trec DIR or --csv DIR")
    workspace = Workspace.find()
    place, store = find(reference, workspace), Store(workspace.leaderboard)
    here = board(place, store)
    if not here.current and not here.stale:
        raise BadInput(place.name, "has no results", f"cimaise run --collection {reference}")
    query_set = here.query_set
    if to_trec is not None:
        to_trec.mkdir(parents=True, exist_ok=True)
        trec.write_qrels(to_trec / "qrels.txt", query_set.qrels | query_set.turn_qrels)
        for result in here.current:
            run = store.run(place.name, result.submission)
            trec.write_run(to_trec / f"{result.submission}.run", run, result.submission)
        out.print(f"{to_trec}: qrels.txt and {len(here.current)} runs")
    if to_csv is not None:
        to_csv.mkdir(parents=True, exist_ok=True)
        places = Standing(store, here.current, query_set.queries).places
        with replacing(to_csv / "table.csv") as temporary:
            temporary.write_text(as_csv(here.current, places, here.stale), encoding="utf-8")
        path = to_csv / "per-query.csv"
        with replacing(path) as temporary, temporary.open("w", newline="") as stream:
            _per_query(stream, store, here.current)
        out.print(f"{to_csv}: table.csv and per-query.csv")
    for reason, names in by_reason(here.stale).items():
        notes.print(f"stale, {reason}: {', '.join(names)}; cimaise run --collection {reference}")


def _per_query(stream: TextIO, store: Store, results: list[Result]) -> None:
    """One line a value: submission, query, measure, value."""
    writer = csv.writer(stream)
    writer.writerow(["submission", "query_id", "measure", "value"])
    for result in results:
        scores = store.scores(result.collection.name, result.submission)
        writer.writerows(
            cells([result.submission, query, measure, value])
            for measure, values in scores.items()
            for query, value in values.items()
        )


def import_run(path: Path, name: str, title: str, inputs: list[str], reference: str) -> None:
    """Score a TREC run that was made elsewhere; it stands on the board without costs.

    Where pictures are pulled, it is taken to be on those that are here.
    """
    workspace = Workspace.find()
    place, store = find(reference, workspace), Store(workspace.leaderboard)
    if unknown := sorted(set(inputs) - set(INPUTS)):
        raise BadInput("--inputs", f"'{unknown[0]}' is unknown", "image, metadata, graph")
    if re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) is None:
        raise BadInput("--name", f"'{name}'", "small letters, digits and hyphens")
    if (workspace.submissions / name).is_dir():
        raise BadInput("--name", f"'{name}' is a submission", "choose another")
    pictures = place.pictures()
    if lacks := place.lacks(pictures):
        problem = f"{lacks}, so that nobody knows which a run is on"
        raise BadInput(place.name, problem, f"cimaise collection pull {place.name}")
    collection = place.open()
    query_set = queries.of(place, collection)
    run = trec.read_run(path, query_set, set(collection.ids))
    sources = Sources.of(place, collection, query_set)
    scores = tasks.score(run, sources, len(collection))
    sections = tasks.sections(scores, run, sources, len(collection))
    answered = query_set.ids & set(run.query_ids)
    result = Result(
        submission=name,
        about=About(
            title=title or name,
            summary="A run made elsewhere; no model was run here.",
            role=RUN_ONLY,
            teacher=None,
            base=None,
            inputs=inputs,
            adapter=RUN_ONLY,
            licence="",
            authors=[],
            links=[],
        ),
        collection=Gallery(
            name=place.name,
            fingerprint=place.fingerprint(),
            paintings=len(collection),
            left_out=[],
        ),
        pictures=pictures,
        queries=Asked.of(query_set),
        sections=sections,
        size=Size(parameters={}, weight_mb=0, bytes_per_painting=None),
        cost=None,
        provenance=Provenance(
            submission=file_digest(path),
            weights=None,
            encode_code="",
            rank_code=rank_code(),
            families=dict(families_code()),
            section_code=section_code(),
            space_code="",
            cimaise=benchmark.__version__,
            libraries=libraries(),
            date=datetime.now(UTC).isoformat(timespec="seconds"),
            isolation=RUN_ONLY,
        ),
    )
    store.write(result, run, scores)
    main = result.measures[MAIN.name]
    out.print(
        f"{name}  {MAIN} {main.mean:.3f} ({main.low:.3f} to {main.high:.3f}), "
        f"{len(answered)} of {len(query_set.queries)} queries",
    )
