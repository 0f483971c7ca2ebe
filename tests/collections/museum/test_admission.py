from __future__ import annotations

from dataclasses import replace

import pytest

from benchmark.collections.museum.admission import Left, Work, clean, core, museum, repeated
from benchmark.collections.museum.cleaning import span
from benchmark.collections.museum.lives import UNKNOWN, protected
from benchmark.collections.museum.source_table import Row, read

ROW = Row("Q7", "Sunflowers", "1888", ("Vincent van Gogh",), (), (), (), ("Tate",), (), "")


def works() -> dict[str, Work]:
    return {work.row.qid: work for work in museum()[0]}


def test_a_date_outside_the_life_is_dropped_and_the_work_stays() -> None:
    assert clean(ROW).years == (1888, 1888)
    assert clean(replace(ROW, inception="2021")).years is None


def test_a_date_is_right_where_one_of_several_painters_lived() -> None:
    eyck = replace(ROW, creators=("Jan van Eyck", "Hubert van Eyck"), inception="1432")
    assert clean(eyck).years == (1432, 1432)
    assert clean(eyck).artists == ("Hubert van Eyck", "Jan van Eyck")


def test_a_work_of_nobody_named_has_a_life_that_is_not_known() -> None:
    work = clean(replace(ROW, creators=("Anonymous",), inception="850"))
    assert work.artists == ()
    assert work.lives == (UNKNOWN,)
    assert work.years == (850, 850)


def test_the_same_again_in_no_museum_is_left_out() -> None:
    here, nowhere = clean(ROW), clean(replace(ROW, qid="Q9", museums=()))
    why = {"Q9": "the same title, painter and date as Q7, and in no museum"}
    assert repeated([here, nowhere]) == repeated([nowhere, here]) == why


@pytest.mark.parametrize(
    "other",
    [
        replace(ROW, qid="Q9", museums=("Louvre",)),  # another version
        replace(ROW, qid="Q9", museums=(), title="Irises"),
        replace(ROW, qid="Q9", museums=(), inception="1889"),
        replace(ROW, qid="Q9", museums=(), creators=("Paul Gauguin",)),
    ],
)
def test_works_that_differ_are_two(other: Row) -> None:
    assert repeated([clean(ROW), clean(other)]) == {}


def test_works_of_nobody_named_are_never_the_same() -> None:
    nobody = replace(ROW, creators=())
    assert repeated([clean(nobody), clean(replace(nobody, qid="Q9", museums=()))]) == {}


def test_every_row_hangs_or_is_left_out_with_its_reason() -> None:
    taken, left = museum()
    assert len(taken) == 9190
    assert sorted([*(work.row.qid for work in taken), *(out.qid for out in left)]) == sorted(
        row.qid for row in read()
    )
    assert all(out.reason for out in left)
    assert not any(protected(work.artists, span(work.row.inception)[1]) for work in taken)


def test_the_core_is_the_works_whose_picture_was_found_right() -> None:
    taken, left = core()
    assert (len(taken), len(left)) == (340, 46)
    assert {work.row.qid for work in taken} <= works().keys()
    assert left[0] == Left(
        "Q59201",
        "Napoleon Crossing the Alps",
        "doubtful picture: looks like the Vienna (Belvedere) version with the bright red cloak; "
        "the table's Malmaison version has an orange-yellow cloak",
    )
