from __future__ import annotations

import numpy as np
import pyoxigraph as ox
import pytest

from benchmark.errors import SubmissionFailed
from benchmark.harness.isolation import checks
from benchmark.harness.isolation.checks import Rows
from benchmark.harness.worker.encoder_handler import embedded


def checked(returned: object, method: str, names: list[str], width: int | None) -> Rows:
    """Through both checks: the worker's, then the harness's."""
    head, body = embedded(returned, method, len(names))
    widths = {method: width} if width else {}
    return checks.embeddings(tuple(head["shape"]), bytearray(b"".join(body)), method, names, widths)


def refused(returned: object, names: list[str], width: int | None = None) -> str:
    with pytest.raises(SubmissionFailed) as caught:
        checked(returned, "encode_texts", names, width)
    return str(caught.value)


@pytest.mark.parametrize(
    "returned",
    [
        [[1, 2], [3, 4]],
        np.array([[1, 2], [3, 4]], np.int64),
        np.array([[1, 2], [3, 4]], np.float16),
        np.asfortranarray([[1.0, 2.0], [3.0, 4.0]]),
        np.array([[1, 0, 2, 0], [3, 0, 4, 0]], np.float64)[:, ::2],
    ],
)
def test_takes_any_array_of_numbers(returned: object) -> None:
    rows = checked(returned, "encode_texts", ["a", "b"], 2)
    assert rows.dtype == np.float32
    assert rows.flags.c_contiguous
    assert rows.tolist() == [[1, 2], [3, 4]]


FAULTS: list[tuple[object, str]] = [
    (None, "encode_texts returned NoneType, not an array of numbers"),
    ("ab", "encode_texts returned str, not an array of numbers"),
    ([[1, 2], [3]], "encode_texts returned list, not an array of numbers"),
    (np.ones(2), "encode_texts returned shape (2,) for 2 inputs; wanted (2, d)"),
    (np.ones((3, 4)), "encode_texts returned shape (3, 4) for 2 inputs; wanted (2, d)"),
    (np.ones((2, 0)), "encode_texts returned shape (2, 0) for 2 inputs; wanted (2, d)"),
    (np.ones((2, 3, 1)), "encode_texts returned shape (2, 3, 1) for 2 inputs; wanted (2, d)"),
    (np.ones((2, 4)), "encode_texts returned 4 dimensions where it had returned 3"),
    (
        np.array([[1, 2, 3], [1, np.nan, 3]]),
        "encode_texts returned NaN or infinity for 'b' (1 of 2 embeddings in its batch); "
        'mend encoder.py, or set model.precision = "fp32" in submission.toml',
    ),
    (
        np.full((2, 3), -np.inf),
        "encode_texts returned NaN or infinity for 'a' (2 of 2 embeddings in its batch); "
        'mend encoder.py, or set model.precision = "fp32" in submission.toml',
    ),
]


@pytest.mark.parametrize(("returned", "message"), FAULTS)
def test_refuses(returned: object, message: str) -> None:
    assert refused(returned, ["a", "b"], 3) == message


def test_scores_are_as_many_as_pictures_and_finite() -> None:
    body = bytearray(np.array([1.5, -2], np.float32).tobytes())
    assert checks.scores(body, 2).tolist() == [1.5, -2]
    assert checks.scores(bytearray(), 0).tolist() == []


NOT_FINITE = (
    'rerank returned NaN or infinity; mend it, or set model.precision = "fp32" in submission.toml'
)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([1.0], "rerank answered 4 bytes for 2 pictures"),
        ([1.0, np.nan], NOT_FINITE),
        ([-np.inf, 1.0], NOT_FINITE),
        ([-2e15, 1.0], "rerank returned 2e+15; at most 1e+15"),
    ],
)
def test_refuses_scores(values: list[float], message: str) -> None:
    with pytest.raises(SubmissionFailed) as caught:
        checks.scores(bytearray(np.array(values, np.float32).tobytes()), 2)
    assert str(caught.value) == message


