"""A ResNet and a BERT trained apart, then joined by projections.

As in the two-tower systems before CLIP: the image tower learns to name what is there (tags), the
text tower learns the language (masked tokens, Devlin et al. 2019), neither sees the other; then
both are frozen and two projections learn to bring pairs together. The towers are written in the
layouts of timm and transformers, so that towers of the hub can take their place.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import timm
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import (
    AutoTokenizer,
    BertConfig,
    BertForMaskedLM,
    DataCollatorForLanguageModeling,
)

from benchmark.devices import count, pick
from benchmark.submission_files import RECIPE
from benchmark.training import checkpoint, losses, vocabulary
from benchmark.training.batches import Batches
from benchmark.training.keeping import keep
from benchmark.training.loop import Log, Progress, fit, summary
from benchmark.training.pictures import rendered
from benchmark.training.recipe import Towers
from benchmark.workspace import file_digest

TOWERS = "towers.json"
"""What the submission's encoder reads: timm's name, the side of pictures, the joint width."""
_SEEN_OFTEN = 100
"""Pictures that must have a tag for the ResNet to learn it."""
_TEMPERATURE = 0.07


def train(
    folder: Path, recipe: Towers, cache: Path, device: str, progress: Progress
) -> tuple[Path, Log]:
    """Train both towers and the projections of `folder`; needs its towers.json.

    Writes image.safetensors (timm), text/ (transformers) and projections.safetensors, and returns
    the path of the last. Raises FloatingPointError with the step when a loss is lost.
    """
    config = json.loads((folder / TOWERS).read_text(encoding="utf-8"))
    side, width, length = config["side"], config["width"], config["text"]["max_position_embeddings"]
    pairs = rendered(recipe.pairs, recipe.seed, cache, lambda d, n: progress("drawing", d, n))
    home = folder / "text"
    home.mkdir(exist_ok=True)
    said = vocabulary.texts_of(pairs, recipe.seed)
    vocabulary.learn(said, recipe.vocabulary, home, mask=True)
    words: Any = AutoTokenizer.from_pretrained(home)
    chosen = pick(device)

    def read(texts: list[str]) -> dict[str, Tensor]:
        rows = words(texts, padding=True, truncation=True, max_length=length, return_tensors="pt")
        return {name: rows[name].to(chosen) for name in ("input_ids", "attention_mask")}

    batches = Batches(pairs, recipe, side)
    torch.manual_seed(recipe.seed)
    own = [file_digest(folder / RECIPE), file_digest(folder / TOWERS)]
    logs: dict[str, Log] = {}

    def learn(module: nn.Module, loss: Any, steps: int, stage: str) -> None:
        short = recipe.model_copy(update={"steps": steps})
        kept = checkpoint.place(cache, folder.name, stage, *own)
        logs[stage] = fit(module.to(chosen), loss, short, kept, progress, f"training {stage}")

    # Pictures: which tags are true.
    trunk: Any = timm.create_model(config["image"], num_classes=0)
    columns = batches.table.common(_SEEN_OFTEN)
    namer = nn.Sequential(trunk, nn.Linear(trunk.num_features, len(columns)))
    namer = namer.to(memory_format=torch.channels_last).train()

    def naming(step: int) -> Tensor:
        batch = batches(step)
        labels = torch.from_numpy(batches.table.labels(batch.rows, columns)).float()
        with torch.autocast(chosen.type, torch.bfloat16):
            logits = namer(_standard(batch.pixels).to(chosen))
        return functional.binary_cross_entropy_with_logits(logits.float(), labels.to(chosen))

    learn(namer, naming, recipe.picture_steps, "pictures")

    # Texts: which token was hidden.
    shape = BertConfig(vocab_size=len(words), pad_token_id=words.pad_token_id, **config["text"])
    filler = BertForMaskedLM(shape).train()
    hide = DataCollatorForLanguageModeling(words, mlm_probability=0.15)

    def filling(step: int) -> Tensor:
        torch.manual_seed(recipe.seed + step)
        rows = words(batches(step).texts, truncation=True, max_length=length)
        hidden = hide([{"input_ids": row} for row in rows["input_ids"]]).to(chosen)
        with torch.autocast(chosen.type, torch.bfloat16):
            loss: Tensor = filler(**hidden).loss
        return loss

    learn(filler, filling, recipe.text_steps, "texts")

    # Projections: which text goes with which picture.
    trunk.eval().requires_grad_(False)
    bert = filler.bert.eval().requires_grad_(False)
    torch.manual_seed(recipe.seed)  # whether or not the towers were learned in this call
    joints = nn.ModuleDict(
        {
            "pictures": nn.Linear(trunk.num_features, width),
            "texts": nn.Linear(shape.hidden_size, width),
        }
    )

    def joining(step: int) -> Tensor:
        batch = batches(step)
        with torch.no_grad(), torch.autocast(chosen.type, torch.bfloat16):
            seen = trunk(_standard(batch.pixels).to(chosen)).float()
            inputs = read(batch.texts)
            said = mean(bert(**inputs).last_hidden_state.float(), inputs["attention_mask"])
        pictures = functional.normalize(joints["pictures"](seen), dim=-1)
        texts = functional.normalize(joints["texts"](said), dim=-1)
        scale = torch.tensor(1 / _TEMPERATURE, device=chosen)
        return losses.contrastive(texts, pictures, batch.fits.to(chosen), scale)

    learn(joints, joining, recipe.steps, "projections")
    keep(trunk, folder / "image.safetensors")
    shape.save_pretrained(home)
    keep(bert, home / "model.safetensors")
    keep(joints, folder / "projections.safetensors")
    sizes = {"image": count(trunk), "text": count(bert), "projections": count(joints)}
    stages = {stage: summary(log, chosen) for stage, log in logs.items()}
    return folder / "projections.safetensors", {"parameters": sizes, **stages}


def mean(states: Tensor, mask: Tensor) -> Tensor:
    """(n, width): the mean of the states (n, length, width) where `mask` (n, length) is 1."""
    shown = mask.unsqueeze(-1).float()
    return (states * shown).sum(1) / shown.sum(1).clamp(min=1)


def _standard(pixels: Tensor) -> Tensor:
    return (pixels * 2 - 1).contiguous(memory_format=torch.channels_last)
