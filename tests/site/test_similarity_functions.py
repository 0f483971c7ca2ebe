"""The page of similarity functions: of each submission's result, and of what is told apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmark.records import Interval
from benchmark.results.schema import Result
from benchmark.search.similarities import SIMILARITIES
from benchmark.site.generate import boards
from benchmark.site.leaderboard import Leaderboard
from benchmark.site.page import Site
from benchmark.site.pages import similarity_functions as page
from benchmark.tasks._embeddings import Searched
from benchmark.workspace import Workspace
from tests.results.made import changed
from tests.site.test_pages import text_of


def test_every_similarity_stands_there_with_its_figures(site: Path) -> None:
    said = text_of(site / "similarity-functions.html")
    for name, one in SIMILARITIES.items():
        assert name in said and one.meaning in said and one.source in said
    shown = json.loads((site / "data/colours.json").read_text())
    assert len(shown) == 2
    for result in shown:
        found = result["sections"]["retrieval"]["embeddings"]["similarities"]
        assert list(found) == ["inner product", *SIMILARITIES]
        assert result["submission"] in said
        for one in found.values():
            main = one["main"]
            assert f"{main['mean']:.3f} {main['low']:.3f} to {main['high']:.3f}" in said
    assert "of length 1" in said and "the same" in said


def test_a_submissions_page_says_what_it_is_searched_by(site: Path) -> None:
    said = text_of(site / "submissions/colours/healthy.html")
    assert "Searched by the inner product. What it finds by others" in said


@pytest.fixture
def board(site: Path) -> Leaderboard:
    (found,), _ = boards(Workspace(site.parent), lambda path, content: None)
    return found


def searched(mean: float, low: float, high: float) -> Searched:
    return Searched(
        main=Interval(mean=0.5, low=0.4, high=0.6), gain=Interval(mean=mean, low=low, high=high)
    )


def with_gain(result: Result, **gains: tuple[float, float, float]) -> Result:
    """A result where some similarities find more or less, and the others the same."""
    same = dict.fromkeys(("inner product", *SIMILARITIES), searched(0, 0, 0))
    found = same | {name: searched(*gain) for name, gain in gains.items()}
    assert result.space is not None
    return changed(result, embeddings=result.space.model_copy(update={"similarities": found}))


def test_gains_and_losses_are_counted_and_the_largest_gain_is_named_first(
    board: Leaderboard, monkeypatch: pytest.MonkeyPatch, site: Path
) -> None:
    one, other = board.results
    results = [
        with_gain(one, jaccard=(0.02, 0.01, 0.03), cosine=(-0.1, -0.2, -0.05)),
        with_gain(other, overlap=(0.04, 0.01, 0.07), euclidean=(0.01, -0.01, 0.02)),
    ]
    monkeypatch.setattr(Leaderboard, "results", results)
    part = page._part(board)
    assert (part.compared, part.worse, part.same) == (12, 1, 8)
    told = [(gain.submission, gain.similarity) for gain in part.better]
    assert told == [(other.submission, "overlap"), (one.submission, "jaccard")]
    ((path, text),) = page.draw(Site(Workspace(site.parent), [board]))
    assert path == "similarity-functions.md"
    assert "Of 12 comparisons with the inner product" in str(text)
    assert "finds more in 2" in str(text)


def test_results_of_before_are_named_and_an_empty_board_says_what_to_do(
    board: Leaderboard, monkeypatch: pytest.MonkeyPatch, site: Path
) -> None:
    one, other = board.results
    assert other.space is not None
    early = changed(other, embeddings=other.space.model_copy(update={"similarities": {}}))
    monkeypatch.setattr(Leaderboard, "results", [one, early])
    part = page._part(board)
    assert ([kept.submission for kept in part.results], part.without) == (
        [one.submission], [other.submission],
    )  # fmt: skip
    monkeypatch.setattr(Leaderboard, "results", [early])
    ((_, text),) = page.draw(Site(Workspace(site.parent), [board]))
    assert "No submission here has been searched by another similarity yet" in str(text)
