"""The files of a submission: which count, what is refused, and the digest of them all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from benchmark.errors import BadInput
from benchmark.workspace import digest_of, file_digest

MANIFEST = "submission.toml"
CARD = "README.md"
RECIPE = "recipe.toml"
LOG = "training.json"
"""What a training says of itself: time, machine, energy, loss curve."""

_PICKLES = {".pt", ".pth", ".bin", ".pkl", ".pickle", ".ckpt", ".joblib"}
_UNSCORED = {CARD, RECIPE, LOG}
"""Files that say something about a model without changing what it computes."""


def digest(folder: Path) -> str:
    """Digest of all that decides what the model computes: every file but cards and recipes."""
    parts: list[str] = []
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        if name not in _UNSCORED:
            parts += [name, file_digest(path)]
    return digest_of(*parts)


def _files(folder: Path) -> list[Path]:
    """The folder's files in name order, without what Python and editors leave behind."""
    found = []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part == "__pycache__" or part.startswith(".") for part in parts):
            continue
        if path.is_symlink():
            raise BadInput(path, "is a link", "copy the file into the submission")
        if path.is_file():
            found.append(path)
    return found


def check(folder: Path, named: Mapping[str, str], weights_to_come: bool) -> None:
    """Refuse a folder without a card, with what is no safetensors, or lacking a file it names.

    `named`: manifest field -> name of a file here. Raises BadInput naming file and field.
    """
    if not (folder / CARD).is_file():
        raise BadInput(folder / CARD, "missing", "every submission has a model card")
    for field, name in named.items():
        where = f"{folder / MANIFEST}: model.{field}"
        if field == "weights" and Path(name).suffix != ".safetensors":
            raise BadInput(where, f"'{name}' is not a .safetensors file", "save it as one")
        target = (folder / name).resolve()
        if not target.is_relative_to(folder.resolve()):
            raise BadInput(where, f"'{name}' lies outside the submission")
        parts = target.relative_to(folder.resolve()).parts
        if any(part.startswith(".") or part == "__pycache__" for part in parts):
            raise BadInput(where, f"'{name}' is hidden", "what a model uses is seen and digested")
        if field in ("weights", "pictures", "texts") and weights_to_come:
            continue
        if not (target.is_dir() if field == "folder" else target.is_file()):
            raise BadInput(where, f"'{name}' is not in the folder", "add it, or mend the name")
    for path in _files(folder):
        if path.suffix in _PICKLES:
            raise BadInput(path, "may be a pickle, which can run code", "save it as .safetensors")
        if path.suffix == ".safetensors":
            _check_safetensors(path)


def _check_safetensors(path: Path) -> None:
    """Read the header only: its length in 8 bytes, then JSON (the safetensors format)."""
    with path.open("rb") as stream:
        start = stream.read(9)
        length = int.from_bytes(start[:8], "little")
        if start[:2] in (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05", b"PK"):
            raise BadInput(path, "is a pickle, which can run code", "save it as safetensors")
        if len(start) < 9 or start[8:9] != b"{":
            raise BadInput(path, "is not a safetensors file", "save it with safetensors")
        try:
            stream.seek(8)
            header = json.loads(stream.read(min(length, 100_000_000)))
            ends = [t["data_offsets"][1] for k, t in header.items() if k != "__metadata__"]
            expected = 8 + length + max(map(int, ends), default=0)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise BadInput(path, "has a broken safetensors header", "save it again") from None
    size = path.stat().st_size
    if size != expected:
        raise BadInput(path, f"is {size} bytes where its header says {expected}", "copy it again")
