from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmark.adapters import count
from benchmark.adapters import load as model_of
from benchmark.collections.atelier.training_scenes import training_pair
from benchmark.errors import BadInput
from benchmark.submission import load as submission_of
from benchmark.training.scene_lessons import SEED
from benchmark.training.train import train
from tests.training.conftest import READING, Make, heads, own_pictures, quiet, student

TAUGHT = """\
[distillation]
teacher = "heads"
feature = 1.0
affinity = 1.0
"""


def refused(folder: Path) -> str:
    """The line with which it is refused before a picture is looked at."""

    def never(stage: str, done: int, of: int) -> None:
        pytest.fail(f"{stage} had begun")

    with pytest.raises(BadInput) as caught:
        train(folder, folder.parents[1] / "cache", "cpu", never, own_pictures(folder))
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.slow
def test_a_student_is_two_graphs_and_an_expert_that_drawn_pictures_are_sent_to(
    make: Make, tmp_path: Path
) -> None:
    teacher = heads(make)
    train(teacher, tmp_path, "cpu", quiet, own_pictures(teacher))
    folder = student(make, "dev = 4\n" + READING + TAUGHT)
    stages: list[str] = []
    weights = train(
        folder, tmp_path, "cpu", lambda stage, *_: stages.append(stage), own_pictures(folder)
    )
    assert weights == folder / "vision_model.onnx"
    assert list(dict.fromkeys(stages)) == [
        "learning to read", "looking", "drawing", "asking the teacher", "training heads 1",
    ]  # fmt: skip
    log = json.loads((folder / "training.json").read_text())
    assert log["paintings"] == 8 and log["dev"]["paintings"] == 4
    assert len(log["reading"]["loss_every_1_steps"]) == 2
    assert len(log["loss_every_1_steps"]) == 3
    assert {path.name for path in (folder / "drawn").iterdir()} == {
        "preprocessor_config.json", "text_model.onnx", "tokenizer.json", "tokenizer_config.json",
        "vision_model.onnx",
    }  # fmt: skip
    assert not [path for path in folder.rglob("*") if path.name.startswith(".")]

    table = submission_of(folder).own_model
    model = model_of(folder, table, None, "cpu")
    shown = [training_pair(0, SEED)[0], Image.new("RGB", (50, 60), "navy")]
    seen = model.encode_images(shown)  # type: ignore[attr-defined]
    assert seen.shape == (2, 512 + 32)
    np.testing.assert_allclose(np.linalg.norm(seen, axis=1), 1, atol=1e-4)
    texts = ["a boat", "un lac dans la brume, avec trois arbres"]
    read = model.encode_texts(texts)  # type: ignore[attr-defined]
    np.testing.assert_allclose(np.linalg.norm(read, axis=1), 1, atol=1e-4)
    alone = model.encode_texts(texts[:1])  # type: ignore[attr-defined]
    np.testing.assert_allclose(read[:1], alone, atol=1e-4)
    sizes, stored = count(folder, table, None)
    expert, beside = count(folder / "drawn", table.model_copy(update={"drawn": None}), None)
    assert sizes is not None and expert is not None and stored > beside
    assert sizes["image"] + sizes["text"] - sum(expert.values()) == pytest.approx(
        log["parameters"], rel=0.05
    )


def test_what_is_missing_is_said_before_a_picture_is_looked_at(make: Make) -> None:
    folder = student(make)
    manifest, recipe = folder / "submission.toml", folder / "recipe.toml"
    whole, steps = manifest.read_text(), recipe.read_text()
    manifest.write_text(whole.replace('drawn = "drawn"\n', ""))
    assert "model: has no expert for drawings; " in refused(folder)
    manifest.write_text(whole)
    recipe.write_text(steps.replace('"base"', '"nobody"'))
    assert "recipe.toml: expert: no submission is named 'nobody'; " in refused(folder)
    recipe.write_text(steps + TAUGHT.replace("heads", "base"))
    assert "distillation.teacher: base has no multilingual heads over a " in refused(folder)
