"""Pictures that were pulled to this machine: where they lie, whose they are, what they digest to.

pictures/COLLECTION/current.json            the source that is used
pictures/COLLECTION/SLUG/ID.jpg ...         the pictures of one source
pictures/COLLECTION/SLUG/pulled.jsonl       a line for each, written once
pictures/COLLECTION/SLUG/missing.jsonl      id and why, of the last pull
"""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, ValidationError

from benchmark.errors import BadInput
from benchmark.parsing import json_table, opened, shown
from benchmark.tables import Table
from benchmark.workspace import digest_of, replacing

PULLED, MISSING, CURRENT = "pulled.jsonl", "missing.jsonl", "current.json"
EXTENSIONS = ("jpg", "png", "gif", "webp", "tif")
ID = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
"""What an id must be to name a file; a QID is one."""
_LINE_MOST = 16 << 10
"""Bytes of a line of the notes; what is written stays well below."""

_Count = Annotated[int, Field(gt=0)]
_Words = Annotated[str, Field(max_length=1000)]
_Address = Annotated[str, Field(max_length=2500)]
MOST_PX = 99_999
Px = Annotated[int, Field(gt=0, le=MOST_PX)]


class Picture(Table):
    """A line of pulled.jsonl: the file and its SHA-256, and who is to be named beside it.

    `width` and `height` are of the file itself, in pixels. `origin` (`from` in the file) is the
    address that gave it, or its name in a mirror.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: str = Field(pattern=f"^{ID}$")
    file: str = Field(pattern=f"^{ID}\\.({'|'.join(EXTENSIONS)})$")
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    bytes: _Count
    width: _Count
    height: _Count
    origin: _Address = Field(alias="from")
    file_title: _Words = ""
    licence: _Words = "not stated"
    licence_url: _Address = ""
    artist: _Words = ""
    credit: _Words = ""
    page: _Address = ""
    pulled: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")


class Source(Table):
    """Where the pictures are from and how large: `Commons, 500 px` is the width asked for,
    `mirror, 512 px` the most common longest side there."""

    kind: Literal["Commons", "mirror"]
    px: Px

    def __str__(self) -> str:
        return f"{self.kind}, {self.px} px"

    @property
    def slug(self) -> str:
        return f"{self.kind.lower()}-{self.px}"


@dataclass(frozen=True)
class Pulled:
    """The pictures of one source, by the ids of their paintings."""

    folder: Path
    source: str
    pictures: Mapping[str, Picture]

    def path(self, painting: str) -> Path:
        """Its picture. Raises BadInput where none was pulled, FileNotFoundError where a link or a
        pipe, which may never end, has its place."""
        if painting not in self.pictures:
            raise BadInput(painting, f"has no picture ({self.source})", "pull its collection again")
        path = self.folder / self.pictures[painting].file
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise FileNotFoundError(painting)
        return path

    def missing(self, ids: Sequence[str]) -> list[str]:
        """Those without a picture, or whose file is gone or of another size, in the order given."""
        return [one for one in ids if not self._lies(one)]

    def digest(self, ids: Sequence[str]) -> str:
        """Over (id, SHA-256 noted when it was pulled, or "missing"), in the order given."""
        gone = set(self.missing(ids))
        noted = (("missing" if one in gone else self.pictures[one].sha256) for one in ids)
        return digest_of(*(part for pair in zip(ids, noted, strict=True) for part in pair))

    def _lies(self, painting: str) -> bool:
        picture = self.pictures.get(painting)
        return picture is not None and lies(self.folder / picture.file, picture.bytes)


def load(cache: Path, collection: str) -> Pulled | None:
    """What was pulled last of a collection (its declared name); None where nothing was.

    Raises BadInput where the notes are broken.
    """
    path = home(cache, collection) / CURRENT
    if not path.exists():
        return None
    slug = str(json_table(path).get("slug"))
    found = re.fullmatch("(commons|mirror)-([1-9][0-9]{0,4})", slug)
    if not found:
        raise BadInput(path, f"slug: '{shown(slug)}' is no source", "pull the collection again")
    kind: Literal["Commons", "mirror"] = "Commons" if found[1] == "commons" else "mirror"
    source = Source(kind=kind, px=int(found[2]))
    folder = path.parent / source.slug
    return Pulled(folder, str(source), {picture.id: picture for picture, _ in lines(folder)})


def use(cache: Path, collection: str, source: Source) -> None:
    """From now on these pictures are the ones that are used."""
    with replacing(home(cache, collection) / CURRENT) as temporary:
        temporary.write_text(json.dumps({"source": str(source), "slug": source.slug}) + "\n")


def home(cache: Path, collection: str) -> Path:
    """Where all that was pulled of a collection lies. Raises BadInput for what is no name."""
    if not collection or Path(collection).name != collection or collection.startswith("."):
        raise BadInput(collection, "is no name of a collection")
    return cache / "pictures" / collection


def lines(folder: Path) -> Iterator[tuple[Picture, int]]:
    """Each picture noted, and the byte at which its line ends.

    A last line that a killed pull left unfinished is passed over. Raises BadInput for any other
    that is not whole.
    """
    path, end, broken = folder / PULLED, 0, None
    if not path.exists():
        return
    with opened(path) as stream:
        number = 0
        while line := stream.readline(_LINE_MOST):
            number += 1
            if broken:
                remedy = "remove that line, and pull again"
                raise BadInput(f"{path}:{broken}", "is no whole note of a picture", remedy)
            picture = _noted(line)
            if picture is None:
                broken = number
                continue
            end += len(line)
            yield picture, end


def _noted(line: bytes) -> Picture | None:
    """A picture whose file is named after it; None where the line is not such a one, or torn."""
    try:
        picture = Picture.model_validate_json(line)
    except ValidationError:
        return None
    named = picture.file.rpartition(".")[0] == picture.id
    return picture if named and line.endswith(b"\n") else None


def lies(path: Path, size: int) -> bool:
    """Whether a regular file of that size is there."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size == size
