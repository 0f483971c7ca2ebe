"""Similarities as probabilities: what is fitted on topics for tuning, and the page that says it."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmark.collections.registry import find
from benchmark.records import Run
from benchmark.results.store import Store
from benchmark.site.calibrated import Calibrated, calibrated, tuning
from benchmark.site.generate import boards
from benchmark.site.leaderboard import Leaderboard
from benchmark.site.page import Site
from benchmark.site.pages import similarities as page
from benchmark.workspace import Workspace
from tests.conftest import make_gallery, write_queries
from tests.results.made import EMBEDDINGS, as_now, changed, result

GALLERY = """name = "painted"
title = "Eight colours"
licence = "CC0-1.0"
judgments = "complete"

[splits]
test = "gallery"
dev = "gallery"
"""
ASKED = [{"_id": one, "text": f"words of {one}"} for one in ("t1", "t2", "d1", "d2")]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """One gallery of eight with two topics to judge by and two to tune on; `low` and `high` give
    the same lists, `high` with similarities that are larger by 0.5."""
    found = Workspace(tmp_path / "checkout")
    folder = tmp_path / "painted"
    make_gallery(folder / "gallery")
    (folder / "collection.toml").write_text(GALLERY)
    place = find(str(folder), found)
    ids = place.open().ids
    write_queries(found.queries / "painted", ASKED, {"t1": {ids[0]: 3}, "t2": {ids[0]: 1}})
    dev = "\n".join(["query-id\tcorpus-id\tscore", f"d1\t{ids[0]}\t3", f"d2\t{ids[1]}\t2"])
    (found.queries / "painted/qrels/dev.tsv").write_text(dev + "\n")
    for name, more in (("low", 0.0), ("high", 0.5)):
        _keep(found, "painted", name, _run(("t1", "t2"), ids[:2], more))
        _keep(found, "painted-dev", name, _run(("d1", "d2"), ids[:2], more))
    return found


def _run(queries: tuple[str, ...], ids: tuple[str, ...], more: float) -> Run:
    """Each list gives 0.25 and 0.125 to the two paintings, and `more`."""
    scores = np.array([0.25, 0.125], np.float32) + np.float32(more)
    return Run(queries, (ids,) * len(queries), (scores,) * len(queries))


def _keep(workspace: Workspace, collection: str, name: str, run: Run) -> None:
    place, store = find(collection, workspace), Store(workspace.leaderboard)
    value = 0.5 if name == "low" else 0.25
    geometry = EMBEDDINGS.geometry | {"modality_gap": 0.75}
    shown = EMBEDDINGS.model_copy(update={"geometry": geometry})
    made = changed(as_now(result(name, value), place), embeddings=shown)
    values = dict.fromkeys(run.query_ids, value)
    store.write(made, run, {"ndcg@10": values})


def both(workspace: Workspace) -> list[Calibrated]:
    (board,), left_out = boards(workspace, lambda path, content: None)
    assert left_out == []
    place = tuning(workspace, board)
    assert place is not None and place.name == "painted-dev"
    return calibrated(board, place)


def test_a_map_is_fitted_on_topics_for_tuning_and_judged_on_the_others(
    workspace: Workspace,
) -> None:
    """Tuning: of two paintings at 0.25 one is relevant, of two at 0.125 one: half, everywhere.
    Judging: one of four is relevant, so a half is off by a quarter, and squared by a quarter."""
    low, high = both(workspace)
    assert (low.submission, high.submission) == ("low", "high")
    assert (low.fitted.topics, low.tested.topics) == (2, 2)
    for one in (low, high):
        assert one.map.probabilities.tolist() == [0.5, 0.5]
        assert (one.promised, one.likely) == (0.5, (0.25, 4))
        assert (one.calibrated.error, one.calibrated.brier) == (0.25, 0.25)
        assert (one.alone.error, one.alone.brier) == (0.25, 0.25)
    assert (low.half, high.half) == (0.125, 0.625)
    assert low.raw is not None and high.raw is not None
    # Bins: 0.25 twice, of which one is relevant: off by 0.25; 0.125 twice, none: by 0.125.
    assert low.raw.error == pytest.approx((0.25 + 0.125) / 2)
    assert low.raw.brier == pytest.approx((0.75**2 + 0.25**2 + 2 * 0.125**2) / 4)
    assert high.raw.error == pytest.approx((0.25 + 0.625) / 2)


def test_scores_beyond_cosines_are_not_read_as_probabilities(workspace: Workspace) -> None:
    low, _ = both(workspace)
    far = replace(low.tested, similarity=low.tested.similarity * 10)
    assert replace(low, tested=far).raw is None


def test_another_model_of_that_name_has_no_map(workspace: Workspace) -> None:
    store = Store(workspace.leaderboard)
    high = store.result("painted-dev", "high")
    assert high is not None
    other = high.provenance.model_copy(update={"submission": "e" * 64})
    store.amend(high.model_copy(update={"provenance": other}))
    assert [one.submission for one in both(workspace)] == ["low"]


def test_the_page_says_it_and_gives_the_maps(workspace: Workspace) -> None:
    found, _ = boards(workspace, lambda path, content: None)
    files = dict(page.draw(Site(workspace, found)))
    assert set(files) == {
        "similarities.md",
        "charts/painted-similarities.svg",
        "charts/painted-calibration.svg",
        "data/calibration/painted.json",
    }
    assert json.loads(files["data/calibration/painted.json"]) == {
        "low": [[0.125, 0.5], [0.25, 0.5]],
        "high": [[0.625, 0.5], [0.75, 0.5]],
    }
    said = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", str(files["similarities.md"]))).split())
    for words in (
        "Fitted on the lists of a hundred over 2 topics of painted-dev, judged on those over 2 "
        "topics of painted.",
        "With 0 of the 2 the line tells more than one number for all",
        "low 0.125 0.500 0.250 0.25 of 4 0.188 0.250 0.164 0.250 0.250",
        # Matched 0.25, unmatched 0.05, separation 2, so a spread of 0.1; see tests/results/made.py.
        "low 0.500 0.250 0.050 0.100 2.00 – 0.750 –",
    ):
        assert words in said, said


def test_without_runs_on_topics_for_tuning_it_says_what_makes_them(workspace: Workspace) -> None:
    for name in ("low", "high"):
        Store(workspace.leaderboard).result_path("painted-dev", name).unlink()
    found, _ = boards(workspace, lambda path, content: None)
    files = dict(page.draw(Site(workspace, found)))
    assert "data/calibration/painted.json" not in files
    assert "cimaise run --collection painted-dev --no-costs" in str(files["similarities.md"])


def test_a_collection_without_such_topics_has_none(workspace: Workspace, tmp_path: Path) -> None:
    place = find("painted", workspace)
    text = place.declared_in.read_text()
    place.declared_in.write_text(text.replace('dev = "gallery"\n', ""))
    board = Leaderboard(find("painted", workspace), Store(workspace.leaderboard), print)
    assert tuning(workspace, board) is None
