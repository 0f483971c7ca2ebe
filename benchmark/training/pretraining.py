"""Encoders trained apart, then joined: what each stage of `recipes/towers.py` learns by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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

from benchmark.errors import BadInput
from benchmark.training import losses
from benchmark.training.batches import Batches

Loss = Callable[[int], Tensor]
"""The loss of a step."""
_SEEN_OFTEN = 100
"""Pictures that must have a tag for the image encoder to learn it."""
_TEMPERATURE = 0.07


class Words:
    """A tokenizer of the layout of transformers, cut at `length` tokens."""

    def __init__(self, home: Path, length: int, device: torch.device) -> None:
        self.tokenizer: Any = AutoTokenizer.from_pretrained(home)
        self.length, self.device = length, device
        self.count, self.pad = len(self.tokenizer), int(self.tokenizer.pad_token_id)

    def read(self, texts: list[str]) -> dict[str, Tensor]:
        """`input_ids` and `attention_mask`, both (n, longest)."""
        given = self.tokenizer(
            texts, padding=True, truncation=True, max_length=self.length, return_tensors="pt"
        )
        return {name: given[name].to(self.device) for name in ("input_ids", "attention_mask")}


def image_encoder(name: str, where: str) -> Any:
    """A network of timm's, weights drawn at random. Raises BadInput, calling its field `where`."""
    try:
        return timm.create_model(name, num_classes=0)
    except RuntimeError as error:
        raise BadInput(where, f"timm makes no '{name}' ({error})", "timm.list_models()") from None


def text_encoder(shape: Mapping[str, Any], tokens: int, pad: int, where: str) -> Any:
    """A BERT that fills gaps, weights drawn at random. Raises BadInput naming `where`."""
    try:
        config = BertConfig(vocab_size=tokens, pad_token_id=pad, **shape)
        return BertForMaskedLM(config).train()
    except (RuntimeError, TypeError, ValueError, ZeroDivisionError) as error:
        raise BadInput(where, f"transformers makes no BERT of it ({error})", "mend it") from None


def naming(trunk: Any, batches: Batches, device: torch.device) -> tuple[nn.Module, Loss]:
    """Which tags are true of a picture: the encoder with a linear head, and its loss."""
    columns = batches.table.common(_SEEN_OFTEN)
    namer = nn.Sequential(trunk, nn.Linear(trunk.num_features, len(columns)))
    namer = namer.to(memory_format=torch.channels_last).train()

    def loss(step: int) -> Tensor:
        batch = batches(step)
        labels = torch.from_numpy(batches.table.labels(batch.rows, columns)).float()
        with torch.autocast(device.type, torch.bfloat16):
            logits = namer(_standard(batch.pixels).to(device))
        return functional.binary_cross_entropy_with_logits(logits.float(), labels.to(device))

    return namer, loss


def filling(filler: Any, words: Words, batches: Batches, seed: int) -> Loss:
    """Which token was hidden."""
    hide = DataCollatorForLanguageModeling(words.tokenizer, mlm_probability=0.15)

    def loss(step: int) -> Tensor:
        torch.manual_seed(seed + step)
        given = words.tokenizer(batches(step).texts, truncation=True, max_length=words.length)
        hidden = hide([{"input_ids": ids} for ids in given["input_ids"]]).to(words.device)
        with torch.autocast(words.device.type, torch.bfloat16):
            lost: Tensor = filler(**hidden).loss
        return lost

    return loss


def joining(joints: nn.ModuleDict, trunk: Any, bert: Any, words: Words, batches: Batches) -> Loss:
    """Which text goes with which picture, both encoders frozen."""
    device = words.device

    def loss(step: int) -> Tensor:
        batch = batches(step)
        with torch.no_grad(), torch.autocast(device.type, torch.bfloat16):
            seen = trunk(_standard(batch.pixels).to(device)).float()
            inputs = words.read(batch.texts)
            said = mean(bert(**inputs).last_hidden_state.float(), inputs["attention_mask"])
        pictures = functional.normalize(joints["pictures"](seen), dim=-1)
        texts = functional.normalize(joints["texts"](said), dim=-1)
        scale = torch.tensor(1 / _TEMPERATURE, device=device)
        return losses.contrastive(texts, pictures, batch.fits.to(device), scale)

    return loss


def mean(states: Tensor, mask: Tensor) -> Tensor:
    """(n, width): the mean of the states (n, length, width) where `mask` (n, length) is 1."""
    shown = mask.unsqueeze(-1).float()
    return (states * shown).sum(1) / shown.sum(1).clamp(min=1)


def _standard(pixels: Tensor) -> Tensor:
    return (pixels * 2 - 1).contiguous(memory_format=torch.channels_last)
