"""Whatever a worker sends, the harness is told in one line, soon, and reads no more than it asked.

The worker is a pipe that holds mutated recordings of honest answers: 7,600 of them in all.
"""

from __future__ import annotations

import json
import os
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmark.errors import HIDDEN, SubmissionFailed
from benchmark.harness.isolation.answers import (
    LONGEST_CAPTION,
    WIDEST,
    Answer,
    Done,
    Echoed,
    Embedded,
    Found,
    Hello,
    Ready,
    Told,
    checked,
)
from benchmark.harness.isolation.frames import LENGTHS, LONGEST_HEAD
from benchmark.harness.isolation.link import Closed, Link
from benchmark.harness.isolation.model import Model

LIMIT_S = 0.05
"""What the stand-in's watch allows for an answer that may never come."""
TEXTS, PICTURES, PAINTINGS, K = ["a", "b", "c"], ["p", "q"], 5, 4
ROWS = np.arange(9, dtype=np.float32).tobytes()


def frame(head: object, body: bytes = b"") -> bytes:
    said = json.dumps(head).encode()
    return LENGTHS.pack(len(said), len(body)) + said + body


FAILED = [
    frame({"failed": "ValueError: no luck (encoder.py, line 3)"}),
    frame({"failed": "out of memory", "memory": True}),
]
RECORDED: dict[str, list[bytes]] = {
    "hello": [frame({"hello": True})],
    "ready": [frame({"abilities": ["Encoder", "Reranker"], "cuda": False}), *FAILED],
    "told": [
        frame({"allocated_mb": None, "reserved_mb": None}),
        frame({"parameters": {"text": 10, "image": 7}, "truncated": 3, "allocated_mb": 1.5}),
        frame({"flops_per_picture": 1e9, "flops_per_query": None}),
        *FAILED,
    ],
    "done": [frame({}), frame({"done": True}), *FAILED],
    "echo": [frame({"echo": True}, bytes(64)), *FAILED],
    "texts": [frame({"shape": [3, 3]}, ROWS), *FAILED],
    "pictures": [
        frame({"shape": [2, 3], "unread": []}, ROWS[:24]),
        frame({"shape": [1, 3], "unread": [1]}, ROWS[:12]),
        frame({"shape": [0, 0], "unread": [0, 1]}),
        *FAILED,
    ],
    "search": [
        frame(
            {"lengths": [2, 0, 1]},
            np.array([0, 4, 2], np.int32).tobytes() + np.array([3, 2, 1], np.float32).tobytes(),
        ),
        frame({"lengths": [0, 0, 0]}),
        *FAILED,
    ],
    "rerank": [frame({"unread": []}, ROWS[:8]), frame({"unread": [1]}, ROWS[:4]), *FAILED],
    "caption": [
        frame({"sizes": [5, 4], "unread": []}, "a dogà la".encode()[:9]),
        frame({"sizes": [5], "unread": [1]}, "été".encode()),
        frame({"sizes": [0, 2]}, "à".encode()),
        *FAILED,
    ],
}
TOKENS = [
    b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1", b"-0.0", b"9" * 400, b"1e-400", b"null",
    b"true", b'""', b"[]", b"{}", b"[" * 300, b'{"a":' * 300, b'"\\ud800"', b'"\xff"', b'"\\u0000"',
    b'"shape":[3,3],', b'"failed":"x",', b'"failed":"\\u001b[2J\\n\\u202e",', b'"lengths":[1,1,1],',
    b'"unread":[99999999999999999999],', b'"parameters":{"a\\nb":1},', b"2147483648", b"16385",
    b'"sizes":[4096,4097],', b'"sizes":[-1,12],', b'"abilities":["Encoder","Oracle"],',
]  # fmt: skip
DAMAGES = ["flip", "cut", "splice", "token", "head", "body", "random", "relabel"]
LENGTH = [0, 1, 11, 12, 48, LONGEST_HEAD, LONGEST_HEAD + 1, 2**31, 2**32 - 1]
OTHER = [one for every in RECORDED.values() for one in every]


def mutated(kind: str) -> st.SearchStrategy[bytes]:
    """A number each, and what it damages: thousands that are drawn piece by piece take minutes."""
    return st.integers(0, 2**64).map(lambda seed: damaged(kind, Random(seed)))


def damaged(kind: str, draw: Random) -> bytes:
    """One to three recordings in a row, most of the kind that is awaited, damaged up to thrice."""
    kinds = (RECORDED[kind], OTHER)
    said = bytearray(b"".join(draw.choice(draw.choice(kinds)) for _ in range(draw.randint(1, 3))))
    for _ in range(draw.randint(0, 3)):
        damage = draw.choice(DAMAGES)
        place = draw.randint(0, max(0, len(said) - 1))
        if damage == "flip" and said:
            said[place] ^= 1 << draw.randint(0, 7)
        elif damage == "cut":
            del said[place:]
        elif damage == "splice":
            said[place:place] = draw.choice(OTHER)
        elif damage == "random":
            said[place:place] = draw.randbytes(draw.randint(0, 32))
        elif damage == "token":
            start = said.find(b":", place) + 1
            said[start : start + draw.randint(0, 6)] = draw.choice(TOKENS)
        elif damage == "relabel" and len(said) >= LENGTHS.size:  # lengths that fit what follows
            said[:12] = LENGTHS.pack(draw.randint(0, len(said) - 12), 0)
        elif damage == "head" and len(said) >= LENGTHS.size:
            said[:4] = draw.choice(LENGTH).to_bytes(4, "little")
        elif damage == "body" and len(said) >= LENGTHS.size:
            said[4:12] = draw.choice([*LENGTH, 2**64 - 1]).to_bytes(8, "little")
    return bytes(said)


