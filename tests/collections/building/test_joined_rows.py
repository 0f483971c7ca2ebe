from __future__ import annotations

from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.collections.building.joined_rows import file_name, joined
from benchmark.collections.building.results_page import Row
from benchmark.errors import BadInput


def work(*values: dict[str, str]) -> dict:
    (found,) = joined(((Row(7, of), "2026-11-01") for of in values), 1)
    return found


def test_nothing_known() -> None:
    assert work({}) == {
        "id": "Q7", "title": "", "title_fr": "", "artist": "", "born": None, "died": None,
        "life_source": "", "date": "", "year": None, "style": "", "genre": "", "medium": "",
        "movements": [], "genres": [], "materials": [], "museums": [], "depicts": [],
        "source": "Wikidata, CC0", "retrieved": "2026-11-01", "file": "",
    }  # fmt: skip


def test_rows_become_lists_without_repetition() -> None:
    rows = [{"genre": g, "depicts": d, "title": "T"} for g in ("a", "b") for d in ("x", "y", "x")]
    found = work(*rows)
    assert (found["genres"], found["genre"], found["depicts"]) == (["a", "b"], "a", ["x", "y"])
    assert found["title"] == "T"


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("1853-03-30T00:00:00Z", 1853),
        ("+1853-00-00T00:00:00Z", 1853),
        ("1853", 1853),
        ("0079-10-24T00:00:00Z", 79),
        ("-0428-01-01T00:00:00Z", -428),
        ("18530330", None),
        ("about 1853", None),
        ("1853/54", None),
        ("t1234", None),
        ("9" * 5000, None),
    ],
)
def test_years(said: str, year: int | None) -> None:
    found = work({"born": said, "date": said})
    assert (found["born"], found["year"]) == (year, year)
    assert found["date"] == ("" if year is None else str(year))
    assert found["life_source"] == ("" if year is None else "Wikidata")


def test_of_several_dates_of_one_life_the_widest() -> None:
    found = work({"artist": "A", "born": "1600", "died": "1650"}, {"born": "1598", "died": "1652"})
    assert (found["born"], found["died"]) == (1598, 1652)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("http://commons.wikimedia.org/wiki/Special:FilePath/A%20b%2C%20c.jpg", "A b, c.jpg"),
        ("https://commons.wikimedia.org/wiki/Special:FilePath/A_b.jpg?width=300", "A b.jpg"),
        ("File:A_b.jpg", "A b.jpg"),
        ("A?b 50%25.jpg", "A?b 50%25.jpg"),
        ("http://commons.wikimedia.org/wiki/Special:FilePath/..%2F..%2Fetc", ""),
        ("a/b.jpg", ""),
        ("a\x00b.jpg", ""),
        ("a\ud800b.jpg", ""),
        ("<b>.jpg", ""),
        ("é" * 121, ""),
        ("http://commons.wikimedia.org/", ""),
    ],
)
def test_file_names(said: str, name: str) -> None:
    assert file_name(said) == name
    assert work({"file": said})["file"] == name


def test_rows_without_end_of_one_painting() -> None:
    with pytest.raises(BadInput, match=r"^Q7: has more than 20,000 rows: lists are multiplied"):
        list(joined(repeat((Row(7, {"title": "T"}), "")), 1))


def test_no_more_is_taken_than_shows_that_the_last_is_whole() -> None:
    rows = iter([(Row(n // 2, {}), "") for n in range(20)])
    assert [one["id"] for one in joined(rows, 3)] == ["Q0", "Q1", "Q2"]
    assert len(list(rows)) == 20 - 7


@given(
    st.lists(st.tuples(st.integers(1, 9), st.sampled_from("abc")), max_size=40), st.integers(1, 9)
)
def test_every_value_of_every_work(pairs: list[tuple[int, str]], limit: int) -> None:
    pairs.sort(key=lambda pair: pair[0])
    works = list(joined(((Row(n, {"depicts": thing}), "") for n, thing in pairs), limit))
    numbers = sorted({n for n, _ in pairs})[:limit]
    assert [one["id"] for one in works] == [f"Q{n}" for n in numbers]
    for number, one in zip(numbers, works, strict=True):
        things = {thing for n, thing in pairs if n == number}
        assert set(one["depicts"]) == things and len(one["depicts"]) == len(things)
