"""The commands as a person types them, read by exit code and output."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from itertools import pairwise
from pathlib import Path

import pytest

from benchmark.cli import main
from benchmark.commands import console
from benchmark.harness.isolation import walls
from benchmark.plugins import modules
from benchmark.workspace import Workspace
from tests.conftest import compiled

ROOT = Path(__file__).parent.parent.parent


Done = subprocess.CompletedProcess[str]


def cimaise(*words: str, at: Path, columns: int = 80) -> Done:
    """In a process of its own, as it is meant to be."""
    return subprocess.run(
        [sys.executable, "-m", "benchmark", *trusting(words)],
        cwd=at,
        env={
            "PYTHONPATH": str(ROOT),
            "PATH": "/usr/bin:/bin",
            "HOME": str(at),
            "COLUMNS": str(columns),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def called(*words: str, at: Path, columns: int = 80) -> Done:
    """In this process, where all is imported and compiled already."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(at)
        patch.setattr(sys, "argv", ["cimaise", *trusting(words)])
        patch.setattr(console.out, "_width", columns)
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
    return Done(words, code, out.getvalue(), err.getvalue())


def trusting(words: tuple[str, ...]) -> tuple[str, ...]:
    if words and words[0] in ("run", "check", "search") and walls.missing():
        return (*words, "--trust-code")
    return words


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what `cimaise` needs of the repository, with the cheap submissions only."""
    at = tmp_path_factory.mktemp("checkout")
    for name in ("chance", "palette-words", "title-bm25"):
        shutil.copytree(ROOT / "submissions" / name, at / "submissions" / name)
    shutil.copytree(ROOT / "queries", at / "queries")
    return at


@pytest.fixture(scope="module")
def scored(checkout: Path) -> Path:
    compiled(Workspace(checkout))
    done = cimaise("run", "--no-costs", at=checkout)
    assert done.returncode == 0, done.stderr
    assert re.findall(r"^(\S+) +scored +ndcg@10 0\.\d{3}$", done.stdout, re.M) == [
        "chance",
        "palette-words",
        "title-bm25",
    ]
    return checkout


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from benchmark.cli import app; from typer.testing import CliRunner; "
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0; "
        "print([m for m in ('torch', 'numpy', 'datasets', 'pydantic', 'ranx') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]", done.stderr


def test_second_run_has_nothing_to_do(scored: Path) -> None:
    done = cimaise("run", "--no-costs", at=scored)
    assert done.returncode == 0
    assert re.findall(r"^(\S+) +(\S+)", done.stdout, re.M) == [
        ("chance", "unchanged"),
        ("palette-words", "unchanged"),
        ("title-bm25", "unchanged"),
    ]


def test_show_as_json_has_the_fixed_shape(scored: Path) -> None:
    shown = json.loads(called("show", "--json", "-c", "atelier", at=scored).stdout)
    assert shown["collection"]["name"] == "atelier"
    assert shown["collection"]["paintings"] == 2_000
    names = [row["name"] for row in shown["rows"]]
    assert sorted(names) == ["chance", "palette-words", "title-bm25"]
    means = [row["measures"]["ndcg@10"]["mean"] for row in shown["rows"]]
    assert means == sorted(means, reverse=True)
    for row in shown["rows"]:
        assert {"name", "role", "teacher", "inputs", "measures", "cost"} <= row.keys()
        low, mean, high = (row["measures"]["ndcg@10"][key] for key in ("low", "mean", "high"))
        assert low <= mean <= high


def test_show_fits_eighty_columns(scored: Path) -> None:
    lines = cimaise("show", "-c", "atelier", at=scored).stdout.splitlines()
    assert "…" not in lines[0]
    assert all(len(line) <= 80 for line in lines[:4])


def test_show_never_cuts_a_figure() -> None:
    """Regression: beside long names intervals and costs lost their last digits."""
    shown = called("show", "-c", "atelier", at=ROOT).stdout.splitlines()
    ends = next(number for number, line in enumerate(shown) if ": " in line and number > 1)
    table = "\n".join(shown[:ends])
    assert "…" not in table
    assert all(len(line) <= 80 for line in shown[:ends])
    names = "".join(line.split(" ")[0] for line in table.splitlines())  # broken at hyphens
    assert "atelier-student-distilled-int8" in names and "title-bm25" in names


def test_show_leaves_no_name_out_of_a_very_narrow_window() -> None:
    shown = called("show", "-c", "atelier", at=ROOT, columns=50).stdout.splitlines()
    first = [line.split()[0] for line in shown if line and not line.startswith("Stale")]
    assert first[0] == "submission"
    whole = {before + after for before, after in pairwise(first)}
    assert {"atelier-teacher", "graph-teacher"} <= whole


def test_show_sets_apart_what_waits_for_a_hub() -> None:
    board = called("show", "-c", "atelier", at=ROOT, columns=200).stdout
    assert "clip-vit-h-14-laion2b" not in board
    assert " more wait for a machine with the hub, and have no figures here: cimaise run" in board
    found = json.loads(called("show", "--json", "-c", "atelier", at=ROOT).stdout)
    names = {one["name"] for one in found["waiting"]}
    assert "clip-vit-h-14-laion2b" in names
    assert names.isdisjoint(row["name"] for row in found["rows"])


def test_chance_is_below_palette_words_and_titles(scored: Path) -> None:
    """The hand-made baselines must find something, or the queries ask for nothing."""
    shown = json.loads(called("show", "--json", "-c", "atelier", at=scored).stdout)
    means = {row["name"]: row["measures"]["ndcg@10"]["mean"] for row in shown["rows"]}
    assert means["chance"] < means["palette-words"]
    assert means["chance"] < means["title-bm25"] < 0.75


def test_compare_gives_a_test_and_categories(scored: Path) -> None:
    done = called("compare", "title-bm25", "chance", "--json", at=scored)
    found = json.loads(done.stdout)
    assert found["difference"]["mean"] == pytest.approx(found["title-bm25"] - found["chance"])
    assert 0 < found["p"] <= 1
    assert sum(found["better"].values()) <= found["topics"]


def test_score_repeats_stored_scores(scored: Path) -> None:
    before = called("show", "--json", "-c", "atelier", at=scored).stdout
    done = called("score", at=scored)
    assert done.returncode == 0, done.stderr
    strip = re.compile(r'"load_s".*')
    assert strip.sub("", called("show", "--json", "-c", "atelier", at=scored).stdout) == strip.sub(
        "", before
    )


def test_exported_and_imported_again_it_is_the_same(scored: Path) -> None:
    done = called("export", "--trec", "out/trec", "--csv", "out/csv", at=scored)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "out/trec: qrels.txt and 3 runs\nout/csv: table.csv and per-query.csv\n"
    table = (scored / "out/csv/table.csv").read_text().splitlines()
    assert len(table) == 4 and table[0].startswith("best_place,worst_place,state,submission,")
    values = (scored / "out/csv/per-query.csv").read_text().splitlines()
    assert values[0] == "submission,query_id,measure,value" and len(values) > 10_000
    words = ("import-run", "out/trec/title-bm25.run", "--name", "again", "--inputs", "metadata")
    done = called(*words, at=scored)
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"again  ndcg@10 0\.\d{3} \(.*\), \d+ of 632 queries\n", done.stdout)
    rows = json.loads(called("show", "--json", "-c", "atelier", at=scored).stdout)["rows"]
    found = {row["name"]: row for row in rows}
    assert found["again"]["measures"] == found["title-bm25"]["measures"]
    assert found["again"]["role"] == "run only"
    assert found["again"]["cost"]["parameters"] == {}
    assert called("score", "again", at=scored).returncode == 0
    for path in (scored / "leaderboard").glob("*/atelier/again.*"):
        path.unlink()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("export",), "error: cimaise export: writes nothing; add --trec DIR or --csv DIR"),
        (("import-run", "no.run", "--name", "x"), "error: no.run: is no file"),
        (
            ("import-run", "no.run", "--name", "chance"),
            "error: --name: 'chance' is a submission; choose another",
        ),
        (
            ("import-run", "no.run", "--name", "A b"),
            "error: --name: 'A b'; small letters, digits and hyphens",
        ),
        (
            ("import-run", "no.run", "--name", "x", "--inputs", "sound"),
            "error: --inputs: 'sound' is unknown; image, metadata, graph",
        ),
    ],
)
def test_bad_exchange_is_one_line(scored: Path, words: tuple[str, ...], message: str) -> None:
    done = called(*words, at=scored)
    assert (done.returncode, done.stderr) == (2, message + "\n")


def test_search_finds_paintings(scored: Path) -> None:
    words = ("search", "a red boat", "--submission", "palette-words", "-k", "3", "--json")
    found = json.loads(called(*words, at=scored).stdout)["found"]
    assert [row["rank"] for row in found] == [1, 2, 3]
    assert all(row["id"].startswith("atl") for row in found)


@pytest.mark.parametrize(
    "adapter",
    [
        pytest.param(name, marks=() if name == "python" else pytest.mark.slow)
        for name in modules("benchmark.adapters")
    ],
)
def test_a_new_submission_passes_check(scored: Path, adapter: str) -> None:
    name = f"mine-{adapter.replace('_', '-')}"
    made = called("new", name, "--adapter", adapter, at=scored)
    try:
        assert made.returncode == 0, made.stderr
        checked = called("check", name, at=scored)
        assert checked.returncode == 0, checked.stderr
        assert f"{name} keeps the protocol" in checked.stdout
    finally:
        shutil.rmtree(scored / "submissions" / name)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("run", "nobody"), "error: nobody: no such submission in "),
        (("run", "-c", "nowhere"), "error: --collection nowhere: no such collection or folder; "),
        (("check", "nobody"), "error: nobody: no such submission in "),
        (("new", "chance"), "is there already; choose another name"),
        (("new", "Bad Name"), "error: Bad Name: is no name; use small letters, digits and hyphens"),
        (("new", "x", "--adapter", "keras"), "error: --adapter: 'keras' is unknown; use "),
        (("compare", "chance", "nobody"), "error: nobody: has no result on atelier; "),
        (("compare", "chance", "chance", "--measure", "f1"), "error: --measure: 'f1' is unknown; "),
        (("search", " ", "--submission", "chance"), "error: TEXT: is empty; "),
        (("train", "chance"), "recipe.toml: missing; "),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    scored: Path, words: tuple[str, ...], line: str
) -> None:
    done = called(*words, at=scored)
    assert done.returncode == 2
    assert line in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr


def test_outside_a_checkout_says_so(tmp_path: Path) -> None:
    done = cimaise("run", at=tmp_path)
    assert done.returncode == 2
    assert "no submissions/ and queries/ here or above" in done.stderr


def test_a_failing_submission_costs_exit_code_1_and_nothing_else(scored: Path) -> None:
    folder = scored / "submissions" / "broken"
    shutil.copytree(scored / "submissions" / "chance", folder)
    manifest = (folder / "submission.toml").read_text().replace('"chance"', '"broken"')
    (folder / "submission.toml").write_text(manifest)
    (folder / "encoder.py").write_text("raise RuntimeError('no luck')\n")
    try:
        done = called("run", "--no-costs", at=scored)
        assert done.returncode == 1
        assert "RuntimeError: no luck (encoder.py, line 1)" in done.stderr
        assert "Traceback" not in done.stderr
        assert "title-bm25     unchanged" in done.stdout
        assert not (scored / "leaderboard/results/atelier/broken.json").exists()
    finally:
        shutil.rmtree(folder)


def test_collection_info_and_verify(scored: Path) -> None:
    info = json.loads(called("collection", "info", "--json", at=scored).stdout)
    assert (info["paintings"], info["queries"], info["topics"]) == (2_000, 632, 316)
    assert info["unanswered"] == []
    verified = called("collection", "verify", "atelier-dev", at=scored)
    said = "atelier-dev: 500 paintings, all readable; queries and grades valid\n"
    assert verified.stdout == said


def test_collection_render_draws_training_pictures(scored: Path, tmp_path: Path) -> None:
    folder = tmp_path / "train"
    done = called("collection", "render", "--count", "5", "--to", str(folder), at=scored)
    assert done.returncode == 0, done.stderr
    assert str(folder / "metadata.jsonl") in done.stdout.replace("\n", "")
    assert len((folder / "metadata.jsonl").read_text(encoding="utf-8").splitlines()) == 5
    assert len(list(folder.rglob("*.jpg"))) == 5


def test_the_galleries_themselves_are_not_rendered(scored: Path) -> None:
    refused = called("collection", "render", "--split", "test", at=scored)
    assert refused.returncode == 2
    assert refused.stderr == (
        "error: --split test: only train can be drawn; test and dev hang as they are\n"
    )


def test_cache_info_and_clear(scored: Path) -> None:
    info = json.loads(called("cache", "info", "--json", at=scored).stdout)
    assert info["bytes"]["embeddings"] > 0
    refused = called("cache", "clear", "everything", at=scored)
    assert refused.returncode == 2
    assert refused.stderr.startswith("error: everything: no such part of the cache; there are: ")
    cleared = called("cache", "clear", "pairs", at=scored)
    assert cleared.stdout == "pairs: 0 bytes removed\n"
    assert "encoded pictures and texts" in called("cache", "info", at=scored).stdout
