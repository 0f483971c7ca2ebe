"""What a collection says of itself: `collection.toml`, validated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from benchmark.errors import BadInput
from benchmark.parsing import toml
from benchmark.tables import Table, validated

MANIFEST = "collection.toml"
PUBLISHED = Path(__file__).parent
"""Each folder in here with a collection.toml is a published collection."""
NOT_STATED = "not stated"
ROWS = "paintings.parquet"
"""The file of a pulled collection's paintings, in the folder of every split."""


def _no_split(name: str) -> str:
    if name.endswith("-dev"):
        raise ValueError("ends in -dev, as the split for tuning does")
    return name


def _inside(path: str) -> str:
    parts = PurePosixPath(path).parts
    if not path or PurePosixPath(path).is_absolute() or ".." in parts or "\\" in path:
        raise ValueError("is no path inside the collection's folder")
    return path


def _plain(pattern: str) -> str:
    if set("{}") & set(pattern):  # a group could ask another server (SERVICE)
        raise ValueError("has braces, and may only be triples or a path")
    return pattern


Inside = Annotated[str, AfterValidator(_inside)]
Name = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$"), AfterValidator(_no_split)
]
Text = Annotated[str, Field(min_length=1, max_length=200)]
Pattern = Annotated[Text, AfterValidator(_plain)]


class Facets(Table):
    """What is painter, style and century here: a column of the metadata, or, with a colon in it,
    a SPARQL property path from a painting of the facts' graph. A century is that of a year."""

    painter: Pattern | None = None
    style: Pattern | None = None
    century: Pattern | None = Field(
        None, description="what holds a date, with its year in 3-4 digits"
    )

    def columns(self) -> dict[str, str]:
        """Facet -> column, for those that stand in the metadata."""
        return {name: value for name, value in self if value is not None and ":" not in value}

    def paths(self) -> dict[str, str]:
        """Facet -> property path, for those that stand in the graph."""
        return {name: value for name, value in self if value is not None and ":" in value}


class Graph(Table):
    """RDF in Turtle, one file of each kind in the folder of every split."""

    facts: Inside | None = Field(None, description="for grading and measures only; private")
    catalogue: Inside | None = Field(None, description="what models with inputs = graph are given")
    compared: Mapping[str, Pattern] = Field(
        {},
        description="what two paintings of a list are compared by: SPARQL patterns over the facts "
        "from ?painting to ?value, and ?with if a value is so only together with another",
    )


class Declaration(Table):
    """A collection: whose it may be, what is judged, where its parts lie, what nobody may see.

    Paths are relative to the folder that holds collection.toml.
    """

    name: Name
    title: Text
    licence: Text
    judgments: Literal["complete", "incomplete"] = Field(
        description="complete: every painting was judged for every query; what is not listed is 0"
    )
    pictures: Literal["folder", "pulled"] = Field(
        "folder",
        description="folder: they lie in the split's folder; pulled: paintings.parquet there has "
        "none, and each machine pulls its own (cimaise collection pull)",
    )
    board: int | None = Field(
        None, ge=1, description="place among the boards of a published one; run by default"
    )
    splits: Mapping[Literal["test", "dev"], Inside] = Field(
        {"test": "."}, description="split -> folder; dev is for tuning, and on no board"
    )
    facets: Facets = Facets()
    graph: Graph = Graph()
    private: tuple[Inside, ...] = Field((), description="files and folders that no worker may see")

    @property
    def complete(self) -> bool:
        """Whether no grade means grade 0."""
        return self.judgments == "complete"


def load(folder: Path) -> Declaration | None:
    """The declaration of a collection's folder; None where it brings none. Raises BadInput."""
    path = folder / MANIFEST
    if not path.is_file():
        if path.is_symlink() or path.exists():
            raise BadInput(path, "is no file that can be read", "mend or remove it")
        return None
    # A hub's snapshot is made of links to where its files are kept.
    table = toml(path.resolve() if path.is_symlink() else path)
    declared = validated(path, Declaration, table)
    _check(path, declared)
    return declared


