"""Whatever a submission or a collection says, the terminal is only read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmark.collections.registry import find
from benchmark.commands import checking, comparing, console, galleries, scoring, showing
from benchmark.errors import HIDDEN, BadInput, plain
from benchmark.harness.evaluation.run import Outcome
from benchmark.harness.selftest.verdicts import Check
from benchmark.results.store import Store
from benchmark.workspace import Workspace
from tests.conftest import make_gallery, write_lines, write_queries
from tests.results.made import COST, RUN, SCORES, as_now, result

pytestmark = pytest.mark.usefixtures("inside")
SAID = [
    "[/]",
    "[red]x",
    "[link=https://x.example]x[/link]",
    ":smile:",
    "\x1b[2J\x1b]0;title\x07",
    "\x9b31m\x7f",
    "\u202etxt.exe\u2069",
    "x\nok  everything",
    "{task.total}",
]


@pytest.fixture(params=SAID)
def said(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def harmless(capsys: pytest.CaptureFixture[str], said: str) -> str:
    """What was printed, in which `said` stands as it is and nothing acts."""
    captured = capsys.readouterr()
    printed = captured.out + captured.err
    assert plain(said) in printed
    assert set(HIDDEN.findall(printed)) <= {"\n"}
    return printed


def store(workspace: Workspace, gallery: Path, said: str) -> None:
    """Results marked with what was said; their names are those of their files."""
    for name in ("x", "other"):
        one = result(name)
        about = one.about.model_copy(update={"inputs": [said]})
        hardware = COST.hardware.model_copy(update={"processor": said})
        cost = COST.model_copy(update={"marks": [said], "hardware": hardware})
        size = one.size.model_copy(update={"counted": name == "other"})
        told = one.model_copy(update={"about": about, "cost": cost, "size": size})
        place = find(str(gallery), workspace)
        Store(workspace.leaderboard).write(as_now(told, place), RUN, SCORES)


def test_show(
    workspace: Workspace, gallery: Path, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    store(workspace, gallery, said)
    showing.show(str(gallery), as_json=False)
    printed = harmless(capsys, said)
    assert "2.5*" in printed
    assert "* self-reported: the submission's own word, which is in no front." in printed
    showing.show(str(gallery), as_json=True)
    raw = capsys.readouterr().out
    assert set(HIDDEN.findall(raw)) <= {"\n"}
    rows = {row["name"]: row for row in json.loads(raw)["rows"]}
    assert rows["x"]["self_reported"] == ["parameters", "flops_per_picture"]
    assert rows["other"]["self_reported"] == ["flops_per_picture"]
    assert rows["x"]["cost"]["counted"] is False


def test_run(
    gallery: Path, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def outcomes(*_: object, **__: object) -> Iterator[Outcome]:
        yield Outcome("healthy", "scored", said)
        yield Outcome(said, "failed", said)

    monkeypatch.setattr("benchmark.harness.evaluation.run.run", outcomes)
    assert scoring.run(None, str(gallery), "cpu", False, True, False, False, False) == 1
    printed = harmless(capsys, said)
    assert f"healthy  scored     {plain(said)}\n" in printed
    assert f"failed: {plain(said)}: {plain(said)}\n" in printed


def test_check(
    said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def tried(*_: object) -> Iterator[Check]:
        yield Check(True, "", "loads", said)
        yield Check(False, "Encoder, texts", "emoji", f"{said} {'long ' * 20}")

    monkeypatch.setattr("benchmark.harness.selftest.selftest.selftest", tried)
    assert checking.check("healthy", "cpu", True) == 1
    printed = harmless(capsys, said)
    assert f"    ok      loads           {plain(said)}\n" in printed
    assert f"    failed  emoji           {plain(said)} long " in printed
    *report, blank, last = printed.splitlines()
    assert (blank, last) == ("", "failed  healthy: 1 of 2 checks")
    # Pasted into a pull request it is a block of code, in which nothing is a link or a name.
    assert all(line.startswith("    ") for line in report if line)
    assert max(map(len, report)) <= 80


def test_compare_and_info(
    workspace: Workspace, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Regression: brackets in a category were taken for markup and raised an error."""
    place = make_gallery(tmp_path / "other")
    asked = [{"_id": f"q{n}", "text": "x", "metadata": {"category": said}} for n in (1, 2)]
    write_queries(workspace.queries / "other", asked, {"q1": {"p-red": 3}, "q2": {"p-red": 3}})
    galleries.info(str(place), as_json=False)
    harmless(capsys, said)
    at = Store(workspace.leaderboard)
    for name in ("a", "b"):
        at.write(as_now(result(name), find(str(place), workspace)), RUN, SCORES)
    comparing.compare("a", "b", "", str(place), as_json=False)
    harmless(capsys, said)


def test_a_measure_without_values_is_named(workspace: Workspace, tmp_path: Path) -> None:
    """Regression: comparing by a measure that nobody has values of ended in a traceback."""
    place = make_gallery(tmp_path / "other")
    asked = [{"_id": f"q{n}", "text": "x"} for n in (1, 2)]
    write_queries(workspace.queries / "other", asked, {"q1": {"p-red": 3}, "q2": {"p-red": 3}})
    at = Store(workspace.leaderboard)
    scores = {name: values for name, values in SCORES.items() if name != "judged@10"}
    for name in ("a", "b"):
        at.write(as_now(result(name), find(str(place), workspace)), RUN, scores)
    with pytest.raises(BadInput, match=r"^--measure: a has no values of 'judged@10'; cimaise"):
        comparing.compare("a", "b", "judged@10", str(place), as_json=False)
    with pytest.raises(BadInput, match=r"^--measure: 'recall' is unknown; there are: ndcg@10, "):
        comparing.compare("a", "b", "recall", str(place), as_json=False)


def test_unreadable_pictures(said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    word = "".join(said.split())  # an id has no blanks
    write_lines(folder / "metadata.jsonl", [{"id": word, "file_name": "no.png"}])
    write_queries(Path("queries/broken"), [{"_id": "q", "text": "x"}], {"q": {word: 1}})
    with pytest.raises(Exception, match="1 of 1 pictures are unreadable"):
        galleries.verify(str(folder))
    assert f"unreadable: {plain(word)}: is missing" in harmless(capsys, word)


@pytest.mark.parametrize("terminal", [False, True])
def test_bars(
    said: str, terminal: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Regression: a stage named [/] ended the command with MarkupError."""
    monkeypatch.setattr(console, "_SHOWN_AFTER", -1.0)
    if terminal:
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setattr(console, "out", console._Inert())
    with console.bars() as progress:
        update = progress(said)
        update(said, 0, 3)
        update(said, 1, 3)
        console.out.print("a result")  # draws the bar anew
    captured = capsys.readouterr()
    printed = captured.out + captured.err
    assert f"{plain(said)}: {plain(said)}" in printed
    for found in ("\x1b[2J", "\x1b]", "\x9b", "\u202e", "x.example\x1b\\", "\nok "):
        assert found not in printed


def test_rows_of_search_are_read_only(said: str, capsys: pytest.CaptureFixture[str]) -> None:
    from rich.table import Table

    table: Any = Table("id", said, box=None)
    table.add_row(said, said)
    console.out.print(table)
    harmless(capsys, said)


@pytest.mark.parametrize("command", ["check", "run"])
def test_names_after_two_hyphens_are_names(command: str) -> None:
    from typer.testing import CliRunner

    from benchmark.cli import app

    done = CliRunner().invoke(app, [command, "--", "--help"])
    assert done.exit_code == 1
    assert "--help: no such submission in " in str(done.exception)
