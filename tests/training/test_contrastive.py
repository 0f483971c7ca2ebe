from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open

from benchmark.training import pictures
from benchmark.training.contrastive import train
from benchmark.training.pictures import rendered

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """atelier-small's folder with a recipe that ends in seconds."""
    monkeypatch.setattr(pictures, "CHUNK", 16)
    folder = tmp_path / "submissions" / "atelier-small"
    folder.mkdir(parents=True)
    for name in ("submission.toml", "open_clip_config.json", "README.md"):
        shutil.copy(ROOT / "submissions" / "atelier-small" / name, folder)
    recipe = (
        "pairs = 32\nvocabulary = 400\nbatch = 16\nsteps = 30\n"
        "learning_rate = 1e-3\nwarm_up = 2\nweight_decay = 0.1\n"
    )
    (folder / "recipe.toml").write_text(recipe)
    return folder


@pytest.mark.slow
def test_training_learns_and_writes_weights_the_adapter_loads(small: Path, tmp_path: Path) -> None:
    from benchmark.encoders.load import load
    from benchmark.submission import load as load_submission

    stages = set()
    weights = train(small, tmp_path / "cache", "cpu", lambda stage, done, of: stages.add(stage))
    assert stages == {"drawing", "training"}
    log = json.loads((small / "training.json").read_text())
    assert log["pairs_seen"] == 16 * 30
    assert log["last_loss"] < log["loss_every_10_steps"][0]
    with safe_open(weights, "np") as stored:
        assert {str(stored.get_tensor(key).dtype) for key in stored.keys()} == {"float16"}  # noqa: SIM118
    model = load(small, load_submission(small), None, "cpu")
    rows = model.encode_texts(["a boat", "un bateau"])  # type: ignore[union-attr]
    assert rows.shape == (2, 128)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


@pytest.mark.slow
def test_a_loss_that_is_no_number_stops_with_the_step(small: Path, tmp_path: Path) -> None:
    recipe = (small / "recipe.toml").read_text().replace("1e-3", "1e18")
    (small / "recipe.toml").write_text(recipe)
    with pytest.raises(FloatingPointError, match=r"loss is \S+ at step \d+; lower learning_rate"):
        train(small, tmp_path / "cache", "cpu", lambda stage, done, of: None)
    assert not (small / "open_clip_model.safetensors").exists()


def test_rendering_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "CHUNK", 4)
    seen: list[int] = []
    first = rendered(8, 32, 5, tmp_path, lambda done, of: seen.append(done))
    assert (first.pictures.shape, len(first.english), len(first.french)) == ((8, 32, 32, 3), 8, 8)
    assert seen[-1] == 8
    stored = sorted(tmp_path.rglob("*.npy"))
    times = [path.stat().st_mtime_ns for path in stored]
    stored[1].unlink()  # as if the second chunk had not been reached
    again = rendered(8, 32, 5, tmp_path, lambda done, of: None)
    np.testing.assert_array_equal(again.pictures, first.pictures)
    assert again.french == first.french
    assert stored[0].stat().st_mtime_ns == times[0]
