from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.graph_search.thesaurus import own, read
from tests.graph_search import small

HEAD = "concept,broader,en,fr\n"


def refusal(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read(path)
    message = str(caught.value)
    assert "\n" not in message
    return message.replace(f"{path.parent}/", "")


def test_words_name_concepts_in_their_language() -> None:
    found = small.words()
    assert found.named["en", ("tyke",)] == {"dog"}
    assert found.named["fr", ("bet",)] == {"animal"}  # bête
    assert found.named["en", ("chien",)] == set()
    assert found.labels["church"] == [
        ("en", ("church",)),
        ("en", ("chapel",)),
        ("fr", ("eglis",)),
        ("fr", ("chapel",)),
    ]
    assert found.above["dog"] == ("animal",)
    assert found.above["animal"] == ()


def test_narrower_concepts_are_met_at_any_depth_and_once() -> None:
    chain = HEAD + "a,,a,\nb,a,b,\nc,a|b,c,\nd,c,d,\n"
    assert sorted(small.words(chain).narrower("a")) == ["b", "c", "d"]
    assert list(small.words(chain).narrower("d")) == []


def test_a_circle_has_no_end_and_is_walked_once() -> None:
    ring = HEAD + "a,c,a,\nb,a,b,\nc,b,c,\nself,self,s,\n"
    assert sorted(small.words(ring).narrower("a")) == ["b", "c"]
    assert list(small.words(ring).narrower("self")) == []


def test_a_label_of_words_that_say_nothing_is_found_by_nothing() -> None:
    assert small.words(HEAD + "x,,the of,🎨\n").labels["x"] == []


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("", "has other columns; name them concept,broader,en,fr"),
        ("concept,en,fr,broader\n", "has other columns; name them concept,broader,en,fr"),
        (HEAD + "dog,cat,dog,\n", "'dog': broader 'cat' has no row; add it"),
    ],
)
def test_a_wrong_table_is_one_line(tmp_path: Path, table: str, line: str) -> None:
    (tmp_path / "t.csv").write_text(table)
    assert refusal(tmp_path / "t.csv") == f"t.csv: {line}"


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ("a,,a,\nb,a\n", "3: has not one value for each column; concept,broader,en,fr"),
        ("a,,a,,\n", "2: has not one value for each column; concept,broader,en,fr"),
        (",,a,\n", "2: has not one value for each column; concept,broader,en,fr"),
        ("a,,a,\na,,b,\n", "3: 'a' stands twice; join the rows"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, rows: str, line: str) -> None:
    """Regression: a value too many was passed over."""
    (tmp_path / "t.csv").write_text(HEAD + rows)
    assert refusal(tmp_path / "t.csv") == f"t.csv:{line}"


def test_what_is_no_text_or_no_table_is_one_line(tmp_path: Path) -> None:
    """Regression: bytes that are no UTF-8, and a field without end, were a traceback."""
    path = tmp_path / "t.csv"
    assert refusal(path) == "t.csv: missing; add it"
    path.write_bytes(b"concept,broader,en,fr\nb\xeate,,,\n")
    assert refusal(path) == "t.csv: is not UTF-8; save it so"
    path.write_text(HEAD + "a,," + "x" * 200_000 + ",\n")
    assert refusal(path) == "t.csv: is no table (field larger than field limit (131072)); mend it"
    path.write_text(HEAD + "a\x1b[2J,b\x1b,,\n")
    assert refusal(path) == "t.csv: 'a\\x1b[2J': broader 'b\\x1b' has no row; add it"


def test_the_one_of_this_project_is_whole() -> None:
    found = own()
    assert len(found.labels) == 706
    assert found.named["fr", ("chien",)] >= {"dog"}
    assert "dog" in set(found.narrower("animal"))
