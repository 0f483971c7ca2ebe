from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.collections.museum.biographies import folded, known, match, national_gallery

NGA, TATE = "National Gallery of Art, open data, CC0", "Tate, collection data, CC0"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Léger, Fernand", "Fernand Leger"),
        ("Pieter Brueghel the Elder", "BRUEGHEL, Pieter, the Elder"),
        ("Peder Severin Krøyer", "Kroyer, Peder Severin"),
        ("Józef Chełmoński", "Jozef Chelmonski"),
    ],
)
def test_a_name_is_the_same_without_accents_case_and_order(one: str, other: str) -> None:
    assert folded(one) == folded(other) != ""


def test_names_that_differ_stay_apart() -> None:
    assert folded("Jan Brueghel the Elder") != folded("Jan Brueghel the Younger")
    assert folded("Пер Крог") != folded("Вечер")


def test_two_people_of_one_name_are_nobody() -> None:
    people = [
        ("Cézanne, Paul", "1839-1906"),
        ("Paul Cézanne", "1872-1947"),
        ("Titian", "1490-1576"),
    ]
    assert known(iter(people)) == {"titian": (1490, 1576)}


def test_years_are_read_where_both_are_written() -> None:
    people = [("A", " (French, ca. 1748-ca. 1825)"), ("B", "1930-"), ("C", "")]
    assert known(iter(people)) == {"a": (1748, 1825)}


MUSEUMS = {NGA: {"monet": (1840, 1926)}, TATE: {"monet": (1841, 1926), "gwen": (1876, 1939)}}


def test_the_first_museum_that_knows_a_painter_is_believed() -> None:
    assert match("Monet", [1872, 1900], MUSEUMS) == ((1840, 1926), NGA)
    assert match("Gwen", [1910], MUSEUMS) == ((1876, 1939), TATE)
    assert match("Nobody", [1910], MUSEUMS) is None


def test_works_outside_the_life_are_another_painters() -> None:
    assert match("Monet", [1611], MUSEUMS) is None
    assert match("Monet", [1872, 1873, 2021], MUSEUMS) is not None  # one wrong date among many


def test_museums_that_differ_speak_of_two_painters() -> None:
    apart = {NGA: {"stevens": (1823, 1906)}, TATE: {"stevens": (1817, 1875)}}
    assert match("Stevens", [1867], apart) is None


def test_years_that_are_rough_are_not_taken(tmp_path: Path) -> None:
    (tmp_path / "constituents.csv").write_text(
        "constituentid,preferreddisplayname,forwarddisplayname,displaydate,beginyear,endyear,"
        "constituenttype\n"
        '1,"Monet, Claude",Claude Monet,"French, 1840 - 1926",1840,1926,individual\n'
        '2,"Doe, Jan",Jan Doe,"Dutch, active 1640 - 1660",1640,1660,individual\n'
        '3,Sons,Sons,"1800 - 1900",1800,1900,corporate\n'
    )
    (tmp_path / "constituents_altnames.csv").write_text(
        'constituentid,displayname,forwarddisplayname\n1,"Monet, C.",C. Monet\n2,Doe,\n'
    )
    assert known(national_gallery(tmp_path)) == {
        "claude monet": (1840, 1926),
        "c monet": (1840, 1926),
    }
