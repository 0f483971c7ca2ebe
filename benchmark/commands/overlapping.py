"""`collection overlap`: which paintings of a gallery also lie in a folder of pictures."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rich.table import Column, Table

from benchmark.collections import overlap as overlaps
from benchmark.collections.registry import find
from benchmark.commands.console import bars, notes, out, print_json
from benchmark.errors import BadInput
from benchmark.workspace import Workspace


@dataclass(frozen=True)
class _Hashed:
    """Pictures that could be read, by name, with their hashes; of the others, why not."""

    names: list[str]
    hashes: NDArray[np.uint64]
    unreadable: dict[str, str]


def overlap(reference: str, against: Path, as_json: bool) -> None:
    """Print the pairs of a painting and a file that shows it, the surest first."""
    place = find(reference, Workspace.find())
    collection = place.open()
    where = f"--against {against}"
    if not against.is_dir():
        raise BadInput(where, "is no folder", "name the one with the pictures for training")
    files = overlaps.pictures_in(against)
    if not files:
        raise BadInput(where, "holds no pictures", f"they end in {', '.join(overlaps.SUFFIXES)}")
    pairs: list[tuple[int, str, str]] = []
    with bars() as progress:
        update = progress(place.name)
        ours = _hashed(collection.ids, collection.image, lambda n, of: update("gallery", n, of))
        if not ours.names:
            what = "pull" if place.pulls else "verify"
            remedy = f"see: cimaise collection {what} {place.name}"
            raise BadInput(place.name, "none of its pictures can be read here", remedy)
        names = [path.relative_to(against).as_posix() for path in files]
        theirs = _hashed(
            names, lambda row: overlaps.read(files[row]), lambda n, of: update("folder", n, of)
        )
        for done, matches in enumerate(overlaps.near(ours.hashes, theirs.hashes)):
            pairs += [(bits, ours.names[done], theirs.names[row]) for row, bits in matches]
            update("comparing", done + 1, len(ours.names))
    pairs.sort()
    if as_json:
        print_json(_told(place.name, against, ours, theirs, pairs))
        return
    for file, why in theirs.unreadable.items():
        notes.print(f"skipped: {file}: {why}")
    if ours.unreadable:
        lacking, all_of = len(ours.unreadable), _several(len(collection), "painting")
        has = "has" if lacking == 1 else "have"
        notes.print(f"{lacking:,} of {all_of} {has} no picture that can be read here")
    if pairs:
        table = Table("painting", Column("file", overflow="fold"), "distance", box=None)
        for bits, painting, file in pairs:
            table.add_row(painting, file, str(bits))
        out.print(table)
    out.print(_summary(place.name, against, ours, theirs, pairs))


def _hashed(
    names: Sequence[str],
    image: Callable[[int], Image.Image],
    update: Callable[[int, int], None],
) -> _Hashed:
    """Every picture read and hashed once, in the order given."""
    found: dict[str, NDArray[np.uint64]] = {}
    unreadable: dict[str, str] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what Pillow only remarks on
        for row, name in enumerate(names):
            try:
                found[name] = overlaps.hashes(image(row))
            except Exception as error:  # Pillow raises many kinds on corrupt input
                unreadable[name] = " ".join(str(error).split()) or type(error).__name__
            update(row + 1, len(names))
    return _Hashed(
        list(found),
        np.array(list(found.values()), np.uint64).reshape(-1, *overlaps.SHAPE),
        unreadable,
    )


def _told(
    name: str, against: Path, ours: _Hashed, theirs: _Hashed, pairs: list[tuple[int, str, str]]
) -> dict[str, object]:
    """The same for a script."""
    return {
        "collection": name,
        "against": str(against),
        "paintings": len(ours.names),
        "files": len(theirs.names),
        "pairs": [{"id": id, "file": file, "distance": bits} for bits, id, file in pairs],
        "near": overlaps.NEAR,
        "bits": overlaps.BITS,
        "not compared": {"paintings": list(ours.unreadable), "files": theirs.unreadable},
    }


def _summary(
    name: str, against: Path, ours: _Hashed, theirs: _Hashed, pairs: list[tuple[int, str, str]]
) -> str:
    works, files = len({id for _, id, _ in pairs}), len({file for *_, file in pairs})
    of = f"of {_several(len(ours.names), 'painting')} of {name}"
    among = f"of {_several(len(theirs.names), 'picture')} in {against}"
    if not pairs:
        return f"none {of} is shown by any {among}"
    told = f"{works:,} {of} {'is' if works == 1 else 'are'} shown by {files:,} {among}"
    return f"{told}; leave {'this file' if files == 1 else 'these files'} out of training"


def _several(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"
