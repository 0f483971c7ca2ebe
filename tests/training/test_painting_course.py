from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from benchmark.training import lesson
from benchmark.training.models import Model
from benchmark.training.painting_course import PaintingCourse
from benchmark.training.recipe import Job
from benchmark.training.recipes.fine_tuning import FineTuning
from tests.training import described
from tests.training.conftest import Make, quiet, untrained

Course = Callable[..., PaintingCourse]


@pytest.fixture
def course(make: Make, drawn: Path) -> Course:
    """Of a model drawn at random, on the twelve described pictures."""
    folder = untrained(make("base"))
    described.queries(folder.parents[1] / "queries")
    pictures = described.pictures(folder.parents[1] / "pictures")

    def made(augment: bool = False, **table: Any) -> PaintingCourse:
        told = {"captions": 0.0, "lines": 0.0, "requests": 9, "dev": 4, **table}
        recipe = FineTuning.model_validate(
            {"tune": "projections", "paintings": told, "augment": augment, "batch": 8, "steps": 1,
             "learning_rate": 1e-3, "warm_up": 0, "weight_decay": 0}
        )  # fmt: skip
        assert recipe.paintings is not None
        job = Job(folder, drawn, "cpu", quiet, pictures)
        return PaintingCourse(job, recipe, recipe.paintings, Model.trained(folder, CPU))

    return made


CPU = torch.device("cpu")


def heard(course: PaintingCourse, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the loss of twelve steps was asked of: (tokens, pixels, fits)."""
    found: list[Any] = []

    def noted(model: Model, *given: torch.Tensor) -> torch.Tensor:
        found.append(given)
        return lesson.contrast(model, *given)

    monkeypatch.setattr("benchmark.training.painting_course.contrast", noted)
    assert all(torch.isfinite(course.loss_at(step)) for step in range(12))
    return found


def test_a_step_shows_paintings_that_are_learned_from_as_the_model_would_be_shown_them(
    course: Course, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    held_out = np.random.default_rng(0).permutation(12)[:4]
    paths = [tmp_path / "pictures" / f"{n}.png" for n in range(12) if n not in held_out]
    ours = [
        np.asarray(Image.open(path).resize((64, 64), Image.Resampling.BICUBIC)) for path in paths
    ]
    wanted = torch.tensor(np.stack(ours)).permute(0, 3, 1, 2) / 255
    for tokens, shown, fits in heard(course(), monkeypatch):
        assert len(shown) == 8 and fits.shape == (len(tokens), 8)
        nearest = [(one - wanted).abs().flatten(1).max(1).values.min() for one in shown]
        assert max(nearest) < 1e-6


def test_captions_fit_their_own_and_requests_whatever_answers(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    for tokens, _, fits in heard(course(captions=1.0), monkeypatch):
        assert len(tokens) == 8 and torch.equal(fits, torch.eye(8))
    asked = heard(course(), monkeypatch)
    assert all(len(tokens) == 9 for tokens, _, _ in asked)
    assert max(fits.max() for _, _, fits in asked) == 2
    assert any((fits > 0).sum(1).max() > 1 for _, _, fits in asked)


def test_one_step_is_one_batch_and_views_are_by_chance(course: Course) -> None:
    one, same, other = (course(augment=augment) for augment in (True, True, False))
    with torch.no_grad():
        losses = [[each.loss_at(step).item() for step in range(3)] for each in (one, same, other)]
    assert losses[0] == losses[1] != losses[2]
    assert one.made_of == same.made_of


def test_before_tuning_nothing_is_gained(course: Course) -> None:
    some = course(dev=8)
    told = some.told()
    assert told["paintings"] == 4
    assert told["asked"]["own"] == {"texts": 4, "paintings": 8}
    assert set(told["ndcg@10_before"]) == {"own", "everything_else"}
    assert told["ndcg@10_before"] == told["ndcg@10_after"]
    assert {gain["mean"] for gain in told["ndcg@10_gain"].values()} == {0.0}
    assert some.worth() == pytest.approx(np.prod(list(told["ndcg@10_after"].values())))


@pytest.mark.parametrize("dev", [0, 1])
def test_where_too_little_is_held_out_scenes_alone_are_asked_for(course: Course, dev: int) -> None:
    told = course(dev=dev).told()
    assert told["paintings"] == 12 - dev
    assert set(told["asked"]) == set(told["ndcg@10_after"]) == {"everything_else"}
