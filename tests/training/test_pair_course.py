from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from PIL import Image

from benchmark.training import pair_course
from benchmark.training.models import Model
from benchmark.training.pair_course import PairCourse
from benchmark.training.recipe import Job
from benchmark.training.recipes.fine_tuning import FineTuning
from tests.training.conftest import Make, quiet, untrained

RECIPE = FineTuning(
    tune="projections", batch=8, steps=1, learning_rate=1e-3, warm_up=0, weight_decay=0
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Twenty pictures with titles."""
    rows = []
    for n in range(20):
        Image.new("RGB", (8, 6), (10 * n, 0, 0)).save(tmp_path / f"{n}.png")
        rows.append({"file_name": f"{n}.png", "id": f"p{n}", "title": f"Red {n}"})
    (tmp_path / "metadata.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    return tmp_path


def test_pairs_of_ones_own_are_in_three_parts_and_chosen_by_the_second(
    make: Make, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = untrained(make("base"))
    model = Model.trained(folder, torch.device("cpu"))
    course = PairCourse(Job(folder, own / "cache", "cpu", quiet, own), RECIPE, model)
    told = course.told()
    assert told["pairs"] == {"train": 14, "validation": 3, "test": 3}
    assert told["top_1_before"] == told["top_1_after"]
    assert set(told) == {"pairs", "top_1_before", "top_1_after"}  # nothing is known to ask for
    assert torch.isfinite(course.loss_at(0)) and len(course.made_of) == 1
    monkeypatch.setattr(pair_course, "top_1", lambda model, pairs, rows: len(rows))
    assert course.worth() == 3
