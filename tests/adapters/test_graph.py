from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmark.abilities import Encoder, Explainer, GraphReader, Searcher
from benchmark.adapters import adapters, count, load
from benchmark.adapters.graph import GraphSearch, words
from benchmark.commands.scaffold import scaffold
from benchmark.errors import BadInput
from benchmark.graph_search.thesaurus import own
from benchmark.graph_search.weights import GUESS
from benchmark.submission import load as load_submission
from tests.manifests import refusal

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What `cimaise new mine --adapter graph` writes."""
    scaffold(tmp_path / "mine", "graph")
    return tmp_path / "mine"


def loading(folder: Path) -> str:
    """The one line with which its model is refused."""
    with pytest.raises(BadInput) as caught:
        load(folder, load_submission(folder).own_model, None, "cpu")
    assert "\n" not in str(caught.value)
    return str(caught.value).replace(f"{folder.parent}/", "")


def test_what_is_started_is_a_searcher_by_the_graph_and_knows_its_size(folder: Path) -> None:
    submission = load_submission(folder)
    assert submission.inputs == ["graph"]
    found = load(folder, submission.own_model, None, "cpu")
    assert isinstance(found, GraphReader) and isinstance(found, Searcher)
    assert isinstance(found, Explainer) and not isinstance(found, Encoder)
    parameters, size = count(folder, submission.own_model, None)
    assert parameters == {"text": 22}
    assert GUESS.count == 6 + 7 + 5 + 4 == 22
    assert size == (folder / "weights.json").stat().st_size


def test_what_the_manifest_names_must_lie_there(folder: Path) -> None:
    (folder / "thesaurus.csv").rename(folder / "words.csv")
    assert refusal(folder) == (
        "mine/submission.toml: model.thesaurus: 'thesaurus.csv' is not in the folder; add it, or "
        "mend the name"
    )
    manifest = folder / "submission.toml"
    manifest.write_text(manifest.read_text().replace('"thesaurus.csv"', '"words.csv"'))
    load_submission(folder)
    (folder / "weights.json").unlink()
    assert refusal(folder) == (
        "mine/submission.toml: model.weights: 'weights.json' is not in the folder; add it, or "
        "mend the name"
    )


def test_without_one_of_its_own_it_has_the_thesaurus_of_this_project(folder: Path) -> None:
    manifest = folder / "submission.toml"
    manifest.write_text(manifest.read_text().replace('thesaurus = "thesaurus.csv"\n', ""))
    (folder / "thesaurus.csv").unlink()
    table = load_submission(folder).own_model
    assert isinstance(table, GraphSearch)
    assert words(folder, table) is own()
    assert load(folder, table, None, "cpu")


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("word,en,fr\n", "mine/thesaurus.csv: has other columns; name them concept,broader,en,fr"),
        (
            "concept,broader,en,fr\ndog,animal,dog,chien\n",
            "mine/thesaurus.csv: 'dog': broader 'animal' has no row; add it",
        ),
    ],
)
def test_a_wrong_thesaurus_is_refused_with_the_folder(folder: Path, table: str, line: str) -> None:
    (folder / "thesaurus.csv").write_text(table)
    assert refusal(folder) == line


def _lacks(weights: dict[str, Any]) -> None:
    del weights["how"]["name"]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (_lacks, "how: lacks 'name'; add it"),
        (lambda w: w.pop("date"), "date: missing; add it"),
        (
            lambda w: w.update(title=-0.5),
            "title: Input should be greater than or equal to 0, not -0.5",
        ),
        (
            lambda w: w["kind"].update(creator=-1),
            "kind.creator: Input should be greater than or equal to 0, not -1",
        ),
        (
            lambda w: w["kind"].update(creator=11),
            "kind.creator: Input should be less than or equal to 10, not 11",
        ),
    ],
)
def test_wrong_weights_are_one_line(folder: Path, change: Change, line: str) -> None:
    path = folder / "weights.json"
    weights = json.loads(path.read_text())
    change(weights)
    path.write_text(json.dumps(weights))
    assert loading(folder) == f"mine/weights.json: {line}"


@pytest.mark.parametrize("name", ["helper.py", "run.sh", "model.pt", "more.ttl"])
def test_what_is_not_known_to_be_data_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_text("x = 1\n")
    assert refusal(folder).startswith(f"mine/{name}: ")


def test_its_folder_brings_no_code() -> None:
    assert adapters()["graph"].declared is not None
