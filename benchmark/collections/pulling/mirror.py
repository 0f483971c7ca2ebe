"""Pictures of a folder on this machine, named by the ids of their paintings."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from benchmark.collections.pulled import MOST_PX, Source
from benchmark.collections.pulling.found import Found, Way
from benchmark.collections.pulling.inspection import MOST_BYTES, size
from benchmark.collections.pulling.refusals import Unfit
from benchmark.collections.pulling.wanted import Work
from benchmark.errors import BadInput
from benchmark.parsing import opened, read, unreadable

_USUAL = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff"}


class Mirror:
    """A folder as a source: `Q12.jpg` is the picture of Q12. No link is followed."""

    def __init__(self, folder: Path, ids: Iterable[str]) -> None:
        """Looks at the headers of the pictures of these paintings. Raises BadInput."""
        self._folder, self._names = folder, _named(folder)
        self.source = Source(kind="mirror", px=self._usual_side(ids))

    def locate(self, works: Sequence[Work]) -> Mapping[str, Way]:
        """Id -> its file in the mirror, or that there is none."""
        absent = "is not in the mirror"
        return {
            work.id: partial(self._read, self._names[work.id]) if work.id in self._names else absent
            for work in works
        }

    def _read(self, name: str) -> Found:
        try:
            return Found(read(self._folder / name, MOST_BYTES), {"origin": name})
        except BadInput as error:
            raise Unfit(str(error).partition(": ")[2].partition(";")[0]) from None

    def _usual_side(self, ids: Iterable[str]) -> int:
        """The most common longest side, in pixels; the largest of several as common."""
        sides: Counter[int] = Counter()
        for name in (self._names[one] for one in ids if one in self._names):
            try:
                with opened(self._folder / name) as stream:
                    side = max(size(stream))
            except (BadInput, Unfit):
                continue  # said when it is pulled
            sides[min(side, MOST_PX)] += 1
        if not sides:
            remedy = "name each after the id of its painting: Q12418.jpg"
            raise BadInput(self._folder, "holds no picture of this collection", remedy)
        return max(sides, key=lambda side: (sides[side], side))


def _named(folder: Path) -> dict[str, str]:
    """Id -> name of a file that is called so; of several the first in name order."""
    try:
        names = sorted(os.listdir(folder), reverse=True)
    except OSError as error:
        raise unreadable(folder, error) from None
    parts = [(name, os.path.splitext(name)) for name in names]
    return {stem: name for name, (stem, end) in parts if end.lower() in _USUAL}
