from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmark.collections.pictures import Pictures
from benchmark.collections.registry import find
from benchmark.errors import BadInput
from benchmark.queries import load as queries
from benchmark.results.current import Board, State, board, by_reason
from benchmark.results.schema import Result
from benchmark.results.store import Store
from benchmark.workspace import Workspace
from tests import pulled_gallery
from tests.conftest import QRELS, QUERIES, paint, write_lines, write_queries
from tests.results.made import QUERY_SET, RUN, SCORES, as_now, result

NOW = State(
    fingerprint="f",
    paintings=3,
    texts_digest=QUERY_SET.texts_digest,
    qrels_digest=QUERY_SET.qrels_digest,
    score_code=result().provenance.score_code,
)


def changed(part: str, **fields: object) -> Result:
    made = result(part)
    inner = getattr(made, part).model_copy(update=fields)
    return made.model_copy(update={part: inner})


def test_what_follows_from_all_is_current() -> None:
    assert NOW.reason(result()) == ""


@pytest.mark.parametrize(
    ("stale", "reason"),
    [
        (
            changed("collection", fingerprint="e", paintings=1350),
            "of another state of the gallery: 1,350 paintings, now 3",
        ),
        (changed("collection", fingerprint="e"), "of another state of the gallery"),
        (changed("queries", texts_digest="e"), "of other queries"),
        (changed("queries", qrels_digest="e"), "of other judgments"),
        (changed("provenance", section_code="e"), "scored by other code"),
    ],
)
def test_what_does_not_follow_says_why(stale: Result, reason: str) -> None:
    assert NOW.reason(stale) == reason


MIRROR = Pictures(source="mirror, 512 px", digest="m", missing=0)
COMMONS = Pictures(source="Commons, 500 px", digest="c", missing=0)


@pytest.mark.parametrize(
    ("theirs", "reason"),
    [
        (MIRROR, ""),
        (COMMONS, "on pictures from Commons, 500 px, not from mirror, 512 px"),
        (MIRROR.model_copy(update={"digest": "n"}), "on other pictures from mirror, 512 px"),
        (MIRROR.model_copy(update={"missing": 3}), "without 3 of its pictures"),
        (None, "on pictures that it does not name"),
    ],
)
def test_pulled_pictures_of_another_kind_are_stale(theirs: Pictures | None, reason: str) -> None:
    here = replace(NOW, pictures=MIRROR)
    assert here.reason(result().model_copy(update={"pictures": theirs})) == reason
    if theirs is not None and not theirs.missing:  # of one that keeps its pictures
        assert NOW.reason(result().model_copy(update={"pictures": theirs})) == (
            f"on other pictures from {theirs.source}"
        )


def test_a_pulled_picture_that_changed_is_one_that_is_missing() -> None:
    """Its digest is of the bytes that were noted; a picture in a folder has that of its own."""
    partly = changed("collection", left_out=["Q1"])
    assert NOW.reason(partly) == ""
    assert replace(NOW, pictures=MIRROR).reason(partly.model_copy(update={"pictures": MIRROR})) == (
        "without 1 of its pictures, which changed since they were pulled"
    )


def test_a_clone_settles_on_what_most_current_results_are_on(
    tmp_path: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulled_gallery.publish(workspace, tmp_path / "published", monkeypatch)
    place = find("hall", workspace)
    query_set = queries.of(place, place.open())

    def on(pictures: Pictures, **judgments: str) -> Result:
        now = as_now(result(), place)
        asked = now.queries.model_copy(update=judgments)
        return now.model_copy(update={"pictures": pictures, "queries": asked})

    def settled(*results: Result) -> Pictures | None:
        return State.of(place, 5, query_set, results).pictures

    some = COMMONS.model_copy(update={"missing": 1})
    assert settled() is None
    assert settled(on(COMMONS), on(MIRROR), on(MIRROR)) == MIRROR
    assert settled(on(COMMONS), on(COMMONS), on(MIRROR)) == COMMONS
    old = on(MIRROR, qrels_digest="e")
    assert settled(on(COMMONS), old, old, on(some), on(some)) == COMMONS
    assert settled(on(COMMONS), on(MIRROR)) == settled(on(MIRROR), on(COMMONS))
    pulled_gallery.pull(workspace, of=pulled_gallery.IDS[:2])
    assert settled(on(MIRROR)) == MIRROR  # of what is not whole nothing is asked
    pulled_gallery.pull(workspace)
    assert settled(on(MIRROR)) == place.pictures() != MIRROR


def test_current_ones_keep_their_order_and_stale_ones_have_none() -> None:
    """Regression: 350 paintings stood above 375, because they are easier."""
    best = result("best", 0.9).model_copy(
        update={"queries": changed("queries", qrels_digest="e").queries}
    )
    low, high = result("low", 0.2), result("high", 0.8)
    other = changed("provenance", section_code="e")
    current, stale = NOW.parted([other, best, high, low])
    assert [one.submission for one in current] == ["high", "low"]
    assert by_reason(stale) == {
        "of other judgments": ["best"],
        "scored by other code": ["provenance"],
    }


def test_a_gallery_that_grows_leaves_its_results_behind(
    workspace: Workspace, gallery: Path
) -> None:
    def read() -> Board:
        return board(find(str(gallery), workspace), store)

    store = Store(workspace.leaderboard)
    store.write(as_now(result("early"), find(str(gallery), workspace)), RUN, SCORES)
    assert [one.submission for one in read().current] == ["early"]
    paint(gallery / "grey.png", (90, 90, 90))
    rows = (gallery / "metadata.jsonl").read_text()
    write_lines(gallery / "metadata.jsonl", [{"id": "p-grey", "file_name": "grey.png"}])
    with (gallery / "metadata.jsonl").open("a") as stream:
        stream.write(rows)
    assert read().current == []
    assert read().stale[0].reason == "of another state of the gallery: 8 paintings, now 9"


def test_a_bad_grade_is_named(workspace: Workspace, gallery: Path) -> None:
    write_queries(workspace.queries / "colours", QUERIES, QRELS | {"q1": {"p-red": 7}})
    with pytest.raises(BadInput, match=r"qrels/test\.tsv:2: "):
        board(find(str(gallery), workspace), Store(workspace.leaderboard))
