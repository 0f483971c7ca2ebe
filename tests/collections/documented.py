"""The collection of docs/how-to/collection.md, written out."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.conftest import paint

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "collection.md"
COLOURS = {"h1": (230, 20, 20), "h2": (20, 200, 30), "h3": (20, 30, 230)}


def written(folder: Path) -> Path:
    """Write every titled block of the page, and the three pictures, into a new folder."""
    blocks = re.findall(r'```\w+ title="([^"\n]+)"\n(.*?)```', PAGE.read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 6
    for name, text in blocks:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    for name, colour in COLOURS.items():
        paint(folder / "test" / "pictures" / f"{name}.png", colour)
    return folder


def published(collections: Path, queries: Path) -> Path:
    """The same, as a published collection lies: its queries apart from it."""
    folder = written(collections / "harbour")
    shutil.move(folder / "queries", queries / "harbour")
    return folder
