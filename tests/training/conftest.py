"""A world small enough to learn in seconds: 64 rendered pairs, and one tiny dual encoder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from benchmark.byte_pairs import learn
from benchmark.commands.scaffold import scaffold
from benchmark.training import examples, pretraining, rendered_pairs
from benchmark.training.models import Model
from benchmark.training.rendered_pairs import Pairs, rendered
from benchmark.training.students import reading
from benchmark.training.train import train
from tests.training import catalogued, described

CONFIG = {
    "model_cfg": {
        "embed_dim": 32,
        "custom_text": True,
        "vision_cfg": {
            "image_size": 64,
            "timm_model_name": "test_byobnet",
            "timm_model_pretrained": False,
            "timm_pool": "avg",
            "timm_proj": "linear",
        },
        "text_cfg": {
            "context_length": 32,
            "vocab_size": 400,
            "width": 32,
            "heads": 2,
            "layers": 2,
            "hf_tokenizer_name": "tokenizer of this folder",
            "tokenizer_kwargs": {},
        },
    },
    "preprocess_cfg": {
        "mean": [0.5, 0.5, 0.5],
        "std": [0.5, 0.5, 0.5],
        "interpolation": "bicubic",
        "resize_mode": "squash",
    },
}
RECIPE = {
    "kind": "contrastive",
    "pairs": 64,
    "captions": 0.3,
    "vocabulary": 400,
    "batch": 16,
    "steps": 20,
    "learning_rate": 1e-3,
    "warm_up": 2,
    "weight_decay": 0.1,
}
_ABOUT = """\
title = "Tiny"
summary = "For tests."
role = "baseline"
inputs = ["image"]
licence = "Apache-2.0"
"""
MANIFEST = f"""\
name = "{{name}}"
{_ABOUT}{{more}}
[model]
adapter = "open_clip"
config = "open_clip_config.json"
weights = "open_clip_model.safetensors"
"""
ONNX = f"""\
name = "eighth"
base = "base"
{_ABOUT}[model]
adapter = "onnx"
"""
HEADS = f"""\
name = "{{name}}"
{_ABOUT}[model]
adapter = "pretrained"
text = "use-multilingual"
image = "efficientnet-lite2"
heads = "heads.safetensors"
side = 64
"""
_THREE_STEPS = """\
captions = 0.3
lines = 0.2
requests = 8
batch = 8
steps = 3
learning_rate = 1e-3
warm_up = 1
weight_decay = 0.1
"""
LEARNING = f'kind = "heads"\n{_THREE_STEPS}'
STUDENT = f"""\
name = "pupil"
{_ABOUT}[model]
adapter = "onnx"
drawn = "drawn"
"""
STUDYING = f"""\
kind = "student"
expert = "base"
scenes = 4
side = 64
stages = 1
pieces = 300
hidden = 8
{_THREE_STEPS}"""
READING = """\
[reading]
rank = 8
batch = 4
steps = 2
learning_rate = 1e-3
warm_up = 0
weight_decay = 0.0
"""
JOINED = Path(__file__).parents[2] / "submissions" / "bert-resnet"

Make = Callable[..., Path]
Trained = Callable[..., Path]


def quiet(stage: str, done: int, of: int) -> None:
    """Progress for nobody."""


def untrained(folder: Path) -> Path:
    """The folder with a tokenizer and with weights drawn at random: what passes for trained."""
    learn(["a red boat", "un lac dans la brume"], 400, folder)
    torch.manual_seed(0)
    Model(folder, torch.device("cpu")).save()
    return folder


def towers(make: Make, **changed: object) -> Path:
    """The published submission of two towers, with few steps to go."""
    steps = {"picture_steps": 12, "text_steps": 12, "steps": 12}
    place = make("bert-resnet", kind="towers", **{**steps, **changed})
    for name in ("encoder.py", "submission.toml", "towers.json"):
        shutil.copy(JOINED / name, place)
    return place


def _tuned(make: Make) -> Path:
    untrained(make("base"))
    told = {"tune": "projections", "domain": ["genre:"], "pairs": 20, "steps": 2}
    nothing = {"captions": None, "vocabulary": None}
    return make("tuned", more='base = "base"', kind="fine-tuning", **told, **nothing)


def _eighth(make: Make) -> Path:
    untrained(make("base"))
    place = make("eighth")
    (place / "submission.toml").write_text(ONNX)
    (place / "recipe.toml").write_text('kind = "int8"\npairs = 16\n')
    return place


def heads(make: Make, name: str = "heads") -> Path:
    """Heads that are learned in three steps from pictures that lie beside the submissions."""
    place = make(name)
    (place / "open_clip_config.json").unlink()
    (place / "submission.toml").write_text(HEADS.format(name=name))
    (place / "recipe.toml").write_text(LEARNING)
    described.queries(place.parents[1] / "queries")
    described.pictures(place.parents[1] / "pictures")
    return place


def student(make: Make, more: str = READING) -> Path:
    """A student that learns in three steps, beside the expert that drawn pictures are sent to."""
    untrained(make("base"))
    place = make("pupil")
    (place / "open_clip_config.json").unlink()
    (place / "submission.toml").write_text(STUDENT)
    (place / "recipe.toml").write_text(STUDYING + more)
    described.queries(place.parents[1] / "queries")
    described.pictures(place.parents[1] / "pictures")
    return place


def graph(make: Make, collections: str = '["tiny-dev"]', rounds: int = 2) -> Path:
    """A graph search that is tuned on a gallery of four paintings, which this machine knows."""
    place = make("graph")
    shutil.rmtree(place)
    scaffold(place, "graph")
    (place / "recipe.toml").write_text(
        f'kind = "graph-weights"\ncollections = {collections}\nsteps = [0.5, 2.0]\n'
        f"rounds = {rounds}\nleast_gain = 0.002\n"
    )
    root = place.parents[1]
    catalogued.gallery(root / "tiny")
    (root / "queries").mkdir()
    (root / ".cimaise").mkdir()
    (root / ".cimaise" / "collections.json").write_text(json.dumps({"tiny": str(root / "tiny")}))
    return place


def own_pictures(folder: Path) -> Path | None:
    """What --folder must name for the recipe of such a submission."""
    path = folder.parents[1] / "pictures"
    return path if path.is_dir() else None


TINY: dict[str, Callable[[Make], Path]] = {
    "contrastive": lambda make: make("small", steps=2),
    "fine-tuning": _tuned,
    "graph-weights": graph,
    "heads": heads,
    "int8": _eighth,
    "student": student,
    "towers": towers,
}
"""How a submission of each kind of recipe is made that trains in seconds."""


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendered_pairs, "CHUNK", 16)
    monkeypatch.setattr(pretraining, "_SEEN_OFTEN", 3)
    monkeypatch.setattr(examples, "DRAWN", 64)
    monkeypatch.setattr(reading, "_WORDS", 40)
    monkeypatch.setattr(reading, "_STRINGS", 200)


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache in which the pairs that tests learn from are drawn already."""
    cache = tmp_path_factory.mktemp("cache")
    before, rendered_pairs.CHUNK = rendered_pairs.CHUNK, 16
    for seed in (0, 1):
        rendered(64, seed, cache, lambda done, of: None)
    rendered_pairs.CHUNK = before
    return cache


