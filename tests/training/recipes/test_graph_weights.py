from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.graph_search import thesaurus
from benchmark.graph_search.weights import GUESS, read
from benchmark.training.graph_trial import trials
from benchmark.training.recipe import Job
from benchmark.training.train import train
from tests.training.conftest import Make, graph, quiet


def trained(make: Make, tmp_path: Path) -> Path:
    return train(graph(make), tmp_path / "cache", "cpu", quiet)


def refusal(folder: Path, tmp_path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        train(folder, tmp_path / "cache", "cpu", quiet)
    said = str(caught.value)
    assert "\n" not in said
    assert read(folder / "weights.json") == GUESS
    return said.replace(f"{folder.parent}/", "")


def test_the_weight_that_finds_more_is_learned_and_no_other(make: Make, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    path = trained(make, tmp_path)
    assert path.name == "weights.json"
    wins = GUESS.expansion | {"attribute": 2.0}
    assert read(path) == GUESS.model_copy(update={"expansion": wins})
    log = json.loads((path.parent / "training.json").read_text())
    # the saint stood before the lion: 1 / log2(3) of the best, in one topic of three
    assert log == {
        "collections": ["tiny-dev"],
        "ndcg@10": [0.877, 1.0, 1.0],
        "each": {"tiny-dev": 1.0},
    }


def test_the_same_recipe_learns_the_same(make: Make, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    path = trained(make, tmp_path)
    first = path.read_bytes()
    train(path.parent, tmp_path / "cache", "cpu", quiet)
    assert path.read_bytes() == first


def test_topics_of_a_test_are_refused(make: Make, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    folder = graph(make, '["tiny"]')
    assert refusal(folder, tmp_path) == (
        "graph/recipe.toml: collections: 'tiny' is not for tuning; tiny-dev"
    )


def test_a_test_by_another_name_is_refused_too(make: Make, tmp_path: Path) -> None:
    """Regression: a folder called NAME-dev was taken for the split for tuning."""
    (tmp_path / "cache").mkdir()
    folder = graph(make)
    (tmp_path / "tiny").rename(tmp_path / "tiny-dev")
    recipe = folder / "recipe.toml"
    recipe.write_text(recipe.read_text().replace("tiny-dev", f"{tmp_path}/tiny-dev"))
    assert "-dev' is not for tuning" in refusal(folder, tmp_path)


def test_a_collection_without_a_graph_is_refused(make: Make, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    folder = graph(make)
    declared = tmp_path / "tiny" / "collection.toml"
    declared.write_text(declared.read_text().partition("[graph]")[0])
    assert refusal(folder, tmp_path) == (
        "graph/recipe.toml: collections: 'tiny-dev' has no catalogue graph"
    )


def test_a_submission_of_another_kind_is_refused(make: Make, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    folder = graph(make)
    other = make("other")
    (other / "recipe.toml").write_text((folder / "recipe.toml").read_text())
    with pytest.raises(BadInput, match=r'model\.adapter: is no graph search; adapter = "graph"'):
        train(other, tmp_path / "cache", "cpu", quiet)


def test_a_trial_is_the_mean_over_topics(make: Make, tmp_path: Path) -> None:
    folder = graph(make)
    job = Job(folder, tmp_path / "cache", "cpu", quiet)
    (one,) = trials(job, ["tiny-dev"], thesaurus.read(folder / "thesaurus.csv"))
    assert one.paintings == ("p-church", "p-hound", "p-jerome", "p-lion")
    assert one.ndcg(GUESS) == pytest.approx((1 + 1 + 0.63093) / 3, abs=1e-5)
    nothing = GUESS.model_copy(update={"expansion": dict.fromkeys(GUESS.expansion, 0.0)})
    assert one.ndcg(nothing) == 0
