"""A collection: paintings in a fixed order, their metadata, and their pictures on demand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from benchmark.collections.decoding import Change, shown
from benchmark.records import Painting


class UnreadablePicture(Exception):
    """A picture that is missing or cannot be decoded; says which and why."""


@dataclass(frozen=True)
class Collection:
    """Paintings of one gallery.

    `picture(row)` gives the encoded bytes of a painting's picture, or raises OSError.
    """

    name: str
    folder: Path
    ids: tuple[str, ...]
    metadata: tuple[dict[str, str], ...]
    picture: Callable[[int], bytes]

    def __len__(self) -> int:
        return len(self.ids)

    def image(self, row: int) -> Image.Image:
        """The picture of painting `row`, upright, 8-bit RGB. Raises UnreadablePicture."""
        return self.shown(row)[0]

    def shown(self, row: int) -> tuple[Image.Image, frozenset[Change]]:
        """The same, and what had to be changed to show it so (see `decoding`)."""
        try:
            return shown(self.picture(row))
        except FileNotFoundError as error:
            raise UnreadablePicture(f"{self.ids[row]}: is missing") from error
        except UnidentifiedImageError as error:
            raise UnreadablePicture(f"{self.ids[row]}: is not a picture") from error
        except Exception as error:  # Pillow raises many kinds on corrupt input
            reason = " ".join(str(error).split()) or type(error).__name__
            raise UnreadablePicture(f"{self.ids[row]}: {reason}") from error

    def painting(self, row: int, inputs: frozenset[str]) -> Painting:
        """Painting `row` with no more than `inputs` ("image", "metadata") allow to see."""
        return Painting(
            id=self.ids[row],
            metadata=self.metadata[row] if "metadata" in inputs else {},
            image=(lambda: self.image(row)) if "image" in inputs else None,
        )
