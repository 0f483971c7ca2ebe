"""Contrastive training of an open_clip model (CLIP: Radford et al. 2021) on rendered pairs."""

from __future__ import annotations

import json
import math
import platform
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import open_clip
import torch
from safetensors.torch import save_file
from torch.nn import functional

from benchmark.encoders.devices import count, pick
from benchmark.encoders.open_clip import CONFIG
from benchmark.errors import BadInput
from benchmark.submission import OpenClip
from benchmark.submission import load as load_submission
from benchmark.training import vocabulary
from benchmark.training.pictures import Pairs, rendered
from benchmark.training.recipe import load as load_recipe
from benchmark.workspace import replacing

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, of)."""

HARDEST = math.log(100)
"""CLIP's cap on the logarithm of the scale."""


def train(folder: Path, cache: Path, device: str, progress: Progress) -> Path:
    """Make the vocabulary and the weights of `folder` from its recipe; return the weights' path.

    Needs open_clip_config.json in the folder. Writes the tokenizer, the weights (float16
    safetensors) and training.json, each at the end. Raises BadInput, and FloatingPointError with
    the step when the loss is no longer a number.
    """
    recipe, spec = load_recipe(folder), _spec(folder)
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    size = int(config["model_cfg"]["vision_cfg"]["image_size"])
    pairs = rendered(recipe.pairs, size, recipe.seed, cache, lambda d, n: progress("drawing", d, n))
    vocabulary.learn(pairs.english + pairs.french, recipe.vocabulary, folder)

    torch.manual_seed(recipe.seed)
    chosen = pick(device)
    name = f"local-dir:{folder}"
    model = open_clip.create_model(name, load_weights=False, device=chosen)
    tokenize = open_clip.get_tokenizer(name)
    tokens = torch.stack([tokenize(pairs.english), tokenize(pairs.french)])
    optimiser = torch.optim.AdamW(_decayed(model, recipe.weight_decay), lr=recipe.learning_rate)
    mean, std = (
        torch.tensor(config["preprocess_cfg"][key]).view(1, 3, 1, 1) for key in ("mean", "std")
    )
    order = np.random.default_rng(recipe.seed)
    began, losses = time.perf_counter(), []
    model.train()
    for step in range(recipe.steps):
        for group in optimiser.param_groups:
            group["lr"] = recipe.learning_rate * _share(step, recipe.warm_up, recipe.steps)
        pictures, texts = _batch(pairs, tokens, recipe.batch, order)
        pixels = (pictures.permute(0, 3, 1, 2) / 255 - mean) / std
        with torch.autocast(chosen.type, torch.bfloat16):
            image = model.encode_image(pixels.to(chosen), normalize=True).float()
            text = model.encode_text(texts.to(chosen), normalize=True).float()
        logits = model.logit_scale.exp() * image @ text.T
        labels = torch.arange(len(logits), device=chosen)
        loss = (
            functional.cross_entropy(logits, labels) + functional.cross_entropy(logits.T, labels)
        ) / 2
        if not torch.isfinite(loss):
            raise FloatingPointError(f"loss is {loss.item()} at step {step}; lower learning_rate")
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        with torch.no_grad():
            model.logit_scale.clamp_(0, HARDEST)
        losses.append(round(loss.item(), 4))
        progress("training", step + 1, recipe.steps)
    weights = folder / str(spec.weights)
    _keep(model, weights)
    log = {
        "parameters": count(model),
        "pairs_seen": recipe.steps * recipe.batch,
        "minutes": round((time.perf_counter() - began) / 60, 1),
        "machine": f"{platform.machine()}, {torch.get_num_threads()} threads, {chosen.type}",
        "torch": torch.__version__,
        "loss_every_10_steps": losses[::10],
        "last_loss": losses[-1],
    }
    with replacing(folder / "training.json") as temporary:
        temporary.write_text(json.dumps(log, indent=1) + "\n", encoding="utf-8")
    return weights


def _spec(folder: Path) -> OpenClip:
    """The manifest's model table; the weights it names need not exist yet."""
    model = load_submission(folder, weights_to_come=True).model
    if not isinstance(model, OpenClip) or model.config is None or model.weights is None:
        raise BadInput(folder, "has a recipe, but no open_clip model with config and weights")
    return model


def _batch(
    pairs: Pairs, tokens: torch.Tensor, size: int, order: np.random.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Different pictures, each with its caption in one language or the other; some mirrored."""
    rows = order.choice(len(pairs.pictures), size=min(size, len(pairs.pictures)), replace=False)
    pictures = torch.from_numpy(pairs.pictures[np.sort(rows)])
    mirrored = torch.from_numpy(order.random(len(rows)) < 0.5)
    pictures = torch.where(mirrored.view(-1, 1, 1, 1), pictures.flip(2), pictures)
    language = torch.from_numpy(order.integers(0, 2, len(rows)))
    return pictures, tokens[language, torch.from_numpy(np.sort(rows))]


def _share(step: int, warm_up: int, steps: int) -> float:
    """Linear warm-up, then half a cosine down to zero."""
    if step < warm_up:
        return (step + 1) / warm_up
    return 0.5 * (1 + math.cos(math.pi * (step - warm_up) / max(1, steps - warm_up)))


def _decayed(model: torch.nn.Module, decay: float) -> list[dict[str, object]]:
    """Matrices decay; gains, biases and the scale do not."""
    matrices = [p for p in model.parameters() if p.ndim >= 2]
    others = [p for p in model.parameters() if p.ndim < 2]
    return [{"params": matrices, "weight_decay": decay}, {"params": others, "weight_decay": 0.0}]


def _keep(model: torch.nn.Module, path: Path) -> None:
    state = {
        name: value.detach().half().cpu().contiguous() for name, value in model.state_dict().items()
    }
    with replacing(path) as temporary:
        save_file(state, temporary)
