"""Inputs that were never put before, so that a model that remembers gains nothing by it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from random import Random

from PIL.Image import Image

from benchmark.collections.base import Collection

_QUALITY, _CORNER = 95, 8
_ROUNDS, _VARIANTS = 5, 9
"""Rounds of a comparison of one input again and again with distinct ones, and calls in each."""


def texts(queries: list[str]) -> Iterator[tuple[int | None, str]]:
    """Each query with its number, then without end their words in other orders, with None.

    So lengths stay those of the queries. Where all orders are used up, a number is added.
    """
    random, seen = Random(0), set(queries)
    yield from enumerate(queries)
    while True:
        for query in queries:
            yield None, another(query, seen, random)


def another(query: str, seen: set[str], random: Random) -> str:
    """The words of a query in an order that `seen` does not hold yet; it is put there."""
    words = query.split()
    for _ in range(4):
        random.shuffle(words)
        if (mixed := " ".join(words)) not in seen:
            break
    else:
        mixed = f"{' '.join(words)} {len(seen)}"
    seen.add(mixed)
    return mixed


def pictures(collection: Collection, rows: list[int]) -> Iterator[tuple[int | None, Image]]:
    """Each picture with its row, then without end the same with other pixels, with None."""
    for row in rows:
        yield row, collection.image(row)
    turn = 0
    while True:
        turn += 1
        for row in rows:
            yield None, altered(collection.image(row), turn)


def encoded(collection: Collection, rows: list[int]) -> Iterator[tuple[int | None, bytes]]:
    """Each encoded picture with its row, then without end those with other pixels, with None.

    The latter are JPEG, as most pictures of museums are.
    """
    for row in rows:
        yield row, collection.picture(row)
    for known, image in pictures(collection, rows):
        if known is None:
            data = io.BytesIO()
            image.save(data, "JPEG", quality=_QUALITY)
            yield None, data.getvalue()


def altered(image: Image, turn: int) -> Image:
    """The picture with a corner of another colour, a different one for each of 65,536 turns.

    Far enough apart that they are still different pictures after a JPEG has been made of them.
    """
    colour = (37 * turn % 256, (53 * (turn // 256) + 11 * turn) % 256, 197 * turn % 256)
    image.paste(colour, (0, 0, min(_CORNER, image.width), min(_CORNER, image.height)))
    return image


def known_and_new(queries: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Round by round, some queries as they were published, and their words in other orders."""
    random, seen = Random(2), set(queries)
    for _ in range(_ROUNDS):
        known = random.sample(queries, min(_VARIANTS, len(queries)))
        yield known, [another(query, seen, random) for query in known]


def known_and_new_pictures(
    collection: Collection, rows: list[int]
) -> Iterator[tuple[list[Image], list[Image]]]:
    """Round by round, some pictures as they were published, and the same with another corner."""
    random = Random(3)
    for turn in range(_ROUNDS):
        known = random.sample(rows, min(_VARIANTS, len(rows)))
        images = [collection.image(row) for row in known]
        first = 50_000 + turn * _VARIANTS
        yield images, [altered(image.copy(), first + n) for n, image in enumerate(images)]


def text_variants(queries: list[str]) -> Iterator[list[str]]:
    """Round by round, distinct orders of the words of the longest query."""
    random, seen = Random(1), set(queries)
    longest = max(queries, key=lambda query: len(query.split()))
    for _ in range(_ROUNDS):
        yield [another(longest, seen, random) for _ in range(_VARIANTS)]


def picture_variants(collection: Collection, rows: list[int]) -> Iterator[list[Image]]:
    """Round by round, one picture with its pixels changed in distinct ways."""
    for turn in range(_ROUNDS):
        row, first = rows[turn % len(rows)], 60_000 + turn * _VARIANTS
        yield [altered(collection.image(row), first + number) for number in range(_VARIANTS)]
