"""Works of the museum that a model may be trained on without having seen an answer.

`training.txt` beside the queries lists them, one QID a line in the manifest's order: works that no
query of museum gives a grade above 0, in either split, and that do not hang in museum-core, whose
queries are judged over all of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from benchmark.queries.judgments import load_qrels
from benchmark.queries.load import load_queries

FILE = "training.txt"


def untouched(queries: Path, gallery: Iterable[str], core: Collection[str]) -> list[str]:
    """The works of a gallery that neither a query in `queries` nor `core` has, in their order.

    Raises BadInput with the line of a judgment that is wrong.
    """
    works = list(gallery)
    asked = {query.id for query in load_queries(queries / "queries.jsonl")}
    touched = set(core)
    for path in sorted((queries / "qrels").glob("*.tsv")):
        for grades in load_qrels(path, asked, set(works)).values():
            touched.update(work for work, grade in grades.items() if grade)
    return [work for work in works if work not in touched]


def written(works: Collection[str]) -> str:
    """The text of the file: a line that counts them, then the works."""
    return "\n".join([f"# {len(works)} works", *works]) + "\n"


def read(path: Path) -> list[str]:
    """The works of a file as `written`."""
    return path.read_text(encoding="utf-8").splitlines()[1:]
