"""Reading and writing what is kept under leaderboard/: results, runs, values per query."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel, ValidationError

from benchmark.errors import BadInput
from benchmark.records import Reasons, Run
from benchmark.results.schema import SCHEMA_VERSION, Result
from benchmark.scorers import Scores
from benchmark.scorers.measures import MAIN
from benchmark.workspace import replacing

_SMALL: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": 19,
    "use_dictionary": ["query_id", "painting_id"],
    "column_encoding": {"score": "BYTE_STREAM_SPLIT", "rank": "DELTA_BINARY_PACKED"},
}
"""How runs are packed: a clone holds every one that was ever published."""

_REASONS = ("query_id", "painting_id", "subject", "predicate", "object")


class _Versioned(BaseModel):
    """The one field of a result that every version of Cimaise knows."""

    schema_version: int


class Store:
    """The leaderboard folder. Every file is written to a temporary name, then renamed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def result_path(self, collection: str, submission: str) -> Path:
        return self.folder / "results" / collection / f"{submission}.json"

    def run_path(self, collection: str, submission: str) -> Path:
        return self.folder / "runs" / collection / f"{submission}.parquet"

    def scores_path(self, collection: str, submission: str) -> Path:
        return self.folder / "scores" / collection / f"{submission}.parquet"

    def collections(self) -> list[str]:
        """Names of collections with results."""
        return sorted({path.parent.name for path in (self.folder / "results").glob("*/*.json")})

    def results(self, collection: str) -> list[Result]:
        """Every result on a collection, best by the main measure first, equal ones by name."""
        files = sorted((self.folder / "results" / collection).glob("*.json"))
        found = [result for path in files if (result := self._read(path)) is not None]
        return sorted(found, key=lambda r: (-r.measures[MAIN.name].mean, r.submission))

    def result(self, collection: str, submission: str) -> Result | None:
        """One result; None where there is none."""
        path = self.result_path(collection, submission)
        return self._read(path) if path.is_file() else None

    def reasons_path(self, collection: str, submission: str) -> Path:
        return self.folder / "reasons" / collection / f"{submission}.parquet"

    def write(self, result: Result, run: Run, scores: Scores, why: Reasons | None = None) -> None:
        """Keep a result with its run and values; the result last, so that it never stands alone.

        `why`: what speaks for its lists; None leaves what lies there.
        """
        names = result.collection.name, result.submission
        write_run(self.run_path(*names), run)
        if why is not None:
            write_reasons(self.reasons_path(*names), why)
        self._write_scores(self.scores_path(*names), scores)
        self.amend(result)

    def amend(self, result: Result) -> None:
        """Keep a result whose run and values stand as they are."""
        path = self.result_path(result.collection.name, result.submission)
        with replacing(path) as temporary:
            temporary.write_text(result.model_dump_json(indent=1) + "\n", encoding="utf-8")

    def has_run(self, collection: str, submission: str) -> bool:
        """Whether the run and the values per query lie beside a result."""
        paths = self.run_path(collection, submission), self.scores_path(collection, submission)
        return all(path.is_file() for path in paths)

    def has_reasons(self, collection: str, submission: str) -> bool:
        """Whether what speaks for its lists lies beside a result that reads the graph."""
        return self.reasons_path(collection, submission).is_file()

    def reasons(self, collection: str, submission: str) -> Reasons:
        """Query -> painting -> triples, as stored. Raises BadInput when missing."""
        path = self.reasons_path(collection, submission)
        table = _table(path)
        if not set(_REASONS) <= set(table.column_names):
            raise BadInput(path, "holds no triples", "remove it and run again")
        found: Reasons = {}
        for query, painting, *triple in zip(
            *(table[name].to_pylist() for name in _REASONS), strict=True
        ):
            found.setdefault(query, {}).setdefault(painting, []).append(tuple(triple))
        return found

    def run(self, collection: str, submission: str) -> Run:
        """The stored run. Raises BadInput when it is missing."""
        return read_run(self.run_path(collection, submission))

    def scores(self, collection: str, submission: str) -> Scores:
        """Measure -> query -> value, as stored. Raises BadInput when missing."""
        path = self.scores_path(collection, submission)
        scores: Scores = defaultdict(dict)
        table = _table(path)
        if not {"query_id", "measure", "value"} <= set(table.column_names) or not (
            pa.types.is_floating(table.schema.field("value").type)
        ):
            raise BadInput(path, "holds no values of queries", "remove it and run again")
        for row in table.to_pylist():
            scores[row["measure"]][row["query_id"]] = row["value"]
        return dict(scores)

    @staticmethod
    def _read(path: Path) -> Result | None:
        """The result in a file; None for one that another version of Cimaise wrote."""
        try:
            if _Versioned.model_validate_json(path.read_bytes()).schema_version != SCHEMA_VERSION:
                return None
            found = Result.model_validate_json(path.read_bytes())
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"]))
            problem = f"{field}: {first['msg']}" if field else first["msg"]
            raise BadInput(path, problem, "remove the file and run again") from None
        if (found.submission, found.collection.name) != (path.stem, path.parent.name):
            named = f"is of '{found.submission}' on '{found.collection.name}'"
            raise BadInput(path, named, "remove the file and run again")
        return found

    @staticmethod
    def _write_scores(path: Path, scores: Scores) -> None:
        rows = [(q, m, v) for m, values in scores.items() for q, v in values.items()]
        query, measure, value = zip(*rows, strict=True)
        with replacing(path) as temporary:
            table = pa.table({"query_id": query, "measure": measure, "value": value})
            pq.write_table(table, temporary, compression="zstd")


