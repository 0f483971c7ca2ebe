from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from benchmark.training.models import Model
from benchmark.training.rendered_pairs import Pairs
from benchmark.training.targets import stored
from benchmark.training.train import train
from tests.training.conftest import Make, Trained, quiet


@pytest.fixture
def teacher(trained: Trained) -> Path:
    return trained("teacher", steps=2)


@pytest.mark.slow
def test_targets_are_asked_for_once_and_follow_the_rows(
    teacher: Path, pairs: Pairs, tmp_path: Path
) -> None:
    model = Model(teacher, torch.device("cpu")).restore()
    model.net.eval()
    asked: list[int] = []
    rows = stored(model, pairs, tmp_path, lambda done, of: asked.append(done))
    assert rows.shape == (128, 32)
    assert asked[-1] == 128
    pixels = torch.from_numpy(pairs.pictures(64)).permute(0, 3, 1, 2) / 255
    with torch.no_grad():
        straight, turned = model.pictures(pixels[:3]), model.pictures(pixels[:3].flip(3))
    np.testing.assert_allclose(rows[:3], straight, atol=0.02)  # half precision
    np.testing.assert_allclose(rows[64:67], turned, atol=0.02)
    again = stored(model, pairs, tmp_path, lambda done, of: pytest.fail("asked again"))
    np.testing.assert_array_equal(again, rows)


@pytest.mark.slow
@pytest.mark.parametrize("term", ["feature", "affinity", "interactive"])
def test_each_term_can_be_switched_on_alone_and_is_learned(
    teacher: Path, make: Make, trained: Trained, drawn: Path, term: str
) -> None:
    table = f'[distillation]\nteachers = ["teacher"]\n{term} = 3.0\n'
    student = make(
        "student", vocabulary=None, tokenizer="teacher", steps=25, tables=table, learning_rate=3e-3
    )
    stages: set[str] = set()
    train(student, drawn, "cpu", lambda stage, done, of: stages.add(stage))
    assert "asking the teacher" in stages or list((drawn / "targets").iterdir())
    alone = trained("alone", vocabulary=None, tokenizer="teacher", steps=25, learning_rate=3e-3)
    taught, plain = (
        np.array(json.loads((folder / "training.json").read_text())["loss_every_1_steps"])
        for folder in (student, alone)
    )
    # The same seed and batches: what the taught one has more of is the teacher's term.
    term = taught - plain
    assert term[0] > 0.05
    assert term[-5:].mean() < term[:5].mean()


@pytest.mark.slow
def test_a_student_can_begin_as_its_teacher(teacher: Path, make: Make, drawn: Path) -> None:
    heir = make("heir", vocabulary=None, tokenizer="teacher", inherit="teacher", steps=1,
                learning_rate=1e-9)  # fmt: skip
    train(heir, drawn, "cpu", quiet)
    theirs = Model(teacher, torch.device("cpu")).restore().net.state_dict()
    ours = Model(heir, torch.device("cpu")).restore().net.state_dict()
    for name in ("text.text_projection", "visual.head.proj.weight"):
        torch.testing.assert_close(ours[name], theirs[name], atol=1e-3, rtol=1e-2)
