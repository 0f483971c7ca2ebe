"""What may be kept as a picture."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from benchmark.collections.pulling.inspection import inspected
from benchmark.collections.pulling.refusals import Unfit
from tests.collections.pulling.stand_in import painted


@pytest.mark.parametrize(
    ("kind", "extension"),
    [("JPEG", "jpg"), ("PNG", "png"), ("GIF", "gif"), ("WEBP", "webp"), ("TIFF", "tif")],
)
def test_five_formats(kind: str, extension: str) -> None:
    assert inspected(painted((9, 9, 9), (30, 20), kind)) == (extension, 30, 20)


def test_a_jpeg_of_several_pictures_is_one() -> None:
    stream = io.BytesIO()
    first, second = (Image.new("RGB", (30, 20), colour) for colour in ("red", "blue"))
    first.save(stream, "MPO", save_all=True, append_images=[second])
    assert inspected(stream.getvalue()) == ("jpg", 30, 20)


@pytest.mark.parametrize("kind", ["BMP", "PPM", "ICO", "PDF"])
def test_no_other(kind: str) -> None:
    with pytest.raises(Unfit, match="no JPEG, PNG, GIF, WebP or TIFF"):
        inspected(painted((9, 9, 9), (30, 20), kind))


@given(st.binary(max_size=80), st.integers(0, 400), st.sampled_from(["JPEG", "PNG", "GIF", "TIFF"]))
def test_damaged_bytes_are_a_picture_or_unfit_and_nothing_else(
    junk: bytes, at: int, kind: str
) -> None:
    data = painted((9, 200, 9), (16, 12), kind)
    try:
        seen = inspected(data[:at] + junk + data[at + len(junk) :])
    except Unfit as unfit:
        assert 0 < len(str(unfit)) < 100
    else:
        assert 0 < seen.width * seen.height <= 60_000_000
