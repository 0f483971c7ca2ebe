"""An open_clip model as two ONNX graphs, in the layout of the Hugging Face hub's exports."""

from __future__ import annotations

import json
import warnings
from copy import deepcopy
from pathlib import Path
from typing import Any

import torch
from PIL.Image import Resampling
from torch import Tensor, nn

from benchmark.adapters.onnx import PICTURES, PREPROCESSOR, TEXTS
from benchmark.training.models import takes_any_length


class _Tower(nn.Module):
    """One side of a model, as a graph that takes one input."""

    def __init__(self, net: Any, side: str) -> None:
        super().__init__()
        self.net, self.side = net, side
        self.any_length = side == "text" and takes_any_length(net)
        if self.any_length:
            self.mask = net.text.attn_mask
            for block in net.text.transformer.resblocks:
                block.attn = _Attention(block.attn)

    def forward(self, given: Tensor) -> Tensor:
        if self.any_length:  # open_clip cuts its places to the length it is given, but no mask
            length = given.shape[1]
            self.net.text.attn_mask = self.mask[:length, :length]
        embeddings: Tensor = getattr(self.net, f"encode_{self.side}")(given)
        return embeddings


class _Attention(nn.Module):
    """torch's attention, written out: traced, torch's own takes no other length than the example's.

    Scaled dot products (Vaswani et al. 2017) of texts (n, length, width) with themselves.
    """

    def __init__(self, attention: nn.MultiheadAttention) -> None:
        super().__init__()
        self.of, self.heads = attention, attention.num_heads
        self.scale = attention.head_dim**-0.5

    def forward(
        self, given: Tensor, _key: Tensor, _value: Tensor, need_weights: bool, attn_mask: Tensor
    ) -> tuple[Tensor, None]:
        mapped = nn.functional.linear(given, self.of.in_proj_weight, self.of.in_proj_bias)
        query, key, value = torch.unflatten(mapped, -1, (3, self.heads, -1)).permute(2, 0, 3, 1, 4)
        near = (query * self.scale) @ key.transpose(-2, -1) + attn_mask
        return self.of.out_proj((near.softmax(-1) @ value).transpose(1, 2).flatten(2)), None


def export(net: Any, config: Path, folder: Path) -> int:
    """Write both graphs and preprocessor_config.json to `folder`; `config` is open_clip's own.

    Only models that squash pictures to a square. The number of inputs is free, and that of tokens
    up to the model's context, which is returned, if its text tower takes any length.
    """
    told = json.loads(config.read_text(encoding="utf-8"))
    side = int(told["model_cfg"]["vision_cfg"]["image_size"])
    length = int(told["model_cfg"]["text_cfg"]["context_length"])
    tokens = torch.zeros(2, length, dtype=torch.long)
    tokens[:, 0] = 1
    towers = (
        ("image", "pixel_values", "image_embeds", torch.zeros(2, 3, side, side), PICTURES),
        ("text", "input_ids", "text_embeds", tokens, TEXTS),
    )
    for tower, given, made, example, file in towers:
        graph = _Tower(deepcopy(net).cpu(), tower).eval()
        free = {0: "count", 1: "length"} if graph.any_length else {0: "count"}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the tracer's remarks on shapes that never change
            torch.onnx.export(
                graph,
                (example,),
                str(folder / file),
                input_names=[given],
                output_names=[made],
                dynamic_axes={given: free, made: {0: "count"}},
                dynamo=False,
            )
    prepare = told["preprocess_cfg"]
    squashing = prepare.get("interpolation", "bicubic")  # as in open_clip where nothing is said
    wanted = {
        "do_center_crop": False,
        "image_mean": prepare["mean"],
        "image_std": prepare["std"],
        "resample": Resampling[squashing.upper()].value,
        "size": {"height": side, "width": side},
    }
    (folder / PREPROCESSOR).write_text(json.dumps(wanted, indent=1) + "\n", encoding="utf-8")
    return length
