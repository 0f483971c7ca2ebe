"""Small pictures of a collection for the page, kept while they are looked at."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache

from benchmark.collections.base import Collection, UnreadablePicture

LONGEST = 400
"""Pixels of the longer side."""
_KEPT = 500
_NONE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3">'
    b'<rect width="4" height="3" fill="#ddd6c8"/></svg>'
)


def small(collection: Callable[[], Collection]) -> Callable[[int], tuple[bytes, str]]:
    """What gives the bytes and the media type of a painting's picture by its row.

    A plain field stands for a picture that cannot be read. Raises IndexError for no row.
    """

    @lru_cache(_KEPT)
    def picture(row: int) -> tuple[bytes, str]:
        shown = collection()
        if not 0 <= row < len(shown):
            raise IndexError(row)
        try:
            image = shown.image(row)
        except UnreadablePicture:
            return _NONE, "image/svg+xml"
        image.thumbnail((LONGEST, LONGEST))
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=85)
        return buffer.getvalue(), "image/jpeg"

    return picture