@pytest.fixture
def pairs(drawn: Path) -> Pairs:
    return rendered(64, 0, drawn, lambda done, of: None)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a submission's folder: make("name", more='base = "x"', tables="", batch=8, ...)."""

    def folder(name: str, more: str = "", tables: str = "", **changed: object) -> Path:
        place = tmp_path / "submissions" / name
        place.mkdir(parents=True)
        (place / "submission.toml").write_text(MANIFEST.format(name=name, more=more))
        (place / "README.md").write_text("# Tiny\n")
        (place / "open_clip_config.json").write_text(json.dumps(CONFIG))
        given = {**RECIPE, **changed}
        lines = [f"{k} = {json.dumps(v)}" for k, v in given.items() if v is not None]
        (place / "recipe.toml").write_text("\n".join(lines) + "\n" + tables)
        return place

    return folder


@pytest.fixture(scope="session")
def _kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("trained")


@pytest.fixture
def trained(make: Make, drawn: Path, _kept: Path) -> Trained:
    """Makes a submission's folder that is trained: once for all tests that ask for the same."""

    def folder(name: str, **changed: object) -> Path:
        place, kept = make(name, **changed), _kept / f"{name} {sorted(changed.items())}"
        if not kept.exists():
            train(place, drawn, "cpu", quiet)
            shutil.copytree(place, kept)
        return Path(shutil.copytree(kept, place, dirs_exist_ok=True))

    return folder
