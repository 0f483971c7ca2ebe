"""Which file at Commons shows a painting: property P18 of its item in Wikidata."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from benchmark.collections.pulling.api import Api

QID = re.compile(r"Q[1-9][0-9]{0,9}")
_RANKS = ("preferred", "normal")
"""The order in which statements are believed; a deprecated one is not."""
_NO_TITLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff#<>\\[\\]|{}]")
"""What no title at Commons has; a bar would make two of one."""


def file_names(api: Api, ids: Sequence[str]) -> dict[str, str]:
    """Id -> name of its file, for those of at most 50 items that have one. Raises Ended."""
    answer = api.ask(action="wbgetentities", ids="|".join(ids), props="claims")
    entities = answer.get("entities")
    if not isinstance(entities, dict):
        raise api.broken("no entities")
    found: dict[str, str] = {}
    for key, entity in entities.items():
        if isinstance(entity, dict) and (name := _first(entity)):
            moved = entity.get("redirects")  # an item that was merged into another
            asked = [key, moved.get("from")] if isinstance(moved, dict) else [key]
            found.update((one, name) for one in asked if one in ids)
    return found


def is_title(name: str) -> bool:
    """Whether a file at Commons may be called so."""
    return 0 < len(name.encode("utf-8", "replace")) <= 240 and not _NO_TITLE.search(name)


def _first(entity: dict[str, Any]) -> str | None:
    """The file of the best statement; the first of several as good."""
    claims = entity.get("claims")
    statements = claims.get("P18") if isinstance(claims, dict) else None
    if not isinstance(statements, list):
        return None
    for rank in _RANKS:
        for statement in statements:
            if isinstance(statement, dict) and statement.get("rank") == rank:
                value = _value(statement)
                if isinstance(value, str) and is_title(value):
                    return value
    return None


def _value(statement: dict[str, Any]) -> object:
    for key in ("mainsnak", "datavalue"):
        inner = statement.get(key)
        if not isinstance(inner, dict):
            return None
        statement = inner
    return statement.get("value")
