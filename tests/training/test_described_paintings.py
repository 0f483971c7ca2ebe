from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmark.errors import BadInput
from benchmark.training.described_paintings import DescribedPaintings, opened
from tests.training import described

REMEDY = "name the folder with the annotated paintings"


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    return described.queries(tmp_path / "queries")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    return described.pictures(tmp_path / "pictures")


@pytest.fixture
def paintings(queries: Path, pictures: Path) -> DescribedPaintings:
    return opened(queries, pictures)


def test_they_are_what_lies_there(paintings: DescribedPaintings, pictures: Path) -> None:
    assert paintings.folder == pictures
    assert list(paintings.concepts) == ["animal", "cat", "dog", "boat", "sea", "red"]
    assert [one.file for one in paintings.paintings] == [f"{n}.png" for n in range(12)]
    assert paintings.paintings[3].seen == {"boat": 1, "sea": 2, "red": 1}
    assert [one.said[0] for one in paintings.written] == [one[2] for one in described.REQUESTS]


def test_a_picture_is_read_by_its_row(paintings: DescribedPaintings, pictures: Path) -> None:
    for row in (0, 10):
        shown = np.asarray(paintings.picture(row))
        assert np.array_equal(shown, np.asarray(Image.open(pictures / f"{row}.png")))


def test_a_picture_that_cannot_be_read_is_named(
    paintings: DescribedPaintings, pictures: Path
) -> None:
    (pictures / "2.png").write_bytes(b"no picture")
    (pictures / "3.png").unlink()
    for row, error in ((2, "UnidentifiedImageError"), (3, "FileNotFoundError")):
        with pytest.raises(BadInput) as caught:
            paintings.picture(row)
        assert str(caught.value) == (
            f"{pictures / f'{row}.png'}: cannot be read as a picture ({error}); replace it"
        )


def test_one_request_of_five_is_kept_back_where_paintings_are(
    paintings: DescribedPaintings,
) -> None:
    said = [[one.said[0] for one in part] for part in paintings.requests(held_out=True)]
    assert said == [
        ["a boat on the sea", "a pet", "something red, no sea", "a ship"],
        ["a cat", "some animal"],
    ]
    learned, kept_back = paintings.requests(held_out=False)
    assert len(learned) == 6 and kept_back == []


def test_what_is_held_out_is_drawn_by_chance_and_the_rest_is_in_order(
    paintings: DescribedPaintings,
) -> None:
    held_out, rows = paintings.parts(4, 0)
    assert len(held_out) == 4
    assert sorted([*held_out, *rows]) == list(range(12))
    assert rows.tolist() == sorted(rows)
    assert paintings.parts(4, 0)[0].tolist() == held_out.tolist()
    assert paintings.parts(4, 1)[0].tolist() != held_out.tolist()
    assert [len(part) for part in paintings.parts(0, 0)] == [0, 12]


def test_texts_are_of_the_paintings_named_and_of_requests_not_kept_back(
    paintings: DescribedPaintings,
) -> None:
    rows = np.array([1, 6])
    told = paintings.texts(rows, True, 0, (0, 1))
    said = [[told.texts[number] for number in one] for one in told.captions]
    assert said == [["Picture 1 of dog", "Image 1"], ["Picture 6 of boat sea", "Image 6"]]
    assert [told.texts[line] for line in told.lines if line is not None] == [
        "Work 1, Ann Onymous", "Work 6",
    ]  # fmt: skip
    assert {"a pet", "un navire", "any dog", "cat"} - set(told.texts) == {"any dog"}  # a note
    assert not {"a cat", "some animal"} & set(told.texts)  # kept back
    assert "a cat" in paintings.texts(rows, False, 0, (0, 1)).texts
    assert len(told.fits) == len(told.requests) and told.fits.shape[1] == 2


def test_what_is_missing_is_named(queries: Path, pictures: Path) -> None:
    def refused(folder: Path | None) -> str:
        with pytest.raises(BadInput) as caught:
            opened(queries, folder)
        return str(caught.value)

    assert refused(None) == f"--folder: missing; {REMEDY}"
    (pictures / "7.png").unlink()
    (pictures / "11.png").unlink()
    assert refused(pictures) == f"{pictures}: lacks 2 of 12 pictures, such as 7.png; {REMEDY}"
    for name in ("training-paintings/requests.tsv", "training-paintings/annotations.csv"):
        (queries / name).unlink()
        assert refused(pictures) == f"{queries / name}: missing; add it"
    (queries / "museum-core" / "vocabulary.csv").unlink()
    assert refused(pictures) == f"{queries / 'museum-core' / 'vocabulary.csv'}: missing; add it"
