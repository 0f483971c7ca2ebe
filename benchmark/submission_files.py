"""The files of a submission: which there may be, what is refused, and the digest of them all."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from benchmark.errors import BadInput
from benchmark.parsing import PICKLED, json_table, opened, read, shown, tensors, toml, unreadable
from benchmark.workspace import digest_of

MANIFEST = "submission.toml"
CARD = "README.md"
RECIPE = "recipe.toml"
LOG = "training.json"
"""What a training says of itself: time, machine, energy, loss curve."""

_UNSCORED = {CARD, RECIPE, LOG}
"""Files that say something about a model without changing what it computes."""
_PICKLES = {".pt", ".pth", ".bin", ".pkl", ".pickle", ".ckpt", ".joblib", ".dill", ".pt2", ".ptl"}
_COMPILED = {".pyc", ".pyo", ".so", ".pyd", ".dll", ".dylib", ".a", ".o", ".egg", ".whl", ".zip"}
_MACH = (b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xca\xfe\xba\xbe")
_NATIVE = (b"\x7fELF", b"!<arch>\n", b"\0asm", *_MACH, *(head[::-1] for head in _MACH))
"""How libraries and programs of Linux, macOS and WebAssembly begin."""
_UNPORTABLE = '\\:*?"<>|'
_MOST_FILES, _DEEPEST, _LARGEST = 1000, 16, 64 << 30
_LONGEST_CARD = 1 << 20
_HOLES_FROM = 64 << 20
"""Bytes from which a file is looked at for holes; below, reading zeros costs nothing."""


def files(folder: Path) -> list[Path]:
    """All files of a submission, in name order; there are no others. Raises BadInput.

    Those that `digest` covers, and the card, recipe and log beside them.
    """
    return list(_walk(folder, None).values())


def linked_files(folder: Path, home: Path) -> dict[str, Path]:
    """Name -> real file of a folder whose files may be links to others in `home`."""
    return _walk(folder, home)


def digest(folder: Path) -> str:
    """Digest of all that decides what the model computes: every file but cards and recipes."""
    parts: list[str] = []
    for name, path in _walk(folder, None).items():
        if name not in _UNSCORED:
            parts += [name, digest_of_file(path)]
    return digest_of(*parts)


def digest_of_file(path: Path) -> str:
    """SHA-256 of a stranger's file, in hex. Raises BadInput where it cannot be read."""
    try:
        with opened(path) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(path, error) from None


def _walk(folder: Path, home: Path | None) -> dict[str, Path]:
    """Name -> file, in name order; with `home`, links to files within it are followed."""
    found: dict[tuple[str, ...], Path] = {}
    folded: dict[str, Path] = {}
    rooms: list[tuple[Path, tuple[str, ...]]] = [(folder, ())]
    seen = 0
    while rooms:
        room, above = rooms.pop()
        names = _names(room)
        seen += len(names)
        if seen > _MOST_FILES:
            raise BadInput(shown(folder), f"holds more than {_MOST_FILES} files", "remove some")
        for name in names:
            path, parts = room / name, (*above, name)
            _check_name(path, name)
            twin = folded.setdefault("/".join(map(_folded, parts)), path)
            if twin != path:
                problem = f"differs only in case or accents from {shown(twin.name)}"
                raise BadInput(shown(path), problem, "rename one")
            real = path if home is None else _inside(path, home)
            if _is_folder(real):
                if len(parts) >= _DEEPEST:
                    problem = f"lies more than {_DEEPEST} folders deep"
                    raise BadInput(shown(path), problem, "flatten the folder")
                rooms.append((path, parts))
            else:
                found[parts] = real
    return {"/".join(parts): found[parts] for parts in sorted(found)}


def _names(folder: Path) -> list[str]:
    """What lies in a folder, at most one more than all may hold. Raises BadInput."""
    names: list[str] = []
    try:
        mode = os.lstat(folder).st_mode
        if stat.S_ISLNK(mode):
            raise BadInput(shown(folder), "is a link", "copy the folder itself")
        if not stat.S_ISDIR(mode):
            raise BadInput(shown(folder), "is not a folder", "make it one")
        with os.scandir(folder) as entries:
            for entry in entries:
                names.append(entry.name)
                if len(names) > _MOST_FILES:
                    break
    except OSError as error:
        raise unreadable(folder, error) from None
    return sorted(names)


