from __future__ import annotations

import io

from PIL import Image

from benchmark.collections.decoding import Change, shown
from benchmark.harness.selftest.odd_inputs import TEXTS, pictures


def test_pictures_are_what_their_names_say() -> None:
    opened = {name: Image.open(io.BytesIO(data)) for name, data in pictures().items()}
    assert {name: (one.mode, one.size) for name, one in opened.items()} == {
        "grey": ("L", (64, 48)),
        "RGBA": ("RGBA", (64, 48)),
        "CMYK": ("CMYK", (64, 48)),
        "1 x 1": ("RGB", (1, 1)),
        "20,000 x 20": ("RGB", (20_000, 20)),
        "EXIF rotation": ("RGB", (64, 48)),
    }


def test_a_model_is_shown_them_upright_and_rgb() -> None:
    decoded = {name: shown(data) for name, data in pictures().items()}
    assert {image.mode for image, _ in decoded.values()} == {"RGB"}
    assert decoded["EXIF rotation"][0].size == (48, 64)
    assert {name: set(changes) for name, (_, changes) in decoded.items() if changes} == {
        "RGBA": {Change.TRANSPARENT},
        "CMYK": {Change.INKS},
        "EXIF rotation": {Change.UPRIGHT},
    }


def test_texts_are_what_their_names_say() -> None:
    assert TEXTS["empty text"] == ""
    assert len(TEXTS["500 words"].split()) == 500
    assert not any(letter.isascii() for letter in TEXTS["emoji"].replace(" ", ""))
