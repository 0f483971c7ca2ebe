from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from benchmark.collections.museum.source_table import file_name, number, read, values


def test_values_are_parted_by_commas_and_a_full_width_comma_is_one_inside_a_value() -> None:
    assert values("Dog, Anthony， bastard of Burgundy,Hat") == (
        "Dog",
        "Anthony, bastard of Burgundy",
        "Hat",
    )
    assert values("") == ()


def test_a_value_that_is_written_twice_is_one() -> None:
    assert values("Woman, Man, Woman,  Man") == ("Woman", "Man")


@given(st.lists(st.text("abc ，", min_size=1)))
def test_values_are_never_empty_never_repeated_and_trimmed(parts: list[str]) -> None:
    found = values(",".join(parts))
    assert len(set(found)) == len(found)
    assert all(value and value == value.strip() and "，" not in value for value in found)


def test_a_file_is_known_by_its_name_at_commons() -> None:
    address = "http://commons.wikimedia.org/wiki/Special:FilePath/Mona%20Lisa%2C_a%20copy.jpg"
    assert file_name(address) == "Mona Lisa, a copy.jpg"
    assert file_name("") == ""


def test_the_table_is_read_whole_in_the_order_of_numbers() -> None:
    rows = read()
    assert len(rows) == len({row.qid for row in rows}) == 9336
    assert [number(row.qid) for row in rows] == sorted(number(row.qid) for row in rows)
    mona_lisa = next(row for row in rows if row.qid == "Q12418")
    assert mona_lisa.title == "Mona Lisa"
    assert mona_lisa.creators == ("Leonardo da Vinci",)
    assert sum(bool(row.file) for row in rows) == 947
