"""What is on no board is left out with a line; all else is built."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.site.build import build
from benchmark.site.generate import boards
from benchmark.workspace import Workspace
from tests.conftest import QRELS, QUERIES, make_gallery, write_queries
from tests.site.laid_docs import ROOT


@pytest.fixture
def checkout(site: Path, tmp_path: Path) -> Workspace:
    """A copy of the tiny checkout whose results and queries can be altered."""
    for name in ("docs", "benchmark", "submissions"):
        (tmp_path / name).symlink_to(site.parent / name)
    for name in ("queries", "leaderboard", ".cimaise"):
        shutil.copytree(site.parent / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return Workspace(tmp_path)


def another(workspace: Workspace) -> Path:
    """A second collection with the results of the first; its queries' folder."""
    gallery = make_gallery(workspace.root / "galleries" / "zoo")
    shutil.copytree(workspace.queries / "colours", workspace.queries / "zoo")
    notes = workspace.cache / "collections.json"
    notes.write_text(notes.read_text().replace("{", f'{{"zoo": "{gallery}", ', 1))
    for kind in ("results", "runs", "scores"):
        shutil.copytree(
            workspace.leaderboard / kind / "colours", workspace.leaderboard / kind / "zoo"
        )
    for path in (workspace.leaderboard / "results/zoo").iterdir():
        path.write_text(path.read_text().replace('"name": "colours"', '"name": "zoo"'))
    return workspace.queries / "zoo"


def read(workspace: Workspace) -> tuple[list[str], list[str]]:
    """Names of the boards, and lines on what was left out."""
    found, left_out = boards(workspace, lambda path, content: None)
    return [board.name for board in found], left_out


def test_two_collections_have_a_board_each(checkout: Workspace) -> None:
    another(checkout)
    assert read(checkout) == (["colours", "zoo"], [])


def test_a_bad_grade_leaves_out_its_collection_alone(
    checkout: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    """Regression: one bad grade in any remembered collection stopped the whole site."""
    queries = another(checkout)
    write_queries(queries, QUERIES, QRELS | {"q1": {"p-red": 7}})
    build(checkout, checkout.root / "site")
    assert (checkout.root / "site/submissions/colours/healthy.html").is_file()
    assert not (checkout.root / "site/submissions/zoo").exists()
    line = f"left out of the site: {queries}/qrels/test.tsv:2: "
    assert [said for said in capfd.readouterr().err.splitlines() if said.startswith(line)]


@pytest.mark.parametrize(
    ("path", "content", "line"),
    [
        ("results/zoo/healthy.json", "{", "healthy.json: Invalid JSON"),
        ("runs/zoo/healthy.parquet", "no", "healthy.parquet: is not parquet; remove it and run"),
        ("scores/zoo/healthy.parquet", "no", "healthy.parquet: is not parquet; remove it and run"),
    ],
)
def test_a_broken_file_leaves_out_its_collection_alone(
    checkout: Workspace, path: str, content: str, line: str
) -> None:
    another(checkout)
    (checkout.leaderboard / path).write_text(content)
    found, left_out = read(checkout)
    assert found == ["colours"]
    assert len(left_out) == 1 and line in left_out[0]


def test_a_collection_whose_folder_went_away_is_named(checkout: Workspace) -> None:
    another(checkout)
    shutil.rmtree(checkout.root / "galleries")
    remedy = "cimaise collection info FOLDER, or remove its results"
    assert read(checkout) == (["colours"], [f"zoo: its folder is not known here; {remedy}"])


def test_only_stale_results_are_no_results(
    checkout: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    for path in (checkout.leaderboard / "results/colours").iterdir():
        if path.stem != "early":
            path.unlink()
    with pytest.raises(BadInput, match="holds no results that can be shown; cimaise run"):
        build(checkout, checkout.root / "site")
    assert not (checkout.root / "site").exists()
    assert (
        "left out of the site: colours: holds no current results, but some of other judgments; "
        "cimaise run --collection colours\n"
    ) in capfd.readouterr().err