@contextmanager
def worker(said: bytes, stays: bool, limit_s: float = 60) -> Iterator[Model]:
    """A model whose worker has said this and then hangs (`stays`), or has ended."""
    heard, says = os.pipe()
    asked, asks = os.pipe()
    prints, log = os.pipe()
    ends = time.monotonic() + limit_s

    def look() -> None:
        if time.monotonic() > ends:
            raise SubmissionFailed("took more than its time")

    model = Model.__new__(Model)
    model._link = Link(heard, asks, prints, look, lambda: not stays)
    model._greeted, model._waiting, model._widths, model._job = True, 0, {}, None
    model.abilities = frozenset({"Encoder", "Searcher", "Reranker", "Captioner"})
    model._verdict = lambda: "its process ended"  # type: ignore[method-assign]
    try:
        assert os.write(says, said) == len(said)
        if not stays:
            os.close(says)
        # What is said beforehand would be refused: here the answer is quick, not early.
        model._link.unasked = lambda: False  # type: ignore[method-assign]
        yield model
    finally:
        model._link.close()
        for stream in (asked, log, *([says] if stays else [])):
            os.close(stream)


def receives(kind: type[Answer], most: int = 0) -> Callable[[Model], object]:
    return lambda model: model.ask(kind, "x", most=most)


def pictures(model: Model) -> object:
    rows, read = model.receive_pictures(PICTURES, lambda place: place == 0)
    assert len(rows) == len(read) and set(read) <= {0, 1}
    assert np.isfinite(rows).all()
    return rows


def texts(model: Model) -> object:
    rows = model.texts(TEXTS)
    assert rows.shape[0] == 3 and 1 <= rows.shape[1] <= WIDEST and np.isfinite(rows).all()
    return rows


def search(model: Model) -> object:
    found = model.search(TEXTS, K, PAINTINGS)
    assert len(found) == 3
    for places, scores in found:
        assert len(places) == len(scores) <= K and set(places) <= set(range(PAINTINGS))
    return found


def rerank(model: Model) -> object:
    scores, read = model.rerank("a", [b""] * 2, lambda place: place == 0)
    assert len(scores) == len(read) and set(read) <= {0, 1} and np.isfinite(scores).all()
    return scores


def caption(model: Model) -> object:
    said, read = model.caption([b""] * 2, lambda place: place == 0)
    assert len(said) == len(read) and set(read) <= {0, 1}
    assert all(len(one.encode()) <= LONGEST_CAPTION and not HIDDEN.search(one) for one in said)
    return said


ASKED: dict[str, tuple[Callable[[Model], Any], int]] = {
    "ready": (receives(Ready), 0),
    "told": (receives(Told), 0),
    "done": (receives(Done), 0),
    "echo": (receives(Echoed, 64), 64),
    "texts": (texts, 3 * 4 * WIDEST),
    "pictures": (pictures, 2 * 4 * WIDEST),
    "search": (search, 3 * K * 8),
    "rerank": (rerank, 2 * 4),
    "caption": (caption, 2 * LONGEST_CAPTION),
}


@pytest.mark.parametrize("kind", ASKED)
def test_nothing_but_a_line_escapes(kind: str) -> None:
    ask, most = ASKED[kind]
    good = 0

    @settings(max_examples=800, deadline=None, suppress_health_check=list(HealthCheck))
    @given(said=mutated(kind), stays=st.integers(0, 2**64).map(lambda n: n % 16 == 1))
    def go(said: bytes, stays: bool) -> None:
        nonlocal good
        began = time.monotonic()
        with worker(said, stays, LIMIT_S) as model:
            read, taken = model._link._read, []
            model._link._read = lambda count: (taken.append(count), read(count))[1]  # type: ignore
            try:
                ask(model)
                good += 1
            except SubmissionFailed as error:
                line = str(error)
                assert line and "\n" not in line and len(line) < 1200 and line.isprintable()
            assert sum(taken) <= LENGTHS.size + LONGEST_HEAD + most
        assert time.monotonic() - began < LIMIT_S + 1

    go()
    assert good > 20  # some are left whole, so that it is not all refused at the door


@settings(max_examples=400, deadline=None)
@given(said=mutated("hello"))
def test_the_link_itself_raises_nothing_else(said: bytes) -> None:
    with worker(said, stays=False) as model:
        try:
            while True:
                head, body = model._link.receive(64)
                assert len(head) <= LONGEST_HEAD and len(body) <= 64
                checked(Hello, head)
        except (Closed, SubmissionFailed):
            pass


@pytest.mark.parametrize("length", [65_537, 2**31, 2**32 - 1])
def test_a_length_is_believed_only_within_bounds(length: int) -> None:
    with worker(LENGTHS.pack(length, 0), stays=True) as model:
        tracemalloc.start()
        with pytest.raises(SubmissionFailed, match=f"^answered {length} bytes where"):
            model.ask(Done, "x")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 100_000


def test_embeddings_come_through_whole() -> None:
    with worker(RECORDED["texts"][0], stays=True) as model:
        assert model.texts(TEXTS).tolist() == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
        assert isinstance(Embedded.model_validate_json('{"shape": [3, 3]}'), Embedded)
        assert Found.model_validate_json('{"lengths": [1]}').lengths == [1]
