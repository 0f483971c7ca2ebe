from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file

from benchmark.training import loop
from benchmark.training.train import train
from tests.training.conftest import Make, quiet


@pytest.mark.slow
def test_training_learns_and_writes_weights_the_adapter_loads(make: Make, drawn: Path) -> None:
    from benchmark.adapters import load
    from benchmark.submission import load as load_submission

    small = make("small", steps=30)
    stages = set()
    weights = train(small, drawn, "cpu", lambda stage, done, of: stages.add(stage))
    assert stages == {"drawing", "training"}
    log = json.loads((small / "training.json").read_text())
    assert (log["pairs"], log["pairs_seen"]) == (64, 16 * 30)
    curve = log["loss_every_1_steps"]
    assert len(curve) == 30
    assert np.mean(curve[-10:]) < np.mean(curve[:10])
    assert log["energy"]["cpu_j"] > 0
    with safe_open(weights, "np") as stored:
        kinds = {str(stored.get_tensor(key).dtype) for key in stored.keys()}  # noqa: SIM118
    assert kinds == {"float16", "int64"}
    model = load(small, load_submission(small).model, None, "cpu")
    found = model.encode_texts(["a boat", "un bateau"])  # type: ignore[union-attr]
    assert found.shape == (2, 32)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


@pytest.mark.slow
def test_an_interrupted_training_ends_where_an_undisturbed_one_does(
    make: Make, drawn: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "_LEG_S", 0.0)  # a checkpoint at every step
    whole = train(make("whole", steps=6), drawn, "cpu", quiet)

    def stop(stage: str, done: int, of: int) -> None:
        if (stage, done) == ("training", 4):
            raise KeyboardInterrupt

    broken = make("broken", steps=6)
    with pytest.raises(KeyboardInterrupt):
        train(broken, drawn, "cpu", stop)
    assert not (broken / "open_clip_model.safetensors").exists()
    first: list[int] = []
    again = train(
        broken, drawn, "cpu", lambda s, done, of: first.append(done) if s == "training" else None
    )
    assert first[0] == 4  # the third step was kept, the fourth is done again
    for name, value in load_file(whole).items():
        torch.testing.assert_close(load_file(again)[name], value, atol=2e-3, rtol=2e-2)
    assert not list((drawn / "checkpoints").glob("broken*"))


@pytest.mark.slow
def test_a_loss_that_is_no_number_stops_with_the_step(make: Make, drawn: Path) -> None:
    small = make("small", learning_rate=1e18)
    with pytest.raises(FloatingPointError, match=r"loss is \S+ at step \d+; lower learning_rate"):
        train(small, drawn, "cpu", quiet)
    assert not (small / "open_clip_model.safetensors").exists()


@pytest.mark.slow
def test_the_sigmoid_loss_learns_with_a_bias(make: Make, drawn: Path) -> None:
    small = make("small", loss="sigmoid")
    config = json.loads((small / "open_clip_config.json").read_text())
    config["model_cfg"]["init_logit_bias"] = -3.0
    (small / "open_clip_config.json").write_text(json.dumps(config))
    train(small, drawn, "cpu", quiet)
    log = json.loads((small / "training.json").read_text())
    assert np.mean(log["loss_every_1_steps"][-5:]) < log["loss_every_1_steps"][0]
