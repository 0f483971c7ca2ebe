from __future__ import annotations

from dataclasses import replace

import pytest

from benchmark.collections.museum.cleaning import (
    depicted,
    dropped_tags,
    latin,
    span,
    spelled,
    spellings,
    stated,
    within,
)
from benchmark.collections.museum.source_table import Row, read


def test_a_name_in_another_script_is_written_as_it_is_known() -> None:
    assert spelled("creator", ("لورينزو لوتو", "Raphael")) == ("Lorenzo Lotto", "Raphael")


def test_a_name_that_names_nobody_is_dropped() -> None:
    assert spelled("creator", ("Alypius of the Caves", "Unknown (?)")) == ("Alypius of the Caves",)
    assert spelled("creator", ("Anonymous",)) == ()


def test_what_becomes_one_value_stands_once() -> None:
    assert spelled("genre", ("Religious painting", "Religious art")) == ("Religious art",)


def test_a_spelling_is_of_its_field_alone() -> None:
    assert spelled("creator", ("Painting",)) == ("Painting",)
    assert spelled("genre", ("Painting",)) == ()


def test_tags_that_name_parts_of_the_body_are_dropped_and_what_is_shown_stays() -> None:
    row = Row("Q1", "", "1500", (), (), (), (), (), (
        "Woman", "Navel", "Данте Алигьери", "Dimples of Venus", "Part", "Beard", "Sitting",
    ), "")  # fmt: skip
    assert depicted(row) == ("Woman", "Dante Alighieri", "Beard")
    assert depicted(replace(row, depicts=())) == ()


def test_every_dropped_tag_and_every_spelling_is_in_the_table() -> None:
    rows = read()
    tags = {tag for row in rows for tag in row.depicts}
    assert dropped_tags() <= tags
    written = {
        "creator": {value for row in rows for value in row.creators},
        "genre": {value for row in rows for value in row.genres},
        "material": {value for row in rows for value in row.materials},
        "museum": {value for row in rows for value in row.museums},
        "depicts": tags,
    }
    assert [key for key in spellings() if key[1] not in written[key[0]]] == []


@pytest.mark.parametrize("kept", ["Woman", "Nudity", "Smile", "Beard", "Horse", "Kneeling", "Sky"])
def test_what_a_visitor_looks_for_is_not_dropped(kept: str) -> None:
    assert kept not in dropped_tags()


def test_an_inception_is_a_year_or_a_span() -> None:
    assert span("1447") == (1447, 1447)
    assert span("1412-1420") == (1412, 1420)


@pytest.mark.parametrize(
    ("years", "possible"),
    [
        ((1830, 1830), True),
        ((1800, 1840), True),  # a span that overlaps the life
        ((1807, 1807), False),  # at seven
        ((1808, 1808), True),  # at eight
        ((1881, 1881), True),  # finished by others
        ((1882, 1882), False),
        ((2021, 2021), False),
    ],
)
def test_a_date_is_believed_only_within_the_life(years: tuple[int, int], possible: bool) -> None:
    assert within(years, 1800, 1880) is possible


def test_a_life_that_is_not_known_bounds_nothing() -> None:
    assert within((1, 1), None, None)
    assert within((1300, 1300), None, 1426)
    assert not within((1428, 1428), None, 1426)


def test_a_date_is_written_as_a_year_a_span_or_the_first_century() -> None:
    assert stated((1447, 1447)) == "1447"
    assert stated((1412, 1420)) == "1412-1420"
    assert stated((1, 1)) == stated((50, 50)) == "1st century"
    assert stated((650, 650)) == "650"


@pytest.mark.parametrize("title", ["Bacco e Cerere", "Śmierć Ellenai", "Study No. 3 (1890)"])
def test_a_title_in_latin_letters_is_one(title: str) -> None:
    assert latin(title)


@pytest.mark.parametrize("title", ["Вечер", "עץ תפוחים I", "チェリー・ライプ"])
def test_a_title_in_other_letters_is_not(title: str) -> None:
    assert not latin(title)
