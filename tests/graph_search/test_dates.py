"""Years that words say: each span with the places of the words that said it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.graph_search.dates import years

SAID = ("before", "the", "1880s", "19th", "century", "siècle", "1650", "vers", "de", "à")


def spans(text: str) -> list[tuple[int, int]]:
    return [(one.first, one.last) for one in years(text)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("of the 19th century", 1800, 1899),
        ("nineteenth-century", 1800, 1899),
        ("du XIXe siècle", 1800, 1899),
        ("dix-neuvième siècle", 1800, 1899),
        ("19ème siecle", 1800, 1899),
        ("quinzieme siecle", 1400, 1499),
        ("the 12th century", 1100, 1199),
        ("early 17th century", 1600, 1635),
        ("late seventeenth century", 1665, 1699),
        ("mid-19th century", 1830, 1870),
        ("the first half of the 16th century", 1500, 1550),
        ("début du XXe siècle", 1900, 1935),
        ("fin XIXe siècle", 1865, 1899),
        ("seconde moitié du XVIIIe siècle", 1750, 1799),
        ("the 1880s", 1880, 1889),
        ("les années 1880", 1880, 1889),
        ("the 1800s", 1800, 1899),
        ("1888", 1888, 1888),
        ("before 1800", 0, 1799),
        ("avant 1800", 0, 1799),
        ("after 1900", 1901, 9999),
        ("après 1900", 1901, 9999),
        ("since 1900", 1900, 9999),
        ("depuis 1900", 1900, 9999),
        ("around 1650", 1645, 1655),
        ("c. 1650", 1645, 1655),
        ("vers 1650", 1645, 1655),
        ("between 1850 and 1870", 1850, 1870),
        ("entre 1870 et 1850", 1850, 1870),
        ("de 1850 à 1870", 1850, 1870),
    ],
)
def test_a_span_is_read(text: str, first: int, last: int) -> None:
    assert spans(text) == [(first, last)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("before the 19th century", 0, 1799),
        ("avant le XIXe siècle", 0, 1799),
        ("after the 17th century", 1700, 9999),
        ("since the early 19th century", 1800, 9999),
        ("before the 1880s", 0, 1879),
        ("avant les années 1880", 0, 1879),
        ("after the 1880s", 1890, 9999),
        ("around the 1880s", 1875, 1894),
    ],
)
def test_before_and_after_are_said_of_centuries_and_decades_too(
    text: str, first: int, last: int
) -> None:
    """Regression: "before the 19th century" was the 19th century."""
    assert spans(text) == [(first, last)]


@pytest.mark.parametrize("text", ["", "no date", "1234567", "2150", "999", "🎨", "a century", "th"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert years(text) == []


def test_several_are_read_in_order_and_know_their_words() -> None:
    (one, other) = years("a dog, 1889 or the 1890s")
    assert (one.first, one.last, sorted(one.places)) == (1889, 1889, [2])
    assert (other.first, other.last, sorted(other.places)) == (1890, 1899, [4, 5])
    assert spans("1650 and 1660") == [(1650, 1650), (1660, 1660)]


@given(
    st.lists(
        st.sampled_from(
            ["before", "the", "1880s", "19th", "century", "siècle", "1650", "vers", "de", "à"]
        )
    )
)
def test_spans_are_of_some_years_and_share_no_word(parts: list[str]) -> None:
    found = years(" ".join(parts))
    assert all(one.first <= one.last for one in found)
    places = [place for one in found for place in one.places]
    assert len(places) == len(set(places))
    assert all(place < len(parts) for place in places)
