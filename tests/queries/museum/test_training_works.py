"""Works that are free for training: those that no query has, and no core."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.queries.museum.training_works import read, untouched, written


def queries(folder: Path, *lines: str) -> Path:
    (folder / "qrels").mkdir()
    rows = [json.dumps({"_id": name, "text": "a cat"}) for name in ("q1", "q2")]
    (folder / "queries.jsonl").write_text("\n".join(rows), encoding="utf-8")
    for split, line in zip(("test", "dev"), lines, strict=True):
        text = f"query-id\tcorpus-id\tscore\n{line}\n"
        (folder / "qrels" / f"{split}.tsv").write_text(text, encoding="utf-8")
    return folder


def test_works_with_a_grade_in_either_split_are_left_out(tmp_path: Path) -> None:
    folder = queries(tmp_path, "q1\tQ2\t3\nq1\tQ9\t0", "q2\tQ5\t1")
    assert untouched(folder, ["Q9", "Q1", "Q2", "Q5", "Q7"], {"Q7"}) == ["Q9", "Q1"]


def test_a_broken_judgment_is_named(tmp_path: Path) -> None:
    folder = queries(tmp_path, "q1\tQ2\t7", "q2\tQ5\t1")
    with pytest.raises(BadInput, match=r"test\.tsv:2: score: '7' is not a grade"):
        untouched(folder, ["Q2", "Q5"], ())


def test_the_file_counts_its_works(tmp_path: Path) -> None:
    path = tmp_path / "training.txt"
    path.write_text(written(["Q9", "Q1"]), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "# 2 works\nQ9\nQ1\n"
    assert read(path) == ["Q9", "Q1"]
