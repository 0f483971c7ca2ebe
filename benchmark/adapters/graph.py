"""Adapter for search by a catalogue graph: a thesaurus and weights of evidence, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from benchmark.adapters._adapter import Adapter, Files, Held, ModelTable
from benchmark.adapters._counting import plain
from benchmark.declared.code import Declared
from benchmark.named_files import File
from benchmark.tables import Text

if TYPE_CHECKING:
    from benchmark.graph_search.thesaurus import Thesaurus

_WEIGHTS = "weights.json"
_THESAURUS = "thesaurus.csv"


class GraphSearch(ModelTable):
    """Words are linked to terms of the catalogue graph; what it says of paintings ranks them."""

    looks_at: ClassVar[str] = "graph"
    """What `cimaise new` writes as `inputs`."""

    adapter: Literal["graph"]
    thesaurus: Annotated[Text | None, File(".csv")] = Field(
        None,
        description="other words and narrower ones: concept,broader,en,fr; by default Cimaise's",
    )
    weights: Annotated[Text, File(".json", trained=True)] = Field(
        _WEIGHTS, description="how much each kind of evidence counts"
    )


def load(folder: Path, table: GraphSearch, _snapshot: Path | None, _device: str) -> object:
    """A Searcher that reads the graph. Raises BadInput naming file and field."""
    from benchmark.graph_search import weights
    from benchmark.graph_search.searcher import GraphSearcher

    return GraphSearcher(words(folder, table), weights.read(folder / table.weights))


def words(folder: Path, table: GraphSearch) -> Thesaurus:
    """The thesaurus of a submission, or Cimaise's own. Raises BadInput."""
    from benchmark.graph_search import thesaurus

    return thesaurus.read(folder / table.thesaurus) if table.thesaurus else thesaurus.own()


def parameters(table: GraphSearch, files: Files) -> Held:
    """The weights of evidence, one number each."""
    from benchmark.graph_search import weights

    name = plain(table.weights)
    return Held({"text": weights.read(files[name]).count}, {name})


def _tables(files: Mapping[str, Path]) -> set[str]:
    """The thesaurus of a folder, read as data."""
    from benchmark.graph_search import thesaurus

    found = {name for name in files if name.endswith(".csv")}
    for name in found:
        thesaurus.read(files[name])
    return found


_EXAMPLE = """\
concept,broader,en,fr
animal,,animal|beast,animal|bête
dog,animal,dog|hound,chien|toutou
"""


def scaffold(folder: Path) -> str:
    """A thesaurus of two concepts, and weights as one would guess them."""
    from benchmark.graph_search.weights import GUESS

    (folder / _THESAURUS).write_text(_EXAMPLE, encoding="utf-8")
    (folder / _WEIGHTS).write_text(GUESS.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return f'[model]\nadapter = "graph"\nthesaurus = "{_THESAURUS}"\n'


ADAPTER = Adapter(
    table=GraphSearch,
    load=load,
    scaffold=scaffold,
    parameters=parameters,
    declared=Declared({_WEIGHTS: {"*": {"*": frozenset()}}}, _tables),
)
