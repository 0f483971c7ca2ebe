from __future__ import annotations

from benchmark.collections.museum.lives import Life, lives, protected


def test_years_and_who_says_so_are_known() -> None:
    nga = "National Gallery of Art, open data, CC0"
    assert lives()["Caravaggio"] == Life(1571, 1610, nga)
    assert lives()["Isaac Levitan"] == Life(1860, 1900, "general reference")
    assert lives()["Hubert van Eyck"].born is None


def test_every_life_can_be_one() -> None:
    for artist, life in lives().items():
        assert life.source, artist
        assert life.born is None or life.died is None or 20 <= life.died - life.born <= 105, artist
        assert life.born is not None or life.died is not None, artist


def test_a_painter_dead_for_seventy_years_is_in_the_public_domain() -> None:
    assert lives()["Henri Matisse"].died == 1954
    assert protected(["Henri Matisse"], 1953) == ""
    assert protected(["Nicolai Fechin"], 1914) == ""  # died in 1955
    assert protected(["Pablo Picasso"], 1901) == "the painter died in 1973, after 1955"


def test_one_painter_of_several_is_enough_to_protect() -> None:
    assert protected(["Claude Monet", "Pablo Picasso"], 1901) != ""
    assert protected(["Claude Monet", "Edgar Degas"], 1901) == ""


def test_a_life_that_is_not_known_is_bounded_by_the_work() -> None:
    late = "the painter's death is not known and the work is later than 1870"
    assert protected(["Nobody of that name"], 1870) == ""
    assert protected(["Nobody of that name"], 1871) == late
    assert protected([], 1870) == ""
    assert protected([], 1871) == late
    assert protected(["Claude Monet", "Nobody of that name"], 1871) == late
