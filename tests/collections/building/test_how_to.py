"""What docs/how-to/grow.md shows is what there is."""

from __future__ import annotations

import re
from pathlib import Path

from benchmark.collections.building import from_query, mapped_columns
from benchmark.collections.building.paged_query import COLUMNS

PAGE = (Path(__file__).parents[3] / "docs" / "how-to" / "grow.md").read_text("utf-8")


def test_the_query_is_the_one_that_is_shipped() -> None:
    (shown,) = re.findall(r"```sparql[^\n]*\n(.*?)```", PAGE, re.DOTALL)
    assert shown == Path(from_query.__file__).with_name("paintings.rq").read_text("utf-8")


def test_every_variable_and_column_is_named() -> None:
    own = PAGE.partition("### A query of your own")[2]
    assert [name for name in COLUMNS if f"`?{name}`" not in own] == []
    hub = PAGE.partition("## From a data set of the hub")[2]
    assert [name for name in mapped_columns.OURS if f"`{name}`" not in hub] == []
    (said,) = re.findall(r"--columns (\S+) --limit", hub)
    assert mapped_columns.read(said) == {"title": "Title", "artist": "Author", "image": "image"}
