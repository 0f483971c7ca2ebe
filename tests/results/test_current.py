from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.collections.registry import find
from benchmark.errors import BadInput
from benchmark.results.current import Board, State, board, by_reason
from benchmark.results.schema import Result
from benchmark.results.store import Store
from benchmark.workspace import Workspace
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
