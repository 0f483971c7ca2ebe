"""One page of SPARQL 1.1 JSON results, checked: an endpoint's answer is a stranger's file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmark.collections.building.paged_query import COLUMNS
from benchmark.errors import BadInput
from benchmark.parsing import json_table, shown

_ENTITY = re.compile(r"https?://www\.wikidata\.org/entity/Q([1-9][0-9]{0,14})")
_UNKNOWN = re.compile(r"https?://www\.wikidata\.org/(\.well-known/genid|value)/.*")
"""What stands for a value of which Wikidata knows only that there is one."""


@dataclass(frozen=True)
class Row:
    """Number of the painting's entity, and column -> text of what was bound."""

    painting: int
    values: dict[str, str]


def rows(path: Path, name: str) -> list[Row]:
    """The rows of a page, called `name` where something is wrong. Raises BadInput.

    Source: SPARQL 1.1 Query Results JSON Format, W3C 2013.
    """
    results = json_table(path, name).get("results")
    bindings = results.get("bindings") if isinstance(results, dict) else None
    if not isinstance(bindings, list):
        raise BadInput(name, "results.bindings: is no list", "check --endpoint")
    return [_row(binding, f"{name}, row {number}") for number, binding in enumerate(bindings, 1)]


def _row(binding: Any, where: str) -> Row:
    if not isinstance(binding, dict):
        raise BadInput(where, "is no table")
    said = {name: _term(of, name, where) for name, of in binding.items() if name in COLUMNS}
    kind, entity = _term(binding.get("painting"), "painting", where)
    found = _ENTITY.fullmatch(entity)
    if kind != "uri" or found is None:
        problem = f"painting: '{shown(entity)}' is no entity of Wikidata"
        raise BadInput(where, problem, "select ?painting as http://www.wikidata.org/entity/Q...")
    values = {name: _text(name, *term, where=where) for name, term in said.items()}
    return Row(int(found[1]), {name: value for name, value in values.items() if value})


def _term(of: Any, name: str, where: str) -> tuple[str, str]:
    """Type and text of an RDF term."""
    if isinstance(of, dict) and isinstance(of.get("value"), str):
        kind = str(of.get("type"))
        if kind in ("uri", "literal", "typed-literal", "bnode"):
            return kind, of["value"]
    raise BadInput(where, f"{name}: is no RDF term")


def _text(name: str, kind: str, value: str, where: str) -> str:
    if kind == "bnode" or (kind == "uri" and _UNKNOWN.fullmatch(value)):
        return ""
    if kind == "uri" and name != "file":
        problem = f"{name}: '{shown(value)}' is an address, and no text"
        raise BadInput(where, problem, f"select its rdfs:label as ?{name}")
    whole = value.encode("utf-8", "replace").decode()  # JSON can hold half a character
    return " ".join(whole.split())
