"""The page of what the catalogue graph gives: the study of thinned catalogues on it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from benchmark.records import Interval
from benchmark.results.thinned import Thinned, write
from benchmark.site.leaderboard import Leaderboard
from benchmark.site.page import Site
from benchmark.site.pages import graph as page
from benchmark.workspace import Workspace
from tests.results.made import result


def studied(name: str, checkpoint: str, gain: float | None) -> Thinned:
    value = Interval(mean=0.412, low=0.3, high=0.5)
    over = None if gain is None else Interval(mean=gain, low=0, high=0.2)
    return Thinned(
        collection="g", submission=name, checkpoint=checkpoint, share=0.3, draws=3,
        found=value, gain=over,
    )  # fmt: skip


def test_a_study_is_shown_of_submissions_that_are_what_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(tmp_path)
    results = [result("both"), result("alone"), result("changed")]
    now = results[0].provenance.submission
    rows = [studied("both", now, 0.123), studied("alone", now, None), studied("changed", "?", 0.2)]
    write(workspace.leaderboard, rows)
    board = SimpleNamespace(results=results, name="g", path="g")
    monkeypatch.setattr(page, "_fusions", lambda board, workspace: [])
    assert page._studied(cast(Leaderboard, board), workspace) == rows[:2]
    site = SimpleNamespace(boards=[board], workspace=workspace)
    assert "When the catalogue thins out" not in str(dict(page.draw(cast(Site, site)))["graph.md"])
    one = SimpleNamespace(inputs=[])  # a board stands on the page where something is fused
    monkeypatch.setattr(page, "_fusions", lambda board, workspace: [one])
    monkeypatch.setattr(page, "render", lambda name, **given: repr(given["study"]))
    drawn = dict(page.draw(cast(Site, site)))
    assert drawn["graph.md"] == repr(rows[:2]) and "<svg" in str(drawn["charts/g-thinned.svg"])
    monkeypatch.undo()
    text = page.render("graph.md.j2", boards=[], charts={}, study=rows[:2], most=3)
    assert "0.412" in text and "+0.123" in text and "–" in text and "30 %" in text