def _check_name(path: Path, name: str) -> None:
    problem = ""
    if name == "__pycache__":
        problem, remedy = "holds compiled code, which can differ from the source", "remove it"
    elif name.startswith("."):
        problem, remedy = "is hidden", "what a model uses is seen and digested: remove it"
    elif name.startswith("-"):
        problem, remedy = "has a name that reads like an option", "rename it"
    elif not name.isprintable():  # nor are bytes that are no UTF-8
        problem, remedy = "has a name that cannot be shown (control characters)", "rename it"
    elif set(name) & set(_UNPORTABLE) or name[-1] in ". ":
        problem, remedy = "has a name that not every system can write", "rename it"
    if problem:
        raise BadInput(shown(path), problem, remedy)


def _folded(name: str) -> str:
    """A name as file systems see it that know neither case nor ways to write an accent."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _inside(path: Path, home: Path) -> Path:
    """Where a link leads. Raises BadInput unless that is within `home`."""
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):
        raise BadInput(shown(path), "is a link to nothing", "fetch it again") from None
    if not real.is_relative_to(home.resolve()):
        raise BadInput(shown(path), "is a link out of its repository", "fetch it again")
    if path.is_symlink() and not real.is_file():
        raise BadInput(shown(path), "is a link to something that is no file", "fetch it again")
    return real


def _is_folder(path: Path) -> bool:
    """Whether it is a folder; a file is looked over, anything else refused. Raises BadInput."""
    try:
        status = os.lstat(path)
    except OSError as error:
        raise unreadable(path, error) from None
    if stat.S_ISDIR(status.st_mode):
        return True
    if stat.S_ISLNK(status.st_mode):
        raise BadInput(shown(path), "is a link", "copy the file into the submission")
    if not stat.S_ISREG(status.st_mode):
        problem = "is neither a file nor a folder"
        raise BadInput(shown(path), problem, "remove it")
    if status.st_nlink > 1:
        # Its bytes can be changed, or belong to another, under a name that we do not see.
        problem = "has a second name elsewhere (a hard link)"
        raise BadInput(shown(path), problem, "copy the file into the submission")
    if status.st_size > _LARGEST:
        raise BadInput(shown(path), f"is larger than {_LARGEST >> 30} GB", "make it smaller")
    stored = getattr(status, "st_blocks", None)  # Windows has none
    if stored is not None and status.st_size > _HOLES_FROM and stored * 512 < status.st_size // 8:
        raise BadInput(shown(path), "has holes (a sparse file)", "copy it whole")
    return False


def check(folder: Path, paths: Sequence[Path]) -> None:
    """Refuse a folder without a card, or with what is no data. `paths`: its `files`.

    Raises BadInput.
    """
    found = {path.relative_to(folder).as_posix() for path in paths}
    if CARD not in found:
        raise BadInput(folder / CARD, "missing", "every submission has a model card")
    for path in paths:
        inspect(path)
    read(folder / CARD, _LONGEST_CARD)
    if RECIPE in found:
        toml(folder / RECIPE)
    if LOG in found:
        json_table(folder / LOG)


def inspect(path: Path, name: str = "") -> None:
    """Refuse what runs code on loading: pickles, compiled code, broken safetensors.

    `name`: what the file is called, where its path says something else. Raises BadInput.
    """
    where, suffix = shown(name or path), Path(name or path).suffix.lower()
    if suffix in _PICKLES:
        problem = "may be a pickle, which can run code"
        raise BadInput(where, problem, "save it as .safetensors")
    if suffix in _COMPILED:
        raise BadInput(where, "is compiled or packed code", "submit the source, unpacked")
    try:
        with opened(path) as stream:
            head = stream.read(1024)
    except OSError as error:
        raise unreadable(path, error) from None
    if suffix == ".safetensors":
        tensors(path)
    elif head[:2] in PICKLED:
        raise BadInput(where, "is a pickle, which can run code", "save it as safetensors")
    elif head.startswith(_NATIVE) or _is_windows_program(head):
        raise BadInput(where, "is a compiled program or library", "submit the source")


def _is_windows_program(head: bytes) -> bool:
    start = int.from_bytes(head[60:64], "little")
    far = start > len(head) - 4 and b"\0" in head  # no text has zero bytes
    return head[:2] == b"MZ" and (head[start : start + 4] == b"PE\0\0" or far)
