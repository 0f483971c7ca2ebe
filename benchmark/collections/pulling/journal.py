"""The folder of one source while it is pulled: whatever is killed when, it can be gone on with.

A picture is written to a temporary name, renamed, and then noted in a line of its own. So a
picture without a line is one that was not finished, and is removed; a line without its picture
asks for those same bytes again.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from benchmark.collections import pulled
from benchmark.collections.pulled import EXTENSIONS, ID, PULLED, Picture
from benchmark.collections.pulling.refusals import Unfit
from benchmark.errors import BadInput
from benchmark.workspace import file_digest, replacing

CHANGED = "changed at the source since it was first pulled"
_OURS = re.compile(rf"{ID}\.({'|'.join(EXTENSIONS)})|\..*\.tmp")


class Noted(NamedTuple):
    """Of a line, what is needed to tell whether its picture is still the same."""

    file: str
    size: int
    digest: bytes


class Journal:
    """Its notes of what was pulled, and the way to add to them; for several threads."""

    def __init__(self, folder: Path) -> None:
        """Opens a folder, making it, and mends what a killed pull left. Raises BadInput."""
        self.folder = folder
        self.licences: Counter[str] = Counter()
        self._noted: dict[str, Noted] = {}
        self._lock = Lock()
        folder.mkdir(parents=True, exist_ok=True)
        whole = 0
        for picture, end in pulled.lines(folder):
            self._note(picture)
            whole = end
        self._stream = (folder / PULLED).open("ab")
        self._stream.truncate(whole)
        self._sweep()

    def __len__(self) -> int:
        return len(self._noted)

    def close(self) -> None:
        """Settle, and take no more notes."""
        self.settle()
        self._stream.close()

    def settle(self) -> None:
        """Have what was noted so far written to the disk itself."""
        os.fsync(self._stream.fileno())

    def intact(self, painting: str) -> bool:
        """Whether its picture lies there with the bytes that were pulled."""
        noted = self._noted.get(painting)
        if noted is None or not pulled.lies(path := self.folder / noted.file, noted.size):
            return False
        return file_digest(path) == noted.digest.hex()

    def discard(self, painting: str) -> None:
        """Remove what lies there instead of its picture; the note of it stays."""
        if noted := self._noted.get(painting):
            _remove(self.folder / noted.file)

    def keep(self, picture: Picture, data: bytes) -> None:
        """Write a picture and note it. Raises Unfit where other bytes were noted before."""
        noted = self._noted.get(picture.id)
        if noted is not None and noted.digest.hex() != picture.sha256:
            remedy = f"to take it as it is now, remove its line from {PULLED}"
            raise Unfit(f"{CHANGED}; {remedy}")
        with replacing(self.folder / picture.file) as temporary:
            temporary.write_bytes(data)
        if noted is None:
            line = picture.model_dump_json(by_alias=True).encode() + b"\n"
            with self._lock:
                self._stream.write(line)
                self._stream.flush()
                self._note(picture)

    def _note(self, picture: Picture) -> None:
        digest = bytes.fromhex(picture.sha256)
        self._noted[picture.id] = Noted(picture.file, picture.bytes, digest)
        self.licences[picture.licence] += 1

    def _sweep(self) -> None:
        """Remove pictures that were not noted, and what was being written."""
        known = {noted.file for noted in self._noted.values()}
        with os.scandir(self.folder) as there:
            for entry in there:
                if _OURS.fullmatch(entry.name) and entry.name not in known:
                    _remove(Path(entry.path))


def _remove(path: Path) -> None:
    """Remove a file. Raises BadInput for a folder, which is none of ours."""
    if path.is_dir() and not path.is_symlink():
        raise BadInput(path, "is a folder in the place of a picture", "move it elsewhere")
    path.unlink(missing_ok=True)


def digest(data: bytes) -> str:
    """SHA-256, in hex."""
    return hashlib.sha256(data).hexdigest()
