"""Second looks: the eye decides, with a reason, and no proposal goes unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.queries.museum.looks import Look, decided, read

HEAD = "topic\tpainting\tproposed\tgrade\treason\n"


def written(folder: Path, rows: str, head: str = HEAD) -> Path:
    path = folder / "looks.tsv"
    path.write_text(head + rows, encoding="utf-8")
    return path


def test_looks_are_read_and_decide(tmp_path: Path) -> None:
    rows = "dogs\tQ1\t3\t3\t\ndogs\tQ2\t2\t0\ta fox\ndogs\tQ3\t0\t2\ta dog under the table\n"
    looks = read(written(tmp_path, rows))
    assert looks["dogs"]["Q2"] == Look(2, 0, "a fox")
    assert decided("dogs", {"Q1": 3, "Q2": 2, "Q4": 1}, looks) == {"Q1": 3, "Q3": 2, "Q4": 1}


def test_a_proposal_that_nobody_looked_at_is_named(tmp_path: Path) -> None:
    looks = read(written(tmp_path, ""))
    with pytest.raises(BadInput, match=r"dogs: Q1: grade 2 was not looked at once more; look at"):
        decided("dogs", {"Q1": 2}, looks)
    assert decided("dogs", {"Q1": 1}, looks) == {"Q1": 1}


def test_a_look_at_another_proposal_no_longer_counts(tmp_path: Path) -> None:
    looks = read(written(tmp_path, "dogs\tQ1\t3\t3\t\n"))
    with pytest.raises(BadInput, match="dogs: Q1: the rule proposes 2, no longer 3; look at"):
        decided("dogs", {"Q1": 2}, looks)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("dogs\tQ1\t3\t2\t\n", ":2: a reason stands where, and only where"),
        ("dogs\tQ1\t3\t3\twhy\n", ":2: a reason stands where, and only where"),
        ("dogs\tQ1\t4\t3\twhy\n", ":2: '4', '3': no grades; use 0, 1, 2 or 3"),
        ("dogs\tQ1\t3\n", ":2: is not topic, painting, proposed"),
        ("dogs\tQ1\t3\t3\t\ndogs\tQ1\t3\t3\t\n", ":3: 'dogs' looks at 'Q1' twice"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, rows: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read(written(tmp_path, rows))


def test_another_heading_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"looks\.tsv:1: has other columns"):
        read(written(tmp_path, "", "query\tpainting\n"))


def test_a_file_that_is_none_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "looks.tsv"
    with pytest.raises(BadInput, match=r"looks\.tsv: missing; add it"):
        read(path)
    path.write_bytes(b"\xff\n")
    with pytest.raises(BadInput, match=r"looks\.tsv: is not UTF-8; save it so"):
        read(path)
