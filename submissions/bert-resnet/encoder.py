"""A ResNet and a BERT trained apart and joined by two projections."""

import json
from pathlib import Path

import numpy as np
import timm
import torch
from PIL import Image
from safetensors.torch import load_file
from transformers import AutoTokenizer, BertModel

HOME = Path(__file__).parent


class Encoder:
    def __init__(self):
        self.config = json.loads((HOME / "towers.json").read_text())
        self.trunk = timm.create_model(self.config["image"], num_classes=0).eval()
        self.trunk.load_state_dict(floats(HOME / "image.safetensors"))
        self.words = AutoTokenizer.from_pretrained(HOME / "text", local_files_only=True)
        self.bert = BertModel.from_pretrained(
            HOME / "text", dtype=torch.float32, add_pooling_layer=False
        ).eval()
        joints = floats(HOME / "projections.safetensors")
        self.joints = {
            side: (joints[f"{side}.weight"], joints[f"{side}.bias"])
            for side in ("pictures", "texts")
        }

    @torch.inference_mode()
    def encode_images(self, images):
        side = self.config["side"]
        squashed = [np.asarray(i.resize((side, side), Image.Resampling.BICUBIC)) for i in images]
        pixels = torch.from_numpy(np.stack(squashed)).permute(0, 3, 1, 2) / 127.5 - 1
        return self.joined("pictures", self.trunk(pixels))

    @torch.inference_mode()
    def encode_texts(self, texts):
        rows = self.words(
            list(texts),
            padding=True,
            truncation=True,
            max_length=self.config["text"]["max_position_embeddings"],
            return_tensors="pt",
        )
        shown = rows["attention_mask"].unsqueeze(-1).float()
        states = self.bert(rows["input_ids"], rows["attention_mask"]).last_hidden_state
        return self.joined("texts", (states * shown).sum(1) / shown.sum(1))

    def joined(self, side, rows):
        rows = torch.nn.functional.linear(rows, *self.joints[side])
        return torch.nn.functional.normalize(rows, dim=-1).numpy()

    def parameters(self):
        def size(module):
            return sum(parameter.numel() for parameter in module.parameters())

        joints = {side: sum(one.numel() for one in pair) for side, pair in self.joints.items()}
        return {
            "image": size(self.trunk) + joints["pictures"],
            "text": size(self.bert) + joints["texts"],
        }


def floats(path):
    """Weights, kept as float16, as float32; counters stay whole."""
    return {k: v.float() if v.is_floating_point() else v for k, v in load_file(path).items()}