def undeclared(name: str) -> Declaration:
    """What holds for a folder that says nothing: its facets stand in the usual columns, if there
    are such, and what is not judged is not known."""
    facets = Facets(painter="artist", style="style", century="date")
    return Declaration.model_construct(
        name=name, title=name, licence=NOT_STATED, judgments="incomplete", facets=facets
    )


@cache
def published() -> Mapping[str, tuple[Path, Declaration]]:
    """Name -> folder and declaration of each published collection, in name order.

    Raises BadInput for one that is wrong, or whose name is not that of its folder.
    """
    found: dict[str, tuple[Path, Declaration]] = {}
    for path in sorted(PUBLISHED.glob(f"*/{MANIFEST}")):
        declared = load(path.parent)
        assert declared is not None, "its file was just found"
        if declared.name != path.parent.name:
            remedy = f'write name = "{path.parent.name}"'
            raise BadInput(path, f"name: '{declared.name}' is not that of its folder", remedy)
        found[declared.name] = (path.parent, declared)
    return found


def _check(path: Path, declared: Declaration) -> None:
    """Raise BadInput unless all that is named is there, and what grades is private."""
    if "test" not in declared.splits:
        raise BadInput(path, "splits: has no test", 'write test = "."')
    home = path.parent.resolve()
    for field, name in _named(declared):
        there = path.parent / name
        if not there.exists():
            raise BadInput(path, f"{field}: '{name}' is not there", "add it, or mend the path")
        # A hub's snapshot links its files to where they are kept; what is shown is no link.
        if field == "graph.catalogue" and not there.resolve().is_relative_to(home):
            raise BadInput(path, f"{field}: '{name}' lies elsewhere", "put the file itself there")
        if field.startswith("graph.") and not there.is_file():
            raise BadInput(path, f"{field}: '{name}' is no file", "name a Turtle file")
        graded = there.parent / (declared.graph.facts or "")
        if field == "graph.catalogue" and there.resolve() == graded.resolve():
            problem = f"{field}: '{name}' are the facts that grades follow from"
            raise BadInput(path, problem, "name another file")
    if declared.facets.paths() and declared.graph.facts is None:
        facet, where = next(iter(declared.facets.paths().items()))
        raise BadInput(path, f"facets.{facet}: '{where}' is a property of a graph, and there is "
                       "none", "name a column of the metadata, or [graph] facts")  # fmt: skip
    if declared.graph.compared and declared.graph.facts is None:
        raise BadInput(path, "graph.compared: has no facts to ask", "name [graph] facts")
    for split, folder in declared.splits.items():
        facts = PurePosixPath(folder) / (declared.graph.facts or "")
        if declared.graph.facts and not _hidden(str(facts), declared.private):
            raise BadInput(path, f"graph.facts: '{facts}' of {split} is not private, so that "
                           "models could read what grades them", "add it to private")  # fmt: skip
        rows = PurePosixPath(folder) / ROWS
        if declared.pictures == "pulled" and not (path.parent / rows).is_file():
            raise BadInput(path, f"pictures: '{rows}' of {split} is not there", "add it")
        if declared.pictures == "pulled" and not _hidden(str(rows), declared.private):
            raise BadInput(path, f"pictures: '{rows}' of {split} is not private, and its rows hold "
                           "facts that no model may read", "add it to private")  # fmt: skip


def _hidden(name: str, private: Iterable[str]) -> bool:
    """Whether a path is, or lies in, a private one."""
    return any(PurePosixPath(name).is_relative_to(place) for place in private)


def _named(declared: Declaration) -> Iterator[tuple[str, str]]:
    """Every path that a declaration names, with its field."""
    for split, folder in declared.splits.items():
        yield f"splits.{split}", folder
        for kind in ("facts", "catalogue"):
            if name := getattr(declared.graph, kind):
                yield f"graph.{kind}", str(PurePosixPath(folder) / name)
    yield from (("private", name) for name in declared.private)
