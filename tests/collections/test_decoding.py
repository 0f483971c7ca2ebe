"""Pixels as models are shown them: literal values in, literal values out."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmark.collections.decoding import Change, decoded, shown


def encoded(image: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **more)
    return buffer.getvalue()


def pixels(data: bytes) -> list[tuple[int, ...]]:
    """The first row."""
    image = decoded(data)
    assert image.mode == "RGB"
    return [tuple(int(v) for v in pixel) for pixel in np.asarray(image)[0]]


def grey(*levels: int) -> list[tuple[int, ...]]:
    return [(level, level, level) for level in levels]


def test_16_bit_grey_is_scaled_and_not_cut() -> None:
    """Regression: everything above 255 of 65,535 became white."""
    image = Image.fromarray(np.array([[0, 257, 32_768, 65_278, 65_535]], np.uint16))
    assert image.mode == "I;16"
    for kind in ("PNG", "TIFF"):
        data = encoded(image, kind)
        assert pixels(data) == grey(0, 1, 128, 254, 255)
        assert shown(data)[1] == {Change.DEPTH}


def test_a_transparent_level_of_16_bit_grey_is_white() -> None:
    image = Image.fromarray(np.array([[0, 257, 32_768]], np.uint16))
    data = encoded(image, transparency=257)
    assert pixels(data) == grey(0, 255, 128)
    assert shown(data)[1] == {Change.DEPTH, Change.TRANSPARENT}


@pytest.mark.parametrize(
    ("levels", "wanted"),
    [
        (np.array([[0, 257, 65_535]], np.int32), (0, 1, 255)),
        (np.array([[0, 2**30, 2**31 - 1]], np.int32), (0, 128, 255)),
        (np.array([[0, 0.5, 1]], np.float32), (0, 128, 255)),
        (np.array([[0, 100, 255]], np.float32), (0, 100, 255)),
        (np.array([[0, 257, 65_535]], np.float32), (0, 1, 255)),
        (np.array([[np.nan, -3, 1]], np.float32), (0, 0, 255)),
    ],
)
def test_32_bit_integers_and_floats(levels: np.ndarray, wanted: tuple[int, ...]) -> None:
    data = encoded(Image.fromarray(levels), "TIFF")
    assert pixels(data) == grey(*wanted)
    assert shown(data)[1] == {Change.DEPTH}


def rgba() -> Image.Image:
    """Opaque red, hidden green, half-seen black."""
    return Image.fromarray(np.array([[[200, 0, 0, 255], [0, 255, 0, 0], [0, 0, 0, 128]]], np.uint8))


def palette() -> Image.Image:
    """A palette of red and green, of which green is transparent."""
    image = Image.new("P", (2, 1))
    image.putpalette([200, 0, 0, 0, 255, 0])
    image.putdata([0, 1])
    return image


def test_what_is_transparent_is_white() -> None:
    """Regression: hidden colours were shown."""
    for kind in ("PNG", "TIFF"):
        data = encoded(rgba(), kind)
        assert pixels(data) == [(200, 0, 0), (255, 255, 255), (127, 127, 127)]
        assert shown(data)[1] == {Change.TRANSPARENT}


def test_so_it_is_with_palettes_grey_and_a_single_colour() -> None:
    data = encoded(palette(), transparency=1)
    assert pixels(data) == [(200, 0, 0), (255, 255, 255)]
    assert shown(data)[1] == {Change.TRANSPARENT}
    both = Image.fromarray(np.array([[[9, 255], [9, 0]]], np.uint8), "LA")
    assert pixels(encoded(both)) == grey(9, 255)
    single = Image.fromarray(np.array([[[1, 2, 3], [4, 5, 6]]], np.uint8))
    assert pixels(encoded(single, transparency=(1, 2, 3))) == [(255, 255, 255), (4, 5, 6)]


def test_an_alpha_that_hides_nothing_is_no_change() -> None:
    image = rgba()
    image.putalpha(255)
    data = encoded(image)
    assert pixels(data) == [(200, 0, 0), (0, 255, 0), (0, 0, 0)]
    assert shown(data)[1] == frozenset()
    assert pixels(encoded(palette())) == [(200, 0, 0), (0, 255, 0)]


def test_inks() -> None:
    image = Image.new("CMYK", (8, 8), (0, 0, 0, 255))
    data = encoded(image, "TIFF")
    assert pixels(data)[0] == (0, 0, 0)
    assert shown(data)[1] == {Change.INKS}


def test_exif_turns_any_of_them() -> None:
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    data = encoded(rgba(), exif=exif)
    assert pixels(data) == [(127, 127, 127), (255, 255, 255), (200, 0, 0)]
    assert shown(data)[1] == {Change.UPRIGHT, Change.TRANSPARENT}
    deep = Image.fromarray(np.array([[0, 65_535]], np.uint16))
    assert pixels(encoded(deep, exif=exif)) == grey(255, 0)


@pytest.mark.parametrize("make", [lambda i: i, lambda i: i.convert("L"), lambda i: i.convert("1")])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_rest_passes_as_pillow_has_it(
    make: Callable[[Image.Image], Image.Image], kind: str
) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (9, 7, 3)).astype(np.uint8)
    data = encoded(make(Image.fromarray(noise)), kind)
    image, changes = shown(data)
    assert changes == frozenset()
    with Image.open(io.BytesIO(data)) as stored:
        assert image.tobytes() == stored.convert("RGB").tobytes()


def test_the_pictures_of_the_atelier_pass_unchanged() -> None:
    import pyarrow.parquet as pq

    from benchmark.collections.atelier.paths import GALLERY, PAINTINGS

    rows = pq.read_table(GALLERY / "dev" / PAINTINGS, columns=["image"]).to_pylist()
    for row in rows[::10]:
        data = row["image"]["bytes"]
        with Image.open(io.BytesIO(data)) as stored:
            assert shown(data)[0].tobytes() == stored.tobytes()
            assert not shown(data)[1]


def test_changes_in_words(tmp_path: Path) -> None:
    assert Change.TRANSPARENT.of(3) == "3 pictures have transparency, shown on white"
    assert Change.DEPTH.of(1) == "1 picture has more than 8 bits a pixel, scaled to 8"
    assert Change.UPRIGHT.of(2) == "2 pictures are turned as EXIF says"
    assert Change.INKS.of(1) == "1 picture is CMYK, converted to RGB without a profile"
