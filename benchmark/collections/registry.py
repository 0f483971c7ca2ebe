"""Finding a collection by what a person types: a published name, a folder, or hf:owner/name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmark.collections import declaration as declarations
from benchmark.collections import folder as folders
from benchmark.collections import pins, pulled
from benchmark.collections.base import Collection
from benchmark.collections.declaration import MANIFEST, Declaration
from benchmark.collections.pictures import Pictures
from benchmark.collections.pulled import Pulled
from benchmark.errors import BadInput
from benchmark.workspace import Workspace, replacing


@dataclass(frozen=True)
class Place:
    """One split of a collection: where it lies and where its queries are kept, before anything
    heavy is read. `home` is the folder of its declaration, `folder` that of its paintings."""

    name: str
    home: Path
    folder: Path
    queries: Path
    built_in: bool
    cache: Path
    split: str = "test"

    @cached_property
    def declaration(self) -> Declaration:
        """What the collection says of itself, or what holds for one that says nothing.

        Raises BadInput.
        """
        return declarations.load(self.home) or declarations.undeclared(self.name)

    @property
    def declares(self) -> bool:
        """Whether it brings a declaration of its own."""
        return self.declared_in.is_file()

    @property
    def declared_in(self) -> Path:
        return self.home / MANIFEST

    @property
    def facts_graph(self) -> Path | None:
        """What grades and measures are compiled from, if there is a graph; no model sees it."""
        name = self.declaration.graph.facts
        return self.folder / name if name else None

    @property
    def catalogue_graph(self) -> Path | None:
        """What models with `inputs = ["graph"]` are given, if there is one."""
        name = self.declaration.graph.catalogue
        return self.folder / name if name else None

    @property
    def gallery(self) -> str:
        """The name of its collection, under which the pictures of all its splits are pulled.

        Not the declared one: what comes from a hub may declare any.
        """
        return self.name if self.split == "test" else self.name.removesuffix(f"-{self.split}")

    @property
    def pulls(self) -> bool:
        """Whether its pictures do not lie in its folder, but are pulled by each machine."""
        return self.declaration.pictures == "pulled"

    def pulled(self) -> Pulled | None:
        """The pulled pictures of this machine; None where there are none. Raises BadInput."""
        return pulled.load(self.cache, self.gallery) if self.pulls else None

    def pictures(self) -> Pictures | None:
        """What a result on the pulled pictures of this machine says of them; None where there are
        none, or where they lie in the folder. Raises BadInput."""
        here = self.pulled()
        if here is None:
            return None
        from benchmark.collections import pulled_folder

        ids = pulled_folder.ids(self.folder)
        missing = len(here.missing(ids))
        return Pictures(source=here.source, digest=here.digest(ids), missing=missing)

    def lacks(self, found: Pictures | None) -> str:
        """What is not here, in words, where `pictures` are as found; empty where all are."""
        if not self.pulls:
            return ""
        if found is None:
            return "its pictures are not here"
        return f"{found.missing:,} of its pictures are missing" if found.missing else ""

    def fingerprint(self) -> str:
        """Digest of all that can change a score, pulled pictures apart, which have one of their
        own. Raises BadInput where a pinned file differs."""
        if self.built_in or (self.home / pins.PINS).is_file():
            pins.check(self.home, self.folder)
        return folders.fingerprint(self.folder)

    def open(self) -> Collection:
        """The paintings. Raises BadInput, also where a facet is declared of no column."""
        if self.pulls:
            from benchmark.collections import pulled_folder

            collection = pulled_folder.load(self.name, self.folder, self.pulled())
        else:
            collection = folders.load(self.name, self.folder, self.cache)
        columns = dict.fromkeys(name for row in collection.metadata for name in row)
        for facet, column in self.declaration.facets.columns().items():
            if self.declares and column not in columns:
                problem = f"facets.{facet}: no column '{column}' in the metadata"
                raise BadInput(self.declared_in, problem, f"use {', '.join(columns) or 'none'}")
        return collection


def find(reference: str, workspace: Workspace) -> Place:
    """The place of a published name, a known name, a folder's path, or `hf:owner/name[@revision]`.

    `NAME-dev` is the split for tuning. A folder seen once is remembered by its name in this
    machine's cache. Raises BadInput.
    """
    if reference.startswith("hf:"):
        from benchmark.collections.hub import fetch

        repository = reference.removeprefix("hf:")
        folder = fetch(repository, workspace.cache / "hub")
        name = repository.partition("@")[0].replace("/", "--")
        return _remember(name, folder, declarations.load(folder), workspace)
    built_in = {place.name: place for place in _published(workspace)}
    if reference in built_in:
        return built_in[reference]
    folder = Path(reference)
    if folder.is_dir():
        folder = folder.resolve()
        declared = declarations.load(folder)
        return _remember(declared.name if declared else folder.name, folder, declared, workspace)
    there = {place.name: place for place in known(workspace)}
    if reference in there:
        return there[reference]
    if gone := vanished(workspace).get(reference):
        raise BadInput(f"--collection {reference}", f"{gone} is gone", "give its path anew")
    raise BadInput(
        f"--collection {reference}",
        "no such collection or folder",
        "there are: " + ", ".join(there) + "; or a path, or hf:owner/name",
    )


def known(workspace: Workspace) -> list[Place]:
    """Every split that can be opened here: the published ones, then those of remembered folders.

    A remembered folder that is gone is not among them, see `vanished`; one whose declaration is
    wrong is, and says so once its `declaration` is asked for.
    """
    places = list(_published(workspace))
    for name, path in remembered(workspace).items():
        if path.is_dir():
            try:
                declared = declarations.load(path)
            except BadInput:
                declared = None  # said by the place's own `declaration`
            places += _splits(name, path, declared, workspace, built_in=False)
    return places


def on_board(workspace: Workspace) -> list[Place]:
    """The published galleries that have a place among the boards, in that order."""
    found = [place for place in _published(workspace) if place.split == "test"]
    return sorted((p for p in found if p.declaration.board), key=lambda p: p.declaration.board or 0)


def vanished(workspace: Workspace) -> dict[str, Path]:
    """Remembered folders that are no longer there, by name."""
    return {name: path for name, path in remembered(workspace).items() if not path.is_dir()}


def remembered(workspace: Workspace) -> dict[str, Path]:
    """Folders given by path before, by name; none where the notes of them cannot be read."""
    notes = workspace.cache / "collections.json"
    try:
        return {name: Path(path) for name, path in json.loads(notes.read_text("utf-8")).items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def private_files(workspace: Workspace | None = None) -> list[Path]:
    """What no worker may see of any known collection: what the published ones declare, and the
    whole folders of those that a workspace remembers, with the pictures that it pulled."""
    found = [
        home / name
        for home, declared in declarations.published().values()
        for name in declared.private
    ]
    if workspace is None:
        return found
    return [*found, *remembered(workspace).values(), workspace.cache / "pictures"]


def _published(workspace: Workspace) -> Iterator[Place]:
    for name, (home, declared) in declarations.published().items():
        yield from _splits(name, home, declared, workspace, built_in=True)


def _remember(name: str, folder: Path, declared: Declaration | None, workspace: Workspace) -> Place:
    if any(place.name == name for place in _published(workspace)):
        raise BadInput(folder, f"'{name}' is the name of a built-in collection", "rename it")
    other = remembered(workspace).get(name, folder)
    if other != folder and other.is_dir() and not other.is_relative_to(workspace.cache):
        raise BadInput(folder, f"'{name}' is also the name of {other}", "rename one of them")
    notes = {**remembered(workspace), name: folder}
    with replacing(workspace.cache / "collections.json") as temporary:
        temporary.write_text(json.dumps({key: str(path) for key, path in notes.items()}, indent=1))
    return next(_splits(name, folder, declared, workspace, built_in=False))


def _splits(
    name: str, home: Path, declared: Declaration | None, workspace: Workspace, built_in: bool
) -> Iterator[Place]:
    """The places of a collection's splits, the test first; the other is called `NAME-dev`."""
    beside = not built_in and (home / "queries.jsonl").is_file()
    queries = home if beside else workspace.queries / name
    splits = declared.splits if declared else {"test": "."}
    for split, folder in sorted(splits.items(), reverse=True):
        own = name if split == "test" else f"{name}-{split}"
        yield Place(own, home, home / folder, queries, built_in, workspace.cache, split)
