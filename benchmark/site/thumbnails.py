"""Thumbnails of the paintings that pages show, each made once."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

from benchmark.collections.base import Collection, UnreadablePicture
from benchmark.site.templates import file_name
from benchmark.site.works import Work

LONGEST = 160
"""Pixels of a thumbnail's longer side."""


class Thumbnails:
    """Hands out the site's path of a painting's thumbnail, writing it on first demand."""

    def __init__(
        self,
        collection: Collection,
        write: Callable[[str, bytes], None],
        works: Mapping[str, Work],
    ) -> None:
        self._collection, self._write, self._works = collection, write, works
        self._at = {painting: number for number, painting in enumerate(collection.ids)}
        self._sizes: dict[str, tuple[int, int]] = {}

    def card(self, painting: str) -> dict[str, object]:
        """What a page shows of a painting: id, title, artist, date, thumbnail with its size, the
        page of the work and whose the picture is.

        `src` is empty where the picture cannot be read, `page` where the work has none.
        """
        at = self._at[painting]
        metadata = self._collection.metadata[at]
        width, height = self._size(painting, at)
        work = self._works.get(painting, Work())
        return {
            "id": painting,
            "title": metadata.get("title") or "Untitled",
            "by": ", ".join(metadata[k] for k in ("artist", "date") if metadata.get(k)),
            "src": self._path(painting) if width else "",
            "width": width,
            "height": height,
            "page": work.page,
            "credit": work.credit,
        }

    def _path(self, painting: str) -> str:
        return f"assets/{file_name(self._collection.name)}/{file_name(painting)}.webp"

    def _size(self, painting: str, at: int) -> tuple[int, int]:
        if painting not in self._sizes:
            try:
                image = self._collection.image(at)
            except UnreadablePicture:
                self._sizes[painting] = (0, 0)
                return 0, 0
            image.thumbnail((LONGEST, LONGEST))
            buffer = io.BytesIO()
            image.save(buffer, "WEBP", quality=75)
            self._write(self._path(painting), buffer.getvalue())
            self._sizes[painting] = image.size
        return self._sizes[painting]
