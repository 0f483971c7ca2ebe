"""The last stages of the image encoder, tuned with the heads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from benchmark.adapters import load as model_of
from benchmark.pretrained import efficientnet
from benchmark.pretrained.features import early, last_stages, late
from benchmark.submission import load as submission_of
from benchmark.training import joining, loop
from benchmark.training.train import train
from tests.training.conftest import Make, heads, own_pictures
from tests.training.recipes.heads.small import (
    DRAWN,
    TUNED,
    TUNING,
    learned,
    more,
    refused,
    remembered,
    tuning,
)


def test_tuned_stages_and_heads_do_as_what_was_learned(
    make: Make, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[Any, joining.Reduction, joining.Joining]] = []
    real = joining.Tuned.__init__

    def spied(self: Any, *parts: Any) -> None:
        kept.append(parts)  # type: ignore[arg-type]
        real(self, *parts)

    monkeypatch.setattr(joining.Tuned, "__init__", spied)
    folder, stages = tuning(heads(make), "hidden = 0\ndropout = 0.0\n"), []
    train(folder, cache, "cpu", lambda stage, *_: stages.append(stage), own_pictures(folder))
    assert list(dict.fromkeys(stages)) == ["looking", "training heads", "training stages"]
    log = json.loads((folder / "training.json").read_text())
    assert len(log["loss_every_1_steps"]) == 3
    assert len(log["tuning"]["loss_every_1_steps"]) == 2

    written, package = load_file(folder / "tuned.safetensors"), efficientnet.network()
    before = last_stages(package).state_dict()
    assert set(written) == set(before)
    moved = {
        name
        for name, one in written.items()
        if not torch.equal(one, before[name].half() if one.ndim else before[name])
    }
    assert moved == {name for name, one in before.items() if tuple(one.shape[2:]) == (1, 1)}

    ((network, reduction, made),) = kept
    made.eval()
    pictures = [Image.open(path) for path in sorted((folder.parents[1] / "pictures").iterdir())]
    batch = torch.stack([efficientnet.prepared(one, 64) for one in pictures])
    with torch.inference_mode():
        features, untuned = (late(one, *early(one, batch)).numpy() for one in (network, package))
        wanted, other = (made.heads.pictures(reduction(one)).numpy() for one in (features, untuned))
    model: Any = model_of(folder, submission_of(folder).own_model, None, "cpu")
    np.testing.assert_allclose(model.encode_images(pictures), wanted, atol=5e-3)
    assert np.abs(wanted - other).max() > 0.02
    sentences = torch.from_numpy(remembered("use-multilingual")(["a boat", "un lac"]))
    with torch.inference_mode():
        read = made.heads.texts(sentences).numpy()
    np.testing.assert_allclose(model.encode_texts(["a boat", "un lac"]), read, atol=5e-3)


@pytest.mark.parametrize("stopped", [("training heads", 2), ("training stages", 2)])
def test_an_interrupted_tuning_ends_where_an_undisturbed_one_does(
    make: Make, cache: Path, monkeypatch: pytest.MonkeyPatch, stopped: tuple[str, int]
) -> None:
    monkeypatch.setattr(loop, "_LEG_S", 0.0)
    whole, broken = tuning(heads(make, "whole"), DRAWN), tuning(heads(make, "broken"), DRAWN)
    learned(whole, cache)

    def stop(stage: str, done: int, of: int) -> None:
        if (stage, done) == stopped:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(broken, cache, "cpu", stop, own_pictures(broken))
    files = ("heads.safetensors", "tuned.safetensors")
    assert not any((broken / name).exists() for name in files)
    done: list[tuple[str, int]] = []
    train(
        broken, cache, "cpu",
        lambda stage, step, of: done.append((stage, step)) if "training" in stage else None,
        own_pictures(broken),
    )  # fmt: skip
    every = [("training heads", 1), ("training heads", 2), ("training heads", 3)]
    every += [("training stages", 1), ("training stages", 2)]
    assert done == every[every.index(stopped) :]
    for name in files:
        assert (broken / name).read_bytes() == (whole / name).read_bytes()
    assert not list((cache / "checkpoints").glob("broken*"))


def test_what_is_held_out_is_asked_for_before_and_after_tuning(make: Make, cache: Path) -> None:
    folder = tuning(heads(make), "dev = 4\n")
    learned(folder, cache)
    log = json.loads((folder / "training.json").read_text())
    assert log["dev"]["requests"] > 0
    for found in (log["dev"], log["tuning"]["dev"]):
        assert 0 <= found["ndcg@10"] <= 1
    written = load_file(folder / "tuned.safetensors").items()
    buffers = ("running_mean", "running_var", "num_batches_tracked")
    assert log["tuning"]["parameters"] == sum(
        one.numel() for name, one in written if not name.endswith(buffers)
    )


def test_too_few_held_out_have_no_figure_after_tuning(make: Make, cache: Path) -> None:
    folder = tuning(heads(make), "dev = 1\n")
    learned(folder, cache)
    log = json.loads((folder / "training.json").read_text())
    assert log["dev"] == {"paintings": 1, "requests": 0}
    assert "dev" not in log["tuning"]


@pytest.mark.parametrize(("manifest", "recipe"), [(TUNED, ""), ("", TUNING)])
def test_tuned_stages_and_steps_for_them_go_together(
    make: Make, cache: Path, manifest: str, recipe: str
) -> None:
    folder = more(heads(make), recipe)
    path = folder / "submission.toml"
    path.write_text(path.read_text() + manifest)
    assert refused(folder, cache, own_pictures(folder)) == (
        f"{path}: model.tuned: goes with [tuning] of the recipe, and only with it; set both or none"
    )


def test_tuned_stages_without_heads_have_nothing_that_reads_them(make: Make, cache: Path) -> None:
    folder = tuning(heads(make))
    path = folder / "submission.toml"
    path.write_text(path.read_text().replace('heads = "heads.safetensors"\n', ""))
    assert refused(folder, cache, own_pictures(folder)) == (
        f"{path}: model: tuned stages are read by heads: name heads too"
    )
