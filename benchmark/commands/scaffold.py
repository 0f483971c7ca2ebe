"""The folders that `new` writes: complete, untrained, passing `check` without a network."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmark.errors import BadInput
from benchmark.parsing import shown
from benchmark.submission import NAME

_MANIFEST = """\
name = "{name}"
title = "{name}"
summary = "One sentence for the board."
role = "baseline"          # teacher, distilled, fine-tuned, hybrid or baseline
# teacher = "..."          # the submission a distilled model learned from
# base = "..."             # the submission a fine-tuned model started from
inputs = ["image"]         # what the model may look at: image, metadata, graph
licence = "Apache-2.0"

{model}"""

_CARD = """\
# {name}

What the model is, what it was trained on, for how long and on what machine, what it is good and
bad at, and where to read more.
"""

_OPEN_CLIP = """\
[model]
adapter = "open_clip"
# A tiny untrained model of this folder, to be replaced. For weights of the hub write instead:
#   hub = "laion/CLIP-ViT-B-32-laion2B-s34B-b79K"
#   revision = "40 hex digits of a commit"
# or, for a model open_clip knows:
#   architecture = "ViT-B-32"
#   pretrained = "laion2b_s34b_b79k"
config = "open_clip_config.json"
weights = "open_clip_model.safetensors"
"""

_TRANSFORMERS = """\
[model]
adapter = "transformers"
# A tiny untrained CLIP of this folder, to be replaced. For weights of the hub write instead:
#   hub = "openai/clip-vit-base-patch32"
#   revision = "40 hex digits of a commit"
folder = "model"
"""

_ONNX = """\
[model]
adapter = "onnx"
# The graphs of a tiny untrained model, to be replaced, with the two configs beside them.
pictures = "vision_model.onnx"
texts = "text_model.onnx"
"""

_PYTHON = """\
[model]
adapter = "python"
"""

_ENCODER = '''\
"""Replace this: mean colour for pictures, nothing for texts."""

import numpy as np


class Encoder:
    def encode_images(self, images):
        """PIL pictures (RGB) to (n, d) float32."""
        return np.stack([np.asarray(i.resize((1, 1)), np.float32).ravel() / 255 for i in images])

    def encode_texts(self, texts):
        """Texts to (n, d) float32; a score is the inner product of the two rows."""
        return np.ones((len(texts), 3), np.float32)
'''

_SAMPLE = ["a red boat on the sea", "une maison blanche", "a calm evening", "nature morte"]
_TINY = {"image_size": 32, "layers": 1, "width": 32, "head_width": 16, "patch_size": 16}


def scaffold(folder: Path, adapter: str) -> None:
    """Make `folder` with a whole submission in it, or nothing. Raises BadInput."""
    if not re.fullmatch(NAME, folder.name):
        remedy = "use small letters, digits and hyphens, at most 80"
        raise BadInput(shown(folder.name), "is no name", remedy)
    if folder.exists():
        raise BadInput(folder, "is there already", "choose another name")
    model, fill = ADAPTERS[adapter]
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as place:
        draft = Path(place) / folder.name
        draft.mkdir()
        manifest = _MANIFEST.format(name=folder.name, model=model)
        (draft / "submission.toml").write_text(manifest, encoding="utf-8")
        (draft / "README.md").write_text(_CARD.format(name=folder.name), encoding="utf-8")
        fill(draft)
        shutil.move(draft, folder)


def _fill_python(folder: Path) -> None:
    (folder / "encoder.py").write_text(_ENCODER, encoding="utf-8")


def _fill_open_clip(folder: Path) -> None:
    import open_clip
    from safetensors.torch import save_file

    from benchmark.training.tokenizer import learn

    learn(_SAMPLE, 300, folder)
    text = {"context_length": 32, "vocab_size": 300, "width": 32, "heads": 2, "layers": 1}
    text["hf_tokenizer_name"] = "tokenizer of this folder"  # type: ignore[assignment]
    config = {
        "model_cfg": {"embed_dim": 32, "vision_cfg": _TINY, "text_cfg": text},
        "preprocess_cfg": {"mean": [0.5] * 3, "std": [0.5] * 3, "resize_mode": "squash"},
    }
    (folder / "open_clip_config.json").write_text(json.dumps(config, indent=2) + "\n")
    model = open_clip.create_model(f"local-dir:{folder}", load_weights=False)
    save_file(model.state_dict(), folder / "open_clip_model.safetensors")


def _fill_onnx(folder: Path) -> None:
    import open_clip

    from benchmark.training.export import export

    with tempfile.TemporaryDirectory(dir=folder.parent) as place:
        source = Path(place) / "model"
        source.mkdir()
        _fill_open_clip(source)
        config = source / "open_clip_config.json"
        model = open_clip.create_model(f"local-dir:{source}", load_weights=False)
        export(model, config, folder)
        for name in ("tokenizer.json", "tokenizer_config.json"):
            shutil.copyfile(source / name, folder / name)


def _fill_transformers(folder: Path) -> None:
    import transformers

    from benchmark.training.tokenizer import learn

    home = folder / "model"
    home.mkdir()
    learn(_SAMPLE, 300, home)
    tokenizer = transformers.AutoTokenizer.from_pretrained(home)
    size = {"hidden_size": 32, "intermediate_size": 64, "num_attention_heads": 2}
    config = transformers.CLIPConfig(
        text_config={
            **size,
            "num_hidden_layers": 1,
            "vocab_size": 300,
            "max_position_embeddings": 32,
            "bos_token_id": tokenizer.bos_token_id,
            "eos_token_id": tokenizer.eos_token_id,
        },
        vision_config={**size, "num_hidden_layers": 1, "image_size": 32, "patch_size": 16},
        projection_dim=32,
    )
    tokenizer.model_max_length = 32
    pictures = transformers.CLIPImageProcessor(
        size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32}
    )
    transformers.CLIPProcessor(pictures, tokenizer).save_pretrained(home)
    transformers.CLIPModel(config).save_pretrained(home)


ADAPTERS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "open_clip": (_OPEN_CLIP, _fill_open_clip),
    "transformers": (_TRANSFORMERS, _fill_transformers),
    "onnx": (_ONNX, _fill_onnx),
    "python": (_PYTHON, _fill_python),
}
"""Adapter -> its table of the manifest, and what writes its files."""
