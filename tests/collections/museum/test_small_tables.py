from __future__ import annotations

from pathlib import Path

from benchmark.collections.museum.small_tables import lines, write


def test_a_table_there_and_back(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    write(path, ("qid", "title"), [("Q1", "Ann, at sea"), ("Q2", 'the "Blue" boy')])
    assert path.read_bytes() == b'qid,title\nQ1,"Ann, at sea"\nQ2,"the ""Blue"" boy"\n'
    assert lines(path) == [
        {"qid": "Q1", "title": "Ann, at sea"},
        {"qid": "Q2", "title": 'the "Blue" boy'},
    ]


def test_a_mark_of_byte_order_is_no_part_of_a_name(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"\xef\xbb\xbfqid\nQ1\n")
    assert lines(path) == [{"qid": "Q1"}]
