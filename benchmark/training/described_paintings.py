"""Annotated paintings to learn from, their pictures in a folder: opened, checked, parted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from benchmark.collections.decoding import decoded
from benchmark.errors import BadInput
from benchmark.queries.museum import visual_concepts
from benchmark.queries.museum.visual_concepts import Concept
from benchmark.training import annotated_paintings, painting_requests
from benchmark.training.annotated_paintings import AnnotatedPainting
from benchmark.training.painting_requests import Request
from benchmark.training.painting_texts import PaintingTexts

_PAINTINGS, _VOCABULARY = "training-paintings", "museum-core"
"""Where, among the queries, lie what was seen in paintings, and the concepts it is told in."""
_FIFTH = 5
"""One written request of so many is kept back where paintings are."""


@dataclass(frozen=True)
class DescribedPaintings:
    """Annotated paintings of a folder, and requests written for them."""

    folder: Path
    concepts: dict[str, Concept]
    paintings: list[AnnotatedPainting]
    written: list[Request]

    def picture(self, row: int) -> Image:
        """As the harness would show it. Raises BadInput where it cannot be read."""
        path = self.folder / self.paintings[row].file
        try:
            return decoded(path.read_bytes())
        except Exception as error:  # Pillow raises nearly anything on a broken picture
            problem = f"cannot be read as a picture ({type(error).__name__})"
            raise BadInput(path, problem, "replace it") from None

    def parts(self, dev: int, seed: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Rows of `dev` paintings held out, drawn by chance; and, in order, of all others."""
        order = np.random.default_rng(seed).permutation(len(self.paintings))
        return order[:dev], np.sort(order[dev:])

    def texts(
        self, rows: NDArray[np.intp], held_out: bool, seed: int, languages: Sequence[int]
    ) -> PaintingTexts:
        """What the paintings `rows` are learned by: captions, lines, and requests of three sorts.

        Written ones, each concept by its name, and two concepts at once that a painting shows.
        """
        ours = [self.paintings[row] for row in rows]
        written, _ = self.requests(held_out)
        named = painting_requests.by_name(self.concepts)
        pairs = painting_requests.of_two([one.seen for one in ours], self.concepts, seed)
        return PaintingTexts(ours, [*written, *named, *pairs], languages)

    def requests(self, held_out: bool) -> tuple[list[Request], list[Request]]:
        """Written requests to learn from; and, where paintings are held out, those to choose by."""
        if not held_out:
            return self.written, []
        return [one for at, one in enumerate(self.written) if at % _FIFTH], self.written[::_FIFTH]


def opened(queries: Path, folder: Path | None) -> DescribedPaintings:
    """Those of `queries`, their pictures in `folder`. Raises BadInput naming what is missing."""
    if folder is None:
        raise BadInput("--folder", "missing", "name the folder with the annotated paintings")
    concepts = visual_concepts.read(queries / _VOCABULARY / visual_concepts.CSV)
    home = queries / _PAINTINGS
    paintings = annotated_paintings.read(home / annotated_paintings.NAME, concepts)
    written = painting_requests.read(home / painting_requests.NAME, concepts)
    absent = [one.file for one in paintings if not (folder / one.file).is_file()]
    if absent:
        problem = f"lacks {len(absent)} of {len(paintings)} pictures, such as {absent[0]}"
        raise BadInput(folder, problem, "name the folder with the annotated paintings")
    return DescribedPaintings(folder, concepts, paintings, written)