def write_run(path: Path, run: Run) -> None:
    """A run as parquet: query_id, rank (from 1), painting_id, score (float32)."""
    lengths = [len(ids) for ids in run.ids]
    table = pa.table(
        {
            "query_id": [q for q, n in zip(run.query_ids, lengths, strict=True) for _ in range(n)],
            "rank": pa.array([r + 1 for n in lengths for r in range(n)], pa.int32()),
            "painting_id": [painting for ids in run.ids for painting in ids],
            "score": pa.array(
                [float(score) for scores in run.scores for score in scores],
                pa.float32(),
            ),
        }
    )
    with replacing(path) as temporary:
        pq.write_table(table, temporary, **_SMALL)


def write_reasons(path: Path, why: Reasons) -> None:
    """Triples as parquet: query_id, painting_id, and the three terms in N-Triples."""
    rows = [
        (query, painting, *triple)
        for query, paintings in why.items()
        for painting, triples in paintings.items()
        for triple in triples
    ]
    columns = zip(*rows, strict=True) if rows else [()] * len(_REASONS)
    table = pa.table(
        {
            name: pa.array(column, pa.string())
            for name, column in zip(_REASONS, columns, strict=True)
        }
    )
    with replacing(path) as temporary:
        pq.write_table(table, temporary, compression="zstd")


def read_run(path: Path) -> Run:
    """The run of a parquet file, queries in file order. Queries with empty lists are not in it."""
    table = _table(path)
    if not {"query_id", "painting_id", "score"} <= set(table.column_names) or not (
        pa.types.is_floating(table.schema.field("score").type)
    ):
        raise BadInput(path, "is not a run", "remove it and run again")
    ids: dict[str, list[str]] = defaultdict(list)
    scores: dict[str, list[float]] = defaultdict(list)
    columns = (table[name].to_pylist() for name in ("query_id", "painting_id", "score"))
    for query, painting, score in zip(*columns, strict=True):
        ids[query].append(painting)
        scores[query].append(score)
    return Run(
        tuple(ids),
        tuple(tuple(ids[query]) for query in ids),
        tuple(np.array(scores[query], np.float32) for query in ids),
    )


def _table(path: Path) -> pa.Table:
    if not path.is_file():
        raise BadInput(path, "missing", "cimaise run makes it")
    try:
        return pq.read_table(path)
    except (pa.ArrowException, OSError):
        raise BadInput(path, "is not parquet", "remove it and run again") from None
