"""Heads as they are learned from paintings and drawn scenes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from benchmark.adapters import count
from benchmark.adapters import load as model_of
from benchmark.pretrained import packages
from benchmark.pretrained.features import WIDTH, Features
from benchmark.pretrained.heads import load
from benchmark.submission import load as submission_of
from benchmark.training import joining, loop
from benchmark.training.scene_lessons import SceneLessons
from benchmark.training.train import train
from tests.training.conftest import Make, heads, own_pictures
from tests.training.described import PICTURES
from tests.training.recipes.heads.small import DRAWN, learned, more


def test_three_steps_leave_heads_that_the_adapter_joins(make: Make, cache: Path) -> None:
    folder = heads(make)
    stages: list[str] = []
    weights = train(
        folder, cache, "cpu", lambda stage, *_: stages.append(stage), own_pictures(folder)
    )
    assert weights == folder / "heads.safetensors"
    assert list(dict.fromkeys(stages)) == ["looking", "training heads"]
    log = json.loads((folder / "training.json").read_text())
    assert (log["paintings"], len(log["loss_every_1_steps"])) == (PICTURES, 3)
    assert log["parameters"] == sum(
        one.numel() for name, one in load_file(weights).items() if name not in ("mean", "deviation")
    )
    assert log["scenes"] == 0 and "dev" not in log and "tuning" not in log
    model = model_of(folder, submission_of(folder).own_model, None, "cpu")
    texts = model.encode_texts(["a boat", "un lac"])  # type: ignore[attr-defined]
    pictures = model.encode_images([Image.new("RGB", (90, 70), "navy")])  # type: ignore[attr-defined]
    assert texts.shape == (2, 512) and pictures.shape == (1, 512)
    assert np.isfinite(texts).all() and np.isfinite(pictures).all()


def test_what_is_written_does_as_what_was_learned(
    make: Make, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[joining.Reduction, joining.Heads]] = []
    real = joining.Reduction.folded

    def folded(self: joining.Reduction, made: joining.Heads) -> joining.Heads:
        kept.append((self, made))
        return real(self, made)

    monkeypatch.setattr(joining.Reduction, "folded", folded)
    folder = heads(make)
    written = load(learned(folder, cache), WIDTH, 512)
    ((reduction, made),) = kept
    pictures = [Image.open(path) for path in sorted((folder.parents[1] / "pictures").iterdir())]
    features = Features(64)(pictures)
    sentences = torch.nn.functional.normalize(torch.randn(4, 512), dim=-1)
    made.eval()
    with torch.inference_mode():
        for ours, theirs in (
            (written.pictures(torch.from_numpy(features)), made.pictures(reduction(features))),
            (written.texts(sentences), made.texts(sentences)),
        ):
            torch.testing.assert_close(ours, theirs, atol=1e-3, rtol=0)


def test_one_seed_is_one_file_and_another_another(make: Make, cache: Path) -> None:
    one, same, other = (
        learned(heads(make, name), cache).read_bytes()
        if name != "other"
        else learned(more(heads(make, name), "seed = 1\n"), cache).read_bytes()
        for name in ("one", "same", "other")
    )
    assert one == same != other


def test_an_interrupted_training_ends_where_an_undisturbed_one_does(
    make: Make, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "_LEG_S", 0.0)  # a checkpoint at every step
    whole = learned(heads(make, "whole"), cache)
    broken = heads(make, "broken")

    def stop(stage: str, done: int, of: int) -> None:
        if (stage, done) == ("training heads", 3):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(broken, cache, "cpu", stop, own_pictures(broken))
    assert not (broken / "heads.safetensors").exists()
    done: list[int] = []
    again = train(
        broken, cache, "cpu",
        lambda stage, step, of: done.append(step) if stage == "training heads" else None,
        own_pictures(broken),
    )  # fmt: skip
    assert done == [3]
    assert again.read_bytes() == whole.read_bytes()
    assert not list((cache / "checkpoints").glob("broken*"))


def test_projections_alone_are_learned_written_and_counted(make: Make, cache: Path) -> None:
    folder = more(heads(make), "hidden = 0\n")
    weights = learned(folder, cache)
    sizes = {name: tuple(one.shape) for name, one in load_file(weights).items()}
    assert sizes == {
        "mean": (5272,), "deviation": (5272,), "skip.weight": (512, 512),
        "image.weight": (512, 5272), "image.bias": (512,),
    }  # fmt: skip
    log = json.loads((folder / "training.json").read_text())
    assert log["parameters"] == 512 * 5272 + 512 + 512 * 512
    table = submission_of(folder).own_model
    held, _ = count(folder, table, None)
    assert held is not None
    assert held["image"] == packages.EFFICIENTNET.parameters + 512 * 5272 + 512 + 2 * 5272
    assert held["text"] == packages.USE.parameters + 512 * 512
    assert not torch.equal(load_file(weights)["skip.weight"], torch.eye(512).half())
    model: Any = model_of(folder, table, None, "cpu")
    assert model.encode_images([Image.new("RGB", (90, 70), "navy")]).shape == (1, 512)


def test_drawn_scenes_are_learned_from_as_well(
    make: Make, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    real = SceneLessons.__call__

    def spied(self: SceneLessons, size: int, rng: np.random.Generator) -> Any:
        batch = real(self, size, rng)
        sizes.append(len(batch.rows))
        return batch

    monkeypatch.setattr(SceneLessons, "__call__", spied)
    folder = more(heads(make), "anchors = 0.5\n" + DRAWN)
    path, stages = folder / "recipe.toml", []
    path.write_text(path.read_text().replace("steps = 3", "steps = 12"))
    train(folder, cache, "cpu", lambda stage, *_: stages.append(stage), own_pictures(folder))
    assert list(dict.fromkeys(stages)) == ["looking", "drawing", "training heads"]
    assert 3 <= len(sizes) <= 11 and set(sizes) == {2}  # of twelve steps 0.6
    log = json.loads((folder / "training.json").read_text())
    assert (log["scenes"], log["paintings"]) == (2, PICTURES)


def test_what_is_held_out_is_asked_for(make: Make, cache: Path) -> None:
    folder = more(heads(make), "anchors = 0.5\ndev = 4\n")
    learned(folder, cache)
    log = json.loads((folder / "training.json").read_text())
    assert log["paintings"] == PICTURES - 4
    assert log["dev"]["paintings"] == 4
    assert log["dev"]["requests"] > 0 and 0 <= log["dev"]["ndcg@10"] <= 1


def test_too_few_held_out_to_ask_anything_have_no_figure(make: Make, cache: Path) -> None:
    folder = more(heads(make), "dev = 1\n")
    learned(folder, cache)
    log = json.loads((folder / "training.json").read_text())
    assert log["dev"] == {"paintings": 1, "requests": 0}
