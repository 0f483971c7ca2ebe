from __future__ import annotations

from benchmark.results.waiting import waiting
from benchmark.workspace import Workspace
from tests.conftest import make_waiting


def test_those_whose_weights_lie_on_a_hub_and_which_have_no_figure(workspace: Workspace) -> None:
    home = workspace.submissions
    far = make_waiting(home / "far")
    make_waiting(home / "scored")
    (home / "broken").mkdir()
    (one,) = waiting(home, {"scored"})
    assert one.submission.name == "far"
    assert one.weights == [("owner/far", "0" * 40)]
    assert one.told == "151.3"
    (far / "README.md").write_text("# Far\n")
    assert waiting(home, {"scored"})[0].told == ""


def test_a_pipeline_waits_with_its_stage(workspace: Workspace) -> None:
    home = workspace.submissions
    make_waiting(home / "far")
    fusion = (home / "healthy" / "submission.toml").read_text().partition("[model]")[0]
    (home / "both").mkdir()
    text = fusion.replace('name = "healthy"', 'name = "both"')
    text += '[pipeline]\nfuse = ["far", "healthy"]\n'
    (home / "both" / "submission.toml").write_text(text)
    (home / "both" / "README.md").write_text("# Both\n")
    assert [one.submission.name for one in waiting(home, set())] == ["both", "far"]
    assert waiting(home, set())[0].weights == [("owner/far", "0" * 40)]
