"""Annotation passes: read with their mistakes named, and settled by a third look."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.queries.museum.passes import disputed, read_pass, settled
from benchmark.queries.museum.visual_concepts import Concept

CONCEPTS = {
    name: Concept(name, "", name, name, note, "", "")
    for name, note in [("animal", ""), ("horse", "a horse"), ("dog", "a dog"), ("cat", "a cat")]
}


def written(folder: Path, text: str) -> Path:
    path = folder / "pass-1.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_pass_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "Q1\thorse:2 dog:1\nQ2\t\n")
    assert read_pass(path, CONCEPTS) == {"Q1": {"horse": 2, "dog": 1}, "Q2": {}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Q1\tcow:1\n", ":1: 'cow' is not to be annotated"),
        ("Q1\tanimal:1\n", ":1: 'animal' is not to be annotated"),
        ("Q1\tdog:1 dog:2\n", ":1: 'dog' is not to be annotated, or stands twice"),
        ("Q1\tdog:1\nQ1\tcat:1\n", ":2: 'Q1' is no painting, or stands twice"),
        ("Q1\tdog:0\n", ":1: dog: '0' is no salience; use 1 or 2"),
        ("Q1\tdog:3\n", ":1: dog: '3' is no salience; use 1 or 2"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_pass(written(tmp_path, text), CONCEPTS)


def test_a_third_look_may_say_that_nothing_is_there(tmp_path: Path) -> None:
    path = written(tmp_path, "Q1\tdog:0\n")
    assert read_pass(path, CONCEPTS, least=0) == {"Q1": {"dog": 0}}


def test_the_third_look_settles_what_two_passes_do_not_say_alike() -> None:
    first = {"Q1": {"horse": 2, "dog": 1, "cat": 1}}
    second = {"Q1": {"horse": 2, "dog": 2}}
    assert disputed(first["Q1"], second["Q1"]) == {"dog", "cat"}
    third = {"Q1": {"dog": 1, "cat": 0}}
    assert settled(first, second, third) == {"Q1": {"horse": 2, "dog": 1}}


def test_an_open_dispute_is_named() -> None:
    with pytest.raises(BadInput, match=r"third-look\.tsv: Q1: 'dog' is open, or was never in"):
        settled({"Q1": {"dog": 1}}, {"Q1": {}}, {})


def test_a_painting_seen_once_is_named() -> None:
    with pytest.raises(BadInput, match="Q2: was seen in one pass only; annotate it in both"):
        settled({"Q1": {}, "Q2": {}}, {"Q1": {}}, {})


def test_a_file_that_is_none_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "pass-1.tsv"
    with pytest.raises(BadInput, match=r"pass-1\.tsv: missing; add it"):
        read_pass(path, CONCEPTS)
    path.write_bytes(b"\xff\n")
    with pytest.raises(BadInput, match=r"pass-1\.tsv: is not UTF-8; save it so"):
        read_pass(path, CONCEPTS)
