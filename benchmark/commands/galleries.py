"""`collection list`, `info` and `verify`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rich.table import Column, Table

from benchmark.collections.atelier.paths import HOME
from benchmark.collections.base import UnreadablePicture
from benchmark.collections.decoding import Change
from benchmark.collections.knowledge import knowledge
from benchmark.collections.registry import Place, find, known, vanished
from benchmark.commands.console import bars, notes, out, print_json
from benchmark.errors import BadInput
from benchmark.queries import load as queries
from benchmark.workspace import Workspace


def list_all(as_json: bool) -> None:
    """The published collections and those given by path before, the vanished ones last."""
    workspace = Workspace.find()
    places, gone = known(workspace), vanished(workspace)
    if as_json:
        here = [{"name": p.name, "built_in": p.built_in, "folder": str(p.folder)} for p in places]
        rest = [{"name": name, "gone": str(folder)} for name, folder in gone.items()]
        print_json(here + rest)
        return
    table = Table("name", Column("where", overflow="fold"), box=None)  # no path is cut
    for place in places:
        table.add_row(place.name, "built in" if place.built_in else str(place.folder))
    for name, folder in gone.items():
        table.add_row(name, f"{folder} is gone")
    out.print(table)


def info(reference: str, as_json: bool) -> None:
    """What a collection declares, its sizes, categories and grades."""
    place = find(reference, Workspace.find())
    collection = place.open()
    query_set = queries.of(place, collection)
    grades = Counter(g for judged in query_set.qrels.values() for g in judged.values())
    facts = {
        "name": place.name,
        **_declared(place),
        "paintings": len(collection),
        "metadata": sorted({key for row in collection.metadata for key, v in row.items() if v}),
        "queries": len(query_set.queries),
        "topics": len({query.topic for query in query_set.queries}),
        "categories": dict(Counter(q.category for q in query_set.queries)),
        "languages": dict(Counter(q.language for q in query_set.queries)),
        "grades": {str(grade): grades[grade] for grade in sorted(grades, reverse=True)},
        "unanswered": query_set.unanswered,
        "fingerprint": place.fingerprint(),
    }
    if as_json:
        print_json(facts)
        return
    table = Table(box=None, show_header=False)
    for key, value in facts.items():
        if isinstance(value, dict):
            value = ", ".join(f"{name or 'none'} {number}" for name, number in value.items())
        elif isinstance(value, list):
            value = ", ".join(value)
        table.add_row(key, str(value) or "none")
    out.print(table)


def _declared(place: Place) -> dict[str, object]:
    """What collection.toml says, or what holds where there is none."""
    said = place.declaration
    return {
        "declared in": str(place.declared_in) if place.declares else "nothing: defaults hold",
        "title": said.title,
        "licence": said.licence,
        "judgments": said.judgments,
        "splits": dict(said.splits),
        "facets": said.facets.model_dump(exclude_none=True),
        "graphs": said.graph.model_dump(exclude={"compared"}, exclude_none=True),
        "compared by": list(said.graph.compared),
        "private": list(said.private),
    }


def render(split: str, count: int, seed: int, to: Path | None) -> None:
    """Draw training pictures of the atelier into a folder."""
    from benchmark.collections.atelier.training_folder import render_training

    if split != "train":
        raise BadInput(
            f"--split {split}", "only train can be drawn", "test and dev hang as they are"
        )
    folder = to or Workspace.find().cache / "atelier" / f"train-{seed}"
    with bars() as progress:
        update = progress("atelier")
        written = render_training(count, seed, folder, lambda done, of: update("drawing", done, of))
    out.print(f"{count} pictures and their captions: {written}")


def verify(reference: str) -> None:
    """Check declaration and pinned digests, decode every picture, validate every judgment.

    Says of how many pictures something was changed to show them.
    """
    place = find(reference, Workspace.find())
    place.fingerprint()
    collection = place.open()
    queries.of(place, collection)
    knowledge(place, collection)
    broken: list[str] = []
    changes: Counter[Change] = Counter()
    with bars() as progress:
        update = progress(place.name)
        for row in range(len(collection)):
            try:
                changes.update(collection.shown(row)[1])
            except UnreadablePicture as error:
                broken.append(str(error))
            update("pictures", row + 1, len(collection))
    if place.home == HOME:  # whose grades follow from its graph
        from benchmark.queries.compile import check, read_facts

        check(place.queries, read_facts())
    for change, number in changes.items():
        out.print(change.of(number))
    for line in broken:
        notes.print(f"unreadable: {line}")
    if broken:
        raise BadInput(place.folder, f"{len(broken)} of {len(collection)} pictures are unreadable")
    out.print(f"{place.name}: {len(collection)} paintings, all readable; queries and grades valid")
