"""Can results be kept? Asked before any work."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmark.errors import BadInput


def writable(folder: Path) -> None:
    """Raise BadInput unless files can be made in a folder, or in the one where it would be made."""
    place = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        raise BadInput(
            place,
            f"cannot be written to ({error.strerror})",
            "make it a folder that you may write to, or work in a copy of the checkout",
        ) from None
