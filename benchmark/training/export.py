"""An open_clip model as two ONNX graphs, in the layout of the Hugging Face hub's exports."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from benchmark.encoders.onnx import PREPROCESSOR

PICTURES, TEXTS = "vision_model.onnx", "text_model.onnx"


class _Tower(nn.Module):
    """One side of a model, as a graph that takes one input."""

    def __init__(self, net: Any, side: str) -> None:
        super().__init__()
        self.net, self.side = net, side

    def forward(self, given: Tensor) -> Tensor:
        rows: Tensor = getattr(self.net, f"encode_{self.side}")(given)
        return rows


def export(net: Any, config: Path, folder: Path) -> None:
    """Write both graphs and preprocessor_config.json to `folder`; `config` is open_clip's own.

    Only models that squash pictures to a square; the number of inputs is free, that of tokens
    is the model's context.
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
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the tracer's remarks on shapes that never change
            torch.onnx.export(
                _Tower(net, tower).eval().cpu(),
                (example,),
                str(folder / file),
                input_names=[given],
                output_names=[made],
                dynamic_axes={given: {0: "count"}, made: {0: "count"}},
                dynamo=False,
            )
    prepare = told["preprocess_cfg"]
    wanted = {
        "do_center_crop": False,
        "image_mean": prepare["mean"],
        "image_std": prepare["std"],
        "resample": 3,
        "size": {"height": side, "width": side},
    }
    (folder / PREPROCESSOR).write_text(json.dumps(wanted, indent=1) + "\n", encoding="utf-8")
