from __future__ import annotations

from itertools import islice
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmark.collections.decoding import decoded
from benchmark.collections.registry import find
from benchmark.harness.profiling.inputs import altered, encoded, pictures, texts
from benchmark.workspace import Workspace


@given(st.lists(st.text("ab ", min_size=1), min_size=1, max_size=4, unique=True))
def test_no_text_is_put_twice(queries: list[str]) -> None:
    found = list(islice(texts(queries), 60))
    assert found[: len(queries)] == list(enumerate(queries))
    assert len({text for _, text in found}) == 60
    assert {number for number, _ in found[len(queries) :]} <= {None}


def test_later_texts_have_the_words_of_a_query() -> None:
    words = [sorted(text.split()) for _, text in islice(texts(["a red boat", "a house"]), 6)]
    assert words == [["a", "boat", "red"], ["a", "house"]] * 3 or words[4][:2] == ["a", "boat"]


def test_no_picture_is_put_twice(workspace: Workspace, gallery: Path) -> None:
    collection = find(str(gallery), workspace).open()
    found = list(islice(pictures(collection, [0, 3]), 40))
    assert [number for number, _ in found] == [0, 3] + [None] * 38
    assert len({image.tobytes() for _, image in found}) == 40
    first, later = (np.asarray(found[i][1]).astype(int) for i in (0, 10))
    assert (first != later).any(axis=2).sum() <= 64
    assert (first[8:] == later[8:]).all()


def test_pictures_of_one_pixel_differ_too(workspace: Workspace, gallery: Path) -> None:
    collection = find(str(gallery), workspace).open()
    small = [collection.image(0).resize((1, 1)) for _ in range(9)]
    assert len({altered(image, turn).tobytes() for turn, image in enumerate(small, 1)}) == 9


def test_no_encoded_picture_is_put_twice(workspace: Workspace, gallery: Path) -> None:
    collection = find(str(gallery), workspace).open()
    found = list(islice(encoded(collection, [0, 3]), 30))
    assert found[:2] == [(0, collection.picture(0)), (3, collection.picture(3))]
    assert [number for number, _ in found[2:]] == [None] * 28
    assert len({decoded(data).tobytes() for _, data in found}) == 30
