"""Finding a collection by what a person types: a built-in name, a folder, or hf:owner/name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from benchmark.collections import folder as folders
from benchmark.collections.atelier import pins
from benchmark.collections.base import Collection
from benchmark.errors import BadInput
from benchmark.workspace import Workspace, replacing

BUILT_IN = {"atelier": pins.GALLERY / "test", "atelier-dev": pins.GALLERY / "dev"}
"""The second is for choosing and tuning: other paintings, other queries, on no board."""


@dataclass(frozen=True)
class Place:
    """Where a collection lies and where its queries are kept, before anything heavy is read."""

    name: str
    folder: Path
    queries: Path
    built_in: bool
    cache: Path
    split: str = "test"
    catalogue_graph: Path | None = None
    """What a model with inputs = ["graph"] is given: Turtle."""

    def fingerprint(self) -> str:
        """Digest of all that can change a score. Raises BadInput for an altered built-in one."""
        if self.built_in:
            pins.check(self.folder)
        return folders.fingerprint(self.folder)

    def open(self) -> Collection:
        return folders.load(self.name, self.folder, self.cache)


def find(reference: str, workspace: Workspace) -> Place:
    """The place of a built-in name, a known name, a folder's path, or `hf:owner/name[@revision]`.

    A folder seen once is remembered by its name in this machine's cache. Raises BadInput.
    """
    if reference.startswith("hf:"):
        from benchmark.collections.hub import fetch

        repository = reference.removeprefix("hf:")
        folder = fetch(repository, workspace.cache / "hub")
        return _remember(repository.partition("@")[0].replace("/", "--"), folder, workspace)
    if reference in BUILT_IN:
        return _place(reference, BUILT_IN[reference], workspace)
    folder = Path(reference)
    if folder.is_dir():
        return _remember(folder.resolve().name, folder.resolve(), workspace)
    known = remembered(workspace)
    if reference in known:
        return _place(reference, known[reference], workspace)
    raise BadInput(
        f"--collection {reference}",
        "no such collection or folder",
        "there are: " + ", ".join([*BUILT_IN, *known]) + "; or a path, or hf:owner/name",
    )


def known(workspace: Workspace) -> list[Place]:
    """Every collection that can be opened here: the built-in ones, then the remembered ones."""
    places = {name: path for name, path in remembered(workspace).items() if path.is_dir()}
    return [_place(name, path, workspace) for name, path in {**BUILT_IN, **places}.items()]


def remembered(workspace: Workspace) -> dict[str, Path]:
    """Folders given by path before, by name."""
    notes = workspace.cache / "collections.json"
    if not notes.is_file():
        return {}
    return {name: Path(path) for name, path in json.loads(notes.read_text("utf-8")).items()}


def _remember(name: str, folder: Path, workspace: Workspace) -> Place:
    if name in BUILT_IN and folder != BUILT_IN[name]:
        raise BadInput(folder, f"'{name}' is the name of a built-in collection", "rename it")
    other = remembered(workspace).get(name, folder)
    if other != folder and other.is_dir() and not other.is_relative_to(workspace.cache):
        raise BadInput(folder, f"'{name}' is also the name of {other}", "rename one of them")
    notes = {**remembered(workspace), name: folder}
    with replacing(workspace.cache / "collections.json") as temporary:
        temporary.write_text(json.dumps({key: str(path) for key, path in notes.items()}, indent=1))
    return _place(name, folder, workspace)


def _place(name: str, folder: Path, workspace: Workspace) -> Place:
    if name in BUILT_IN:
        whose = name.removesuffix("-dev")
        return Place(name, folder, workspace.queries / whose, True, workspace.cache, folder.name)
    beside = (folder / "queries.jsonl").is_file()
    queries = folder if beside else workspace.queries / name
    return Place(name, folder, queries, False, workspace.cache)
