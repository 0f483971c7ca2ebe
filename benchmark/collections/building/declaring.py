"""The folder that is built, and what it says of itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmark.collections.declaration import MANIFEST, ROWS, Declaration, published
from benchmark.errors import BadInput
from benchmark.tables import validated
from benchmark.workspace import replacing

SPLIT = "gallery/test"
_FACETS = {"painter": "artist", "style": "style", "century": "date"}


def declared(
    name: str, title: str, licence: str, pictures: str, columns: tuple[str, ...]
) -> dict[str, Any]:
    """The table of collection.toml for a gallery with such columns. Raises BadInput."""
    table: dict[str, Any] = {
        "name": name,
        "title": title,
        "licence": licence,
        "judgments": "incomplete",
        "pictures": pictures,
        "splits": {"test": SPLIT},
        "private": [f"{SPLIT}/{ROWS}"] if pictures == "pulled" else [],
        "facets": {facet: column for facet, column in _FACETS.items() if column in columns},
    }
    validated("collection build", Declaration, table)
    if name in published():
        raise BadInput(f"collection build {name}", "is a published collection", "name it otherwise")
    return table


def new_home(name: str, to: Path | None) -> Path:
    """The folder to build in. Raises BadInput where a collection is there already."""
    home = to or Path(name)
    if (home / MANIFEST).exists():
        problem = "is there already"
        raise BadInput(home / MANIFEST, problem, "remove that folder, or build in another: --to")
    if home.exists() and not home.is_dir():
        raise BadInput(home, "is no folder", "build in another: --to")
    return home


def declare(home: Path, table: dict[str, Any]) -> None:
    """Write collection.toml, which makes the folder a collection: the last thing to be written."""
    with replacing(home / MANIFEST) as temporary:
        temporary.write_text(_toml(table), encoding="utf-8")


def _toml(table: dict[str, Any]) -> str:
    """Texts and lists of texts, then tables of texts."""
    lines = [f"{key} = {_said(of)}" for key, of in table.items() if not isinstance(of, dict)]
    for key, inner in table.items():
        if isinstance(inner, dict) and inner:
            lines += ["", f"[{key}]", *(f"{name} = {_said(of)}" for name, of in inner.items())]
    return "\n".join(lines) + "\n"


def _said(of: Any) -> str:
    """A text or list of texts: JSON's are TOML's, but for DEL, and halves of a character."""
    return json.dumps(of, ensure_ascii=False).replace("\x7f", "\\u007f")
