"""A collection whose pictures are pulled, from a clone without any to results that never mix."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmark.collections.registry import find
from benchmark.commands import comparing, exchange, galleries, scoring, searching, showing
from benchmark.errors import BadInput
from benchmark.harness.evaluation import plan, working
from benchmark.results.schema import Result
from benchmark.results.store import Store
from benchmark.workspace import Workspace
from tests.conftest import CONSTANT, make_gallery, make_submission
from tests.harness.evaluation.test_run import forbid_workers
from tests.pulled_gallery import COMMONS, IDS, MIRROR, NAME, publish, pull

Run = Callable[..., int]
Shown = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def hall(
    inside: None, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The only published collection."""
    monkeypatch.setattr(working.warm, "start", lambda cache: None)
    return publish(workspace, tmp_path / "published", monkeypatch)


@pytest.fixture
def run() -> Run:
    def go(*names: str, on: str | None = NAME, partial: bool = False) -> int:
        return scoring.run(list(names) or None, on, "cpu", False, True, False, False, partial)

    return go


def result(workspace: Workspace, name: str = "healthy") -> Result:
    found = Store(workspace.leaderboard).result(NAME, name)
    assert found is not None
    return found


def states(capsys: Shown, reference: str = NAME) -> list[tuple[str, str]]:
    capsys.readouterr()
    showing.show(reference, as_json=True)
    return [(row["name"], row["state"]) for row in json.loads(capsys.readouterr().out)["rows"]]


