"""A gallery of the works that a SPARQL query finds; their pictures are pulled afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from benchmark.collections.building import paged_query
from benchmark.collections.building.declaring import SPLIT, declare, declared, new_home
from benchmark.collections.building.endpoint import Endpoint, checked
from benchmark.collections.building.joined_rows import joined
from benchmark.collections.building.pages import SIZE, every_row
from benchmark.collections.building.paintings_table import write
from benchmark.collections.building.resting import Rest
from benchmark.collections.declaration import ROWS
from benchmark.collections.manifest_columns import SCHEMA
from benchmark.errors import BadInput
from benchmark.workspace import digest_of, replacing

LICENCE = "CC0-1.0 (facts, from Wikidata); each picture has its own"


def build(
    name: str,
    file: Path,
    limit: int,
    address: str,
    to: Path | None,
    cache: Path,
    say: Callable[[str], None],
    update: Callable[[str, int, int], None],
    size: int = SIZE,
) -> tuple[Path, int]:
    """Ask for at most `limit` works and write the gallery; its folder, and how many there are.

    Pages lie in the cache until all is written: after a crash, no page is asked for twice.
    Raises BadInput.
    """
    table = declared(
        name, f"Paintings found by {file.name}", LICENCE, "pulled", tuple(SCHEMA.names)
    )
    home = new_home(name, to)
    query = paged_query.load(file)
    rest = Rest(checked(address), cache / "resting", say=say)
    pages = cache / "building" / digest_of(address, query.text)[:24]
    with rest.alone():
        works = joined(every_row(query, Endpoint(address, rest), pages, size), limit)
        count = write(pages / ROWS, works, lambda done: update("works", done, limit))
        if not count:
            shutil.rmtree(pages)
            raise BadInput(file, f"finds nothing at {address}", "try it on the endpoint's own page")
        with replacing(home / SPLIT / ROWS) as temporary:
            shutil.copyfile(pages / ROWS, temporary)
        declare(home, table)
        shutil.rmtree(pages)
    return home, count