def test_captions_are_cut_where_they_end() -> None:
    assert checks.captions([4, 0], bytearray("été".encode()[:2] + b"ab"), 2) == ["éab", ""]


@pytest.mark.parametrize(
    ("sizes", "body", "message"),
    [
        ([2], b"ab", "caption answered 1 captions in 2 bytes for 2 pictures"),
        ([1, 2], b"ab", "caption answered 2 captions in 2 bytes for 2 pictures"),
        ([1, 1], "é".encode(), "caption answered what is no UTF-8"),
        ([1, 1], b"a\n", "caption has a control character (U+000A)"),
        ([1, 3], "a\u202e".encode(), "caption has a control character (U+202E)"),
    ],
)
def test_refuses_captions(sizes: list[int], body: bytes, message: str) -> None:
    with pytest.raises(SubmissionFailed) as caught:
        checks.captions(sizes, bytearray(body), 2)
    assert str(caught.value) == message


def graph() -> ox.Store:
    store = ox.Store()
    store.load(b'<urn:a> <urn:p> "x"@en . <urn:a> <urn:p> <urn:b> . <urn:b> <urn:p> _:c .',
               format=ox.RdfFormat.TURTLE)  # fmt: skip
    return store


ONE, TWO = b'<urn:a> <urn:p> "x"@en .\n', b"<urn:a> <urn:p> <urn:b> ."


def test_triples_are_told_apart_by_their_counts() -> None:
    said = ("<urn:a>", "<urn:p>", '"x"@en'), ("<urn:a>", "<urn:p>", "<urn:b>")
    assert checks.triples([1, 0, 1], bytearray(ONE + TWO), 3, graph()) == [[said[0]], [], [said[1]]]
    assert checks.triples([0, 0], bytearray(), 2, graph()) == [[], []]
    assert checks.triples([], bytearray(), 0, graph()) == []


@pytest.mark.parametrize(
    ("counts", "body", "message"),
    [
        ([1], ONE, "explain answered for 1 of 2 paintings"),
        ([1, 0, 0], ONE, "explain answered for 3 of 2 paintings"),
        ([1, 1], ONE, "explain answered 1 triples, and said 2"),
        ([1, 0], ONE + TWO, "explain answered 2 triples, and said 1"),
        ([1, 0], b"# <urn:a> <urn:p> <urn:b> .", "explain answered 0 triples, and said 1"),
        ([1, 0], b"urn:a urn:p urn:b .", "explain answered what is no N-Triples"),
        ([1, 0], b"<urn:a> <urn:p> <urn:b>", "explain answered what is no N-Triples"),
        ([1, 0], b"<urn:a> <urn:p> <urn:b> <urn:g> .", "explain answered what is no N-Triples"),
        ([1, 0], b'<urn:a> <urn:p> "\xff" .', "explain answered what is no N-Triples"),
        ([1, 0], b"@prefix : <urn:> . :a :p :b .", "explain answered what is no N-Triples"),
        (
            [1, 0],
            b'<urn:a> <urn:p> "x" .',
            'explain named what the graph does not say: <urn:a> <urn:p> "x"',
        ),
        (
            [1, 0],
            b"<urn:b> <urn:p> _:c .",  # its own name for a blank node
            "explain named what the graph does not say: <urn:b> <urn:p> _:c",
        ),
    ],
)
def test_refuses_triples(counts: list[int], body: bytes, message: str) -> None:
    with pytest.raises(SubmissionFailed) as caught:
        checks.triples(counts, bytearray(body), 2, graph())
    assert str(caught.value) == message


def test_a_long_triple_is_shown_in_part_and_without_control_characters() -> None:
    body = b'<urn:a> <urn:p> "' + "\u202e\x1b".encode() + b"x" * 5000 + b'" .'
    with pytest.raises(SubmissionFailed) as caught:
        checks.triples([1], bytearray(body), 1, graph())
    assert len(str(caught.value)) < 400
    assert str(caught.value).isprintable()
