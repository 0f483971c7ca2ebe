"""A student as two ONNX graphs in 8 bits, with what the adapter onnx reads them by."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path

import torch
from torch import Tensor, nn

from benchmark.adapters.onnx import PICTURES, PREPROCESSOR, TEXTS
from benchmark.pretrained.heads import Heads
from benchmark.pretrained.routed import Router
from benchmark.training.quantisation import drafts
from benchmark.training.students.eight_bits import in_8_bits
from benchmark.training.students.sight import SQUASHED, Sight
from benchmark.training.students.text_encoders import NGrams, Trigrams
from benchmark.training.students.word_pieces import Vocabulary


class Looks(nn.Module):
    """Pictures (n, 3, s, s) to unit vectors (n, d), and how likely each is drawn (n, 1)."""

    def __init__(self, sight: Sight, heads: Heads, router: Router) -> None:
        super().__init__()
        self.sight, self.heads, self.router = sight, heads, router

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        views = self.sight(pixels)
        return self.heads.pictures(views), self.router(views)


class Reads(nn.Module):
    """Word pieces (n, l) and their mask (n, l) to unit vectors (n, d).

    A projection alone becomes one with the layer before it: lengths do not turn a vector.
    """

    def __init__(self, encoder: NGrams | Trigrams, heads: Heads) -> None:
        super().__init__()
        self.heads: Heads | None = heads
        if isinstance(encoder, Trigrams) and heads.text is None:
            encoder = deepcopy(encoder)
            encoder.layers[-1] = _product(encoder.layers[-1], heads.skip)
            self.heads = None
        self.encoder = encoder

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        read: Tensor = self.encoder(ids, mask)
        return read if self.heads is None else self.heads.texts(read)


def _product(first: nn.Module, second: nn.Linear) -> nn.Linear:
    """One layer that does as two, of which the second has no bias."""
    assert isinstance(first, nn.Linear)
    made = nn.Linear(first.in_features, second.out_features)
    with torch.no_grad():
        made.weight.copy_(second.weight @ first.weight)
        made.bias.copy_(second.weight @ first.bias)
    return made


def write(
    looks: Looks,
    reads: Reads,
    vocabulary: Vocabulary,
    side: int,
    folder: Path,
) -> None:
    """Both graphs, the tokenizer and preprocessor_config.json; pictures of side x side pixels."""
    words = torch.ones(2, 5, dtype=torch.long)
    with drafts(folder) as draft:
        _export(
            looks,
            (torch.zeros(2, 3, side, side),),
            draft / PICTURES,
            {"pixel_values": {0: "count"}},
            {"image_embeds": {0: "count"}, "drawn": {0: "count"}},
        )
        free = {0: "count", 1: "length"}
        _export(
            reads,
            (words, words),
            draft / TEXTS,
            {"input_ids": free, "attention_mask": free},
            {"text_embeds": {0: "count"}},
        )
        for name in (PICTURES, TEXTS):
            in_8_bits(draft / name)
        prepare = {
            "do_center_crop": False,
            "image_mean": [0.5] * 3,
            "image_std": [0.5] * 3,
            "resample": SQUASHED.value,
            "size": {"height": side, "width": side},
        }
        (draft / PREPROCESSOR).write_text(json.dumps(prepare, indent=1) + "\n", encoding="utf-8")
    vocabulary.save(folder)


def _export(
    module: nn.Module,
    given: tuple[Tensor, ...],
    path: Path,
    inputs: Mapping[str, Mapping[int, str]],
    outputs: Mapping[str, Mapping[int, str]],
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's remarks on shapes that never change
        torch.onnx.export(
            module.eval(),
            given,
            str(path),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={**inputs, **outputs},
            opset_version=17,
            dynamo=False,
        )