def test_a_result_says_which_pictures_it_is_on(
    workspace: Workspace, run: Run, capsys: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    pull(workspace)
    assert run() == 0
    told = capsys.readouterr()
    assert told.out.split() == ["healthy", "scored", "ndcg@10", "1.000"]
    assert told.err.startswith("1 submission on hall, pictures from mirror, 512 px in ")
    kept = result(workspace)
    assert kept.pictures == find(NAME, workspace).pictures()
    assert kept.pictures is not None and kept.pictures.source == "mirror, 512 px"
    assert (kept.pictures.missing, kept.collection.paintings) == (0, 5)
    assert states(capsys) == [("healthy", "current")]
    forbid_workers(monkeypatch)
    assert run() == 0
    assert capsys.readouterr().out.split() == ["healthy", "unchanged"]


def test_the_split_for_tuning_shares_paintings_and_pictures(workspace: Workspace, run: Run) -> None:
    pull(workspace)
    assert run(on="hall-dev") == 0
    kept = Store(workspace.leaderboard).result("hall-dev", "healthy")
    assert kept is not None and kept.pictures == find(NAME, workspace).pictures()
    assert (kept.collection.paintings, kept.queries.queries) == (5, 1)


def test_without_pictures_a_run_is_one_line(run: Run) -> None:
    with pytest.raises(BadInput) as caught:
        run()
    assert str(caught.value) == "hall: its pictures are not here; cimaise collection pull hall"


def test_all_that_needs_no_pictures_is_had_in_a_clone(
    workspace: Workspace, run: Run, capsys: Shown, tmp_path: Path
) -> None:
    pull(workspace)
    run()
    capsys.readouterr()
    (workspace.cache / "pictures").rename(tmp_path / "away")
    before = Store(workspace.leaderboard).result_path(NAME, "healthy").read_bytes()
    assert run(on=None) == 0
    assert capsys.readouterr().err == (
        "hall: its pictures are not here, so its published results stand; "
        "cimaise collection pull hall\n"
    )
    showing.show(NAME, as_json=False)
    assert "hall: 5 paintings, pictures from mirror, 512 px (not here), 2 queries" in (
        capsys.readouterr().out
    )
    assert scoring.score(None, NAME) == 0
    assert Store(workspace.leaderboard).result_path(NAME, "healthy").read_bytes() == before
    exchange.export(NAME, tmp_path / "trec", tmp_path / "csv")
    assert (tmp_path / "trec" / "healthy.run").is_file()
    galleries.info(NAME, as_json=False)
    galleries.verify(NAME)
    assert capsys.readouterr().out.endswith(
        "hall: 5 paintings; its pictures are not here (cimaise collection pull hall); queries and "
        "grades valid\n"
    )


def test_another_source_is_encoded_anew_and_never_ranked_beside(
    workspace: Workspace, run: Run, capsys: Shown
) -> None:
    (workspace.submissions / "healthy").rename(workspace.submissions / "first")
    manifest = workspace.submissions / "first" / "submission.toml"
    manifest.write_text(manifest.read_text().replace("healthy", "first"))
    make_submission(workspace.submissions / "second")
    pull(workspace)
    run()
    pull(workspace, COMMONS, seed=50)
    reason = "on pictures from mirror, 512 px, not from Commons, 500 px"
    assert states(capsys) == [("first", reason), ("second", reason)]
    with pytest.raises(BadInput, match=f"first: its result is stale: {reason}; cimaise run"):
        comparing.compare("first", "second", "ndcg@10", NAME, as_json=False)
    assert run("first") == 0
    assert capsys.readouterr().out.split()[:2] == ["first", "scored"]
    assert states(capsys) == [("first", "current"), ("second", reason)]
    pull(workspace)
    assert states(capsys)[0] == ("second", "current")


def test_a_clone_ranks_those_of_the_source_that_most_results_are_on(
    workspace: Workspace, run: Run, capsys: Shown, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        make_submission(workspace.submissions / name)
    pull(workspace, COMMONS, seed=50)
    run()
    pull(workspace)
    run("a")
    (workspace.cache / "pictures").rename(tmp_path / "away")
    assert sorted(states(capsys)) == [
        ("a", "on pictures from mirror, 512 px, not from Commons, 500 px"),
        ("b", "current"),
        ("healthy", "current"),
    ]


def test_pictures_that_differ_are_others_whatever_they_are_called(
    workspace: Workspace, run: Run, capsys: Shown
) -> None:
    pull(workspace)
    run()
    pull(workspace, MIRROR, seed=50)
    assert states(capsys) == [("healthy", "on other pictures from mirror, 512 px")]


def test_missing_pictures_are_refused(workspace: Workspace, run: Run, capsys: Shown) -> None:
    pull(workspace, of=IDS[:3])
    with pytest.raises(BadInput) as caught:
        run()
    assert str(caught.value) == (
        "hall: 2 of its pictures are missing; cimaise collection pull hall, or --partial"
    )
    assert run(on=None) == 0
    assert "hall: 2 of its pictures are missing, so its published results stand; cimaise" in (
        capsys.readouterr().err
    )
    assert not workspace.leaderboard.exists()


def test_a_partial_result_is_marked_and_has_no_place(
    workspace: Workspace, run: Run, capsys: Shown, tmp_path: Path
) -> None:
    pull(workspace)
    run()
    before = Store(workspace.leaderboard).result_path(NAME, "healthy").read_bytes()
    pull(workspace, of=("Q2", "Q4", "Q5"))
    capsys.readouterr()
    assert run(partial=True) == 0
    told = capsys.readouterr()
    assert told.out.split()[:2] == ["healthy", "scored"]
    assert told.err.endswith("without 2 of its pictures, so these results have no place on the "
                             "board\n")  # fmt: skip
    assert Store(workspace.leaderboard).result_path(NAME, "healthy").read_bytes() == before
    kept = Store(workspace.incomplete).result(NAME, "healthy")
    assert kept is not None and kept.pictures is not None
    assert (kept.pictures.missing, kept.collection.paintings, kept.collection.left_out) == (
        2,
        3,
        [],
    )
    found = Store(workspace.incomplete).run(NAME, "healthy")
    assert {name for ids in found.ids for name in ids} == {"Q2", "Q4", "Q5"}
    # The whole one stands as in a clone, for nothing whole can be said of what is here.
    assert states(capsys) == [("healthy", "current"), ("healthy", "without 2 of its pictures")]
    showing.show(NAME, as_json=False)
    assert "without 2 of its pictures: healthy; cimaise run --collection hall" in (
        capsys.readouterr().out
    )
    exchange.export(NAME, None, tmp_path / "csv")
    table = (tmp_path / "csv" / "table.csv").read_text()
    assert table.count("healthy") == 1 and "without" not in table
    assert run(partial=True) == 0
    assert capsys.readouterr().out.split()[-2:] == ["healthy", "unchanged"]


def test_a_committed_result_is_confirmed_by_sample(
    workspace: Workspace, run: Run, capsys: Shown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(plan, "SAMPLED_FROM", 0)
    pull(workspace)
    run()
    capsys.readouterr()
    before = Store(workspace.leaderboard).result_path(NAME, "healthy").read_bytes()
    (workspace.cache / "embeddings").rename(tmp_path / "away")
    assert run() == 0
    out = capsys.readouterr().out
    assert "confirmed  5 of 5 pictures, largest difference" in out
    assert Store(workspace.leaderboard).result_path(NAME, "healthy").read_bytes() == before


def test_a_picture_that_changed_since_is_left_out_and_named(
    workspace: Workspace, run: Run, capsys: Shown
) -> None:
    picture = pull(workspace) / "Q3.png"
    data = bytearray(picture.read_bytes())
    data[-20] ^= 1
    picture.write_bytes(data)
    with pytest.raises(BadInput, match=r"1 of 5 pictures are unreadable"):
        galleries.verify(NAME)
    assert "unreadable: Q3: is not the picture that was pulled" in capsys.readouterr().err
    assert run() == 1  # one of five is more than one in a hundred
    assert "such as Q3: is not the picture that was pulled" in capsys.readouterr().err


def test_what_list_info_and_verify_say(workspace: Workspace, capsys: Shown) -> None:
    def listed() -> str:
        galleries.list_all(as_json=True)
        return str(json.loads(capsys.readouterr().out)[0]["pictures"])

    assert listed() == "not here"
    pull(workspace)
    assert listed() == "mirror, 512 px"
    galleries.verify(NAME)
    assert capsys.readouterr().out == (
        "hall: 5 paintings, pictures from mirror, 512 px, as they were pulled; queries and grades "
        "valid\n"
    )
    galleries.info(NAME, as_json=True)
    shown = json.loads(capsys.readouterr().out)
    assert shown["pictures"] == "mirror, 512 px"
    assert shown["pictures' licences"] == {"Public domain": 4, "CC BY 4.0": 1}
    pull(workspace, COMMONS, of=IDS[:4])
    assert listed() == "Commons, 500 px, 1 missing"
    galleries.verify(NAME)
    assert capsys.readouterr().out == (
        "hall: 5 paintings, pictures from Commons, 500 px, as they were pulled; 1 of its pictures "
        "are missing (cimaise collection pull hall); queries and grades valid\n"
    )


def test_search_does_without_what_is_missing(workspace: Workspace, capsys: Shown) -> None:
    pull(workspace, of=IDS[1:])
    searching.search("a red field", "healthy", NAME, 10, True, "cpu", True)
    found = json.loads(capsys.readouterr().out)["found"]
    assert {row["id"] for row in found} == set(IDS[1:])


def test_an_imported_run_is_on_the_pictures_that_are_here(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "their.run"
    file.write_text("q1 Q0 Q1 1 2.0 x\nq2 Q0 Q4 1 2.0 x\n")
    with pytest.raises(BadInput) as caught:
        exchange.import_run(file, "theirs", "", ["image"], NAME)
    assert str(caught.value) == (
        "hall: its pictures are not here, so that nobody knows which a run is on; "
        "cimaise collection pull hall"
    )
    pull(workspace)
    exchange.import_run(file, "theirs", "", ["image"], NAME)
    assert result(workspace, "theirs").pictures == find(NAME, workspace).pictures()


def test_all_boards_are_run_and_shown_in_their_order(
    workspace: Workspace, hall: Path, run: Run, capsys: Shown
) -> None:
    """`cellar` is a second published one, whose pictures lie in its folder."""
    cellar = hall.parent / "cellar"
    make_gallery(cellar)
    (cellar / "collection.toml").write_text(
        'name = "cellar"\ntitle = "The cellar"\nlicence = "CC0-1.0"\njudgments = "complete"\n'
        'board = 2\nprivate = ["metadata.jsonl"]\n'
    )
    (cellar / "pins.json").write_text("{}")
    (workspace.queries / "colours").rename(workspace.queries / "cellar")
    make_submission(workspace.submissions / "constant", CONSTANT)
    with pytest.raises(BadInput) as caught:
        showing.show(None, as_json=False)
    assert str(caught.value) == "board: has no results; cimaise run"
    assert run(on=None) == 0
    assert "so its published results stand" in capsys.readouterr().err
    pull(workspace)
    assert run("healthy", on=None) == 0
    capsys.readouterr()
    showing.show(None, as_json=False)
    lines = capsys.readouterr().out.splitlines()
    heads = [line for line in lines if line.endswith(("Five colours, pulled", "The cellar"))]
    assert heads == ["hall: Five colours, pulled", "cellar: The cellar"]
    showing.show(None, as_json=True)
    shown = json.loads(capsys.readouterr().out)
    assert [one["collection"]["name"] for one in shown] == ["hall", "cellar"]
    assert [one["collection"]["pictures"] is None for one in shown] == [False, True]
