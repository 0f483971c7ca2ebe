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
        here = [
            {
                "name": place.name,
                "built_in": place.built_in,
                "folder": str(place.folder),
                "pictures": _pictures(place),
            }
            for place in places
        ]
        rest = [{"name": name, "gone": str(folder)} for name, folder in gone.items()]
        print_json(here + rest)
        return
    table = Table("name", "pictures", Column("where", overflow="fold"), box=None)  # no path is cut
    for place in places:
        where = "built in" if place.built_in else str(place.folder)
        table.add_row(place.name, _pictures(place), where)
    for name, folder in gone.items():
        table.add_row(name, "-", f"{folder} is gone")
    out.print(table)


def _pictures(place: Place) -> str:
    """Where a collection's pictures come from, and how many are missing."""
    try:
        if not place.pulls:
            return "in its folder"
        found = place.pictures()
    except BadInput:  # said by `info` of that collection
        return "cannot be told"
    if found is None:
        return "not here"
    return found.source + (f", {found.missing:,} missing" if found.missing else "")


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
        "pictures": _pictures(place),
        **_pulled(place),
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


def _pulled(place: Place) -> dict[str, object]:
    """What is known of pulled pictures: their digest, and how many are under which licence."""
    found, here = place.pictures(), place.pulled()
    if found is None or here is None:
        return {}
    licences = Counter(picture.licence or "not stated" for picture in here.pictures.values())
    return {"pictures' digest": found.digest, "pictures' licences": dict(licences.most_common())}


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

    Says of how many pictures something was changed to show them. Those that are pulled are
    compared with what was pulled first; one that is missing is counted, and nothing wrong.
    """
    place = find(reference, Workspace.find())
    place.fingerprint()
    found, pulled = place.pictures(), place.pulled()
    collection = place.open()
    queries.of(place, collection)
    knowledge(place, collection)
    broken: list[str] = []
    gone = set(pulled.missing(collection.ids) if pulled else collection.ids)
    changes: Counter[Change] = Counter()
    with bars() as progress:
        update = progress(place.name)
        for row, painting in enumerate(collection.ids):
            if place.pulls and painting in gone:
                continue
            try:
                changes.update(collection.shown(row)[1])
            except UnreadablePicture as error:
                broken.append(str(error))
            update("pictures", row + 1, len(collection))
    if place.home == HOME:  # whose grades follow from its graph
        from benchmark.queries.compile import check, read_facts

        check(place.queries, read_facts())
    lacks = place.lacks(found)
    for change, number in changes.items():
        out.print(change.of(number))
    for line in broken:
        notes.print(f"unreadable: {line}")
    if broken:
        raise BadInput(place.folder, f"{len(broken)} of {len(collection)} pictures are unreadable")
    said = f"{len(collection)} paintings, all readable"
    if place.pulls:
        said = f"{len(collection)} paintings"
        said += f", pictures from {found.source}, as they were pulled" if found else ""
        said += f"; {lacks} (cimaise collection pull {place.name})" if lacks else ""
    out.print(f"{place.name}: {said}; queries and grades valid")
