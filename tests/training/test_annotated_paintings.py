from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.queries.museum import visual_concepts
from benchmark.training.annotated_paintings import AnnotatedPainting, read
from tests.training.described import CONCEPTS

ROOT = Path(__file__).parents[2]
HEAD = "file,title,artist,date,style,genre,concepts,en,fr\n"


def written(folder: Path, rows: str, head: str = HEAD) -> Path:
    path = folder / "annotations.csv"
    path.write_text(head + rows, encoding="utf-8")
    return path


def test_what_was_seen_is_seen_of_all_that_is_broader(tmp_path: Path) -> None:
    rows = (
        'a.jpg,Félin,,1870,Realism,,cat* boat,"A cat, asleep.",Un chat.\nb.jpg,,,,,,,Grey.,Gris.\n'
    )
    assert read(written(tmp_path, rows), CONCEPTS) == [
        AnnotatedPainting(
            "a.jpg", ("Félin", "Realism"), {"cat": 2, "animal": 2, "boat": 1},
            ("A cat, asleep.", "Un chat."),
        ),
        AnnotatedPainting("b.jpg", (), {}, ("Grey.", "Gris.")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ("a,,,,,,cat,A,B\nb,,,,,,cat unicorn*,A,B\n",
         ":3: concepts: 'unicorn' is not in the vocabulary; mend it"),
        ("a,,,,,,cat,A\n", ":2: has more or fewer columns than the first line; mend it"),
        ("a,,,,,,cat,A,B,C\n", ":2: has more or fewer columns than the first line; mend it"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named(tmp_path: Path, rows: str, line: str) -> None:
    path = written(tmp_path, rows)
    with pytest.raises(BadInput) as caught:
        read(path, CONCEPTS)
    assert str(caught.value) == f"{path}{line}"


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    path = written(tmp_path, "", "file,title\n")
    with pytest.raises(BadInput, match=r"annotations\.csv:1: has other columns; give file, title,"):
        read(path, CONCEPTS)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput, match=r"annotations\.csv: is not UTF-8; save it so"):
        read(path, CONCEPTS)
    path.unlink()
    with pytest.raises(BadInput, match=r"annotations\.csv: missing; add it"):
        read(path, CONCEPTS)


def test_ours_are_described_in_both_languages() -> None:
    queries = ROOT / "queries"
    concepts = visual_concepts.read(queries / "museum-core" / visual_concepts.CSV)
    paintings = read(queries / "training-paintings" / "annotations.csv", concepts)
    assert len(paintings) > 2000
    assert len({one.file for one in paintings}) == len(paintings)
    assert all(one.seen and all(one.captions) for one in paintings)
