"""The manifest of a gallery: one row of facts a painting, as parquet, without pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmark.collections.manifest_columns import SCHEMA
from benchmark.collections.museum.admission import Work
from benchmark.collections.museum.cleaning import stated
from benchmark.collections.museum.paths import TABLES
from benchmark.collections.museum.small_tables import lines
from benchmark.collections.museum.source_table import SOURCE
from benchmark.workspace import replacing


def write(works: Iterable[Work], path: Path) -> None:
    """Write the manifest, whole or not at all."""
    table = pa.Table.from_pylist([row(work) for work in works], schema=SCHEMA)
    with replacing(path) as temporary:
        pq.write_table(table, temporary, compression="zstd", compression_level=19)


def row(work: Work) -> dict[str, Any]:
    """The row of a work."""
    alone = work.lives[0] if len(work.artists) == 1 else None
    sources = sorted({life.source for life in work.lives})
    return {
        "id": work.row.qid,
        "title": work.row.title,
        "title_fr": french().get(work.row.qid, ""),
        "artist": ", ".join(work.artists),
        "born": alone.born if alone else None,
        "died": alone.died if alone else None,
        "life_source": "; ".join(sources),
        "date": stated(work.years) if work.years else "",
        "year": work.years[0] if work.years else None,
        "style": next(iter(work.movements), ""),
        "genre": next(iter(work.genres), ""),
        "medium": ", ".join(work.materials),
        "movements": work.movements,
        "genres": work.genres,
        "materials": work.materials,
        "museums": work.museums,
        "depicts": work.depicts,
        "source": SOURCE,
        "retrieved": "",
        "file": work.row.file,
    }


@cache
def french() -> Mapping[str, str]:
    """Id -> title in French, for those that have one."""
    return {line["qid"]: line["title_fr"] for line in lines(TABLES / "titles_fr.csv")}
