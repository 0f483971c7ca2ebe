"""Copies of a picture are near it, other pictures are not, and hostile files are refused."""

from __future__ import annotations

import io
import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import imagehash
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from benchmark.collections.overlap import BITS, NEAR, SHAPE, hashes, near, pictures_in, read


def scene(seed: int, size: tuple[int, int] = (240, 200)) -> Image.Image:
    """Soft shapes of all sizes, as paintings have them, and another for each seed."""
    drawn = np.random.default_rng(seed)
    whole = np.zeros((size[1], size[0], 3))
    for cells in (3, 6, 12, 24):
        coarse = Image.fromarray(drawn.integers(0, 256, (cells, cells, 3), np.uint8))
        whole += np.asarray(coarse.resize(size, Image.Resampling.BICUBIC), float) / cells
    return Image.fromarray((255 * whole / whole.max()).astype(np.uint8))


def apart(one: Image.Image, other: Image.Image) -> int:
    """Bits between two pictures, as `near` tells them."""
    [[(row, bits)]] = near(hashes(one)[None], hashes(other)[None], most=BITS)
    assert row == 0
    return bits


@pytest.mark.parametrize("size", [(512, 400), (64, 64), (37, 211)])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_the_hash_of_the_whole_is_that_of_imagehash(size: tuple[int, int], mode: str) -> None:
    image = scene(1, size).convert(mode)
    wanted = np.packbits(imagehash.phash(image, hash_size=16).hash.reshape(-1)).tobytes()
    assert hashes(image)[0].tobytes() == wanted


def jpeg(image: Image.Image) -> Image.Image:
    stream = io.BytesIO()
    image.resize((120, 100)).save(stream, "JPEG", quality=20)
    return Image.open(stream)


def cropped(share: float) -> Callable[[Image.Image], Image.Image]:
    return lambda image: ImageOps.crop(
        image.resize((400, 400)), int(share * 400)
    )  # fmt: skip


def bordered(share: float, colour: str) -> Callable[[Image.Image], Image.Image]:
    return lambda image: ImageOps.expand(
        image.resize((400, 400)), int(share * 400), colour
    )  # fmt: skip


COPIES = {
    "itself": lambda image: image,
    "a quarter": lambda image: image.resize((60, 50)),
    "square": lambda image: image.resize((128, 128)),
    "JPEG": jpeg,
    "grey": lambda image: image.convert("L"),
    "darker": lambda image: image.point(lambda level: int(255 * (level / 255) ** 1.5)),
    "cropped by 2 %": cropped(0.02),
    "cropped by 5 %": cropped(0.05),
    "cropped by 8 %": cropped(0.08),
    "white border": bordered(0.05, "white"),
    "black border": bordered(0.08, "black"),
}


@pytest.mark.parametrize("copy", COPIES)
def test_a_copy_is_near(copy: str) -> None:
    for seed in range(4):
        assert apart(scene(seed), COPIES[copy](scene(seed))) <= NEAR


def test_an_identical_one_is_nowhere_apart() -> None:
    assert apart(scene(3), scene(3)) == 0


def test_other_pictures_are_far() -> None:
    every = np.array([hashes(scene(seed)) for seed in range(24)])
    found = [[row for row, _ in matches] for matches in near(every, every)]
    assert found == [[row] for row in range(24)]


def test_a_mirrored_one_is_not_found() -> None:
    assert apart(scene(1), ImageOps.mirror(scene(1))) > NEAR


WORDS = st.integers(0, 2**64 - 1)
ONE = st.lists(WORDS, min_size=12, max_size=12).map(
    lambda words: np.array(words, np.uint64).reshape(SHAPE)
)


def as_text(one: np.ndarray) -> list[str]:
    return ["".join(f"{int(word):064b}" for word in row) for row in one]


@settings(deadline=None, max_examples=20)
@given(st.lists(ONE, min_size=1, max_size=3), st.lists(ONE, max_size=3), st.integers(0, BITS))
def test_near_counts_bits_one_by_one(
    ours: list[np.ndarray], theirs: list[np.ndarray], most: int
) -> None:
    theirs = theirs + ours[:1]
    pairs = [(0, 0), (0, 1), (0, 2), (1, 0), (2, 0)]
    wanted = []
    for one in map(as_text, ours):
        bits = [
            min(sum(a != b for a, b in zip(one[i], two[j], strict=True)) for i, j in pairs)
            for two in map(as_text, theirs)
        ]
        wanted.append([(row, number) for row, number in enumerate(bits) if number <= most])
    assert list(near(np.array(ours), np.array(theirs), most)) == wanted


def test_near_of_nothing() -> None:
    none = np.empty((0, *SHAPE), np.uint64)
    assert list(near(none, none)) == []
    assert list(near(hashes(scene(1))[None], none)) == [[]]


def test_pictures_are_found_by_their_suffix_at_any_depth(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "album.jpg").mkdir()
    for name in ("z.PNG", "a/b/y.jpeg", "a/metadata.jsonl", "a/x.svg"):
        (tmp_path / name).write_bytes(b"")
    os.mkfifo(tmp_path / "waits.jpg")
    assert pictures_in(tmp_path) == [tmp_path / "a/b/y.jpeg", tmp_path / "z.PNG"]


def png_of(width: int, height: int) -> bytes:
    """The beginning of a picture that says it is so large."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    head = header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n\0\0\0\r" + head + b"\0\0\0\x0aIDAT"


EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n"
REFUSED = {
    "300 megapixels": (png_of(20_000, 15_000), "has more than 89 megapixels"),
    "100 megapixels": (png_of(10_000, 10_000), "has more than 89 megapixels"),
    "HTML": (b"<html>not here</html>", "is not a picture"),
    "nothing": (b"", "is not a picture"),
    "a program": (EPS, "is not a picture"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_picture_or_too_large_is_refused(kind: str, tmp_path: Path) -> None:
    data, why = REFUSED[kind]
    path = tmp_path / "p.png"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=f"^{why}$"):
        read(path)


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "p.jpg"
    with path.open("wb") as stream:
        stream.truncate((200 << 20) + 1)
    with pytest.raises(ValueError, match=r"^is larger than 200 MB$"):
        read(path)


def test_a_picture_is_read_upright(tmp_path: Path) -> None:
    image = scene(1, (60, 40))
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(tmp_path / "p.jpg", exif=exif)
    assert read(tmp_path / "p.jpg").size == (40, 60)
