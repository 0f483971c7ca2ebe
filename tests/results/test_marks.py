from __future__ import annotations

import pytest

from benchmark.collections.pictures import Pictures
from benchmark.results.marks import has_seen, marks
from benchmark.results.schema import Audit, Disguise, Interval
from tests.results.made import COST, result

HALF = Interval(mean=0.5, low=0.4, high=0.6)
AUDIT = Audit(
    seed=1,
    paintings=300,
    topics=220,
    reworded=110,
    fresh=HALF,
    published=HALF,
    chance=0.05,
    ratio=HALF,
    words=HALF,
    verdict="holds",
    code="c",
    date="2026-01-01T00:00:00+00:00",
)
DISGUISE = Disguise(seed=1, paintings=300, alike=HALF, verdict="holds", date=AUDIT.date)


@pytest.mark.parametrize(
    ("verdict", "wanted"),
    [
        ("holds", []),
        ("too weak to tell", []),
        ("falls", ["falls on new pictures"]),
        ("falls in other words", ["falls in other words"]),
    ],
)
def test_the_marks_of_an_audit(verdict: str, wanted: list[str]) -> None:
    audited = AUDIT.model_copy(update={"verdict": verdict})
    assert marks(result("s").model_copy(update={"audit": audited, "cost": None})) == wanted


def test_all_marks_together() -> None:
    found = result("s").model_copy(
        update={
            "pictures": Pictures(source="mirror, 512 px", digest="p", missing=1200),
            "cost": COST.model_copy(update={"marks": ["caches texts"]}),
            "audit": AUDIT.model_copy(update={"verdict": "falls"}),
            "disguise": DISGUISE.model_copy(update={"verdict": "falls"}),
        }
    )
    assert marks(found) == [
        "caches texts",
        "without 1,200 of its pictures",
        "falls on new pictures",
        "knows the files, not the pictures",
    ]


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        (None, False),
        ([], False),
        (["g"], True),
        (["LAION-2B", "g (rendered training scenes)"], True),
        (["g-dev"], False),
        (["gallery"], False),
        (["perhaps g"], False),
        ([" "], False),
    ],
)
def test_having_seen_the_world_is_said_by_the_name_of_the_collection(
    said: list[str] | None, seen: bool
) -> None:
    found = result("s")
    about = found.about.model_copy(update={"training_data": said})
    found = found.model_copy(update={"about": about, "cost": None})
    assert has_seen(found) is seen
    assert marks(found) == []  # which is no mark
