"""Adapter for CLIP and SigLIP models of transformers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from benchmark.adapters._adapter import Adapter, Files, Held, HubTable
from benchmark.adapters._counting import towers
from benchmark.adapters._open_clip_config import OPEN_CLIP
from benchmark.adapters._weights import TOKENIZER, need_vocabulary
from benchmark.byte_pairs import learn
from benchmark.declared.code import Declared
from benchmark.declared.keys import OF_THE_HUB
from benchmark.errors import BadInput
from benchmark.named_files import File
from benchmark.parsing import json_table
from benchmark.submission_files import MANIFEST
from benchmark.tables import Text

if TYPE_CHECKING:
    from PIL.Image import Image

FAMILIES = ("clip", "siglip", "siglip2")


class Transformers(HubTable):
    """A CLIP or SigLIP model in the transformers layout: a folder here, or a hub repository."""

    adapter: Literal["transformers"]
    folder: Annotated[Text | None, File(folder=True)] = Field(
        None, description="folder here as `save_pretrained` writes it: model and processor"
    )

    @model_validator(mode="after")
    def _one_source(self) -> Transformers:
        if (self.folder is None) == (self.hub is None):
            raise ValueError("name exactly one of folder, hub")
        return self


class TransformersEncoder:
    """A CLIP or SigLIP model; embeddings come out at unit length, so scores are cosines."""

    def __init__(self, model: Any, processor: Any, device: Any) -> None:
        self._model, self._processor, self._device = model, processor, device
        # SigLIP was trained on texts padded to full length; shorter padding moves its scores.
        self._padding = "longest" if model.config.model_type == "clip" else "max_length"
        self._longest: int = model.config.text_config.max_position_embeddings

    def encode_images(self, images: Sequence[Image]) -> NDArray[np.float32]:
        import torch

        inputs = self._processor(images=list(images), return_tensors="pt").to(self._device)
        inputs["pixel_values"] = inputs["pixel_values"].to(self._model.dtype)
        with torch.inference_mode():
            return _unit(self._model.get_image_features(**inputs))

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import torch

        inputs = self._processor(
            text=list(texts),
            padding=self._padding,
            truncation=True,
            max_length=self._longest,
            return_tensors="pt",
        ).to(self._device)
        with torch.inference_mode():
            return _unit(self._model.get_text_features(**inputs))

    def truncated(self, texts: Sequence[str]) -> int:
        tokens = self._processor.tokenizer(list(texts), truncation=False)["input_ids"]
        return sum(len(one) > self._longest for one in tokens)


def _unit(features: Any) -> NDArray[np.float32]:
    """Embeddings of unit length. transformers 5 wraps them, transformers 4 did not."""
    from torch.nn.functional import normalize

    found = getattr(features, "pooler_output", features).float()
    return normalize(found, dim=-1).cpu().numpy()


def load(
    folder: Path, table: Transformers, snapshot: Path | None, device: str
) -> TransformersEncoder:
    """Build the model from safetensors alone. Raises BadInput naming the field at fault."""
    import transformers

    from benchmark.devices import PRECISIONS, pick

    home = snapshot or folder / str(table.folder)
    where = f"{folder / MANIFEST}: model.{'hub' if snapshot else 'folder'}"
    apart: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    try:
        config = transformers.AutoConfig.from_pretrained(home, **apart)
        if config.model_type not in FAMILIES:
            raise BadInput(where, f"is a '{config.model_type}' model", "CLIP or SigLIP only")
        need_vocabulary(where, home)
        model, loading = transformers.AutoModel.from_pretrained(
            home,
            use_safetensors=True,
            dtype=PRECISIONS[table.precision],
            output_loading_info=True,
            **apart,
        )
        processor = transformers.AutoProcessor.from_pretrained(home, **apart)
    except (OSError, ValueError, RuntimeError) as error:
        raise BadInput(where, " ".join(str(error).split())[:200]) from None
    if missing := sorted(loading["missing_keys"]):  # transformers would fill them at random
        raise BadInput(where, f"its weights lack {len(missing)} tensors, such as {missing[0]}")
    chosen = pick(device)
    return TransformersEncoder(model.to(chosen).eval(), processor, chosen)


def parameters(table: Transformers, files: Files) -> Held:
    """Of the weight files that transformers reads: one, or those that an index names."""
    home = PurePosixPath(table.folder or ".")
    index, whole = home / "model.safetensors.index.json", str(home / "model.safetensors")
    own = {whole}
    if whole not in files and str(index) in files:
        shards = json_table(files[str(index)])["weight_map"].values()
        own = {str(home / shard) for shard in shards}
    return Held(towers([files[name] for name in sorted(own)], ("vision_model.",)), own)


_MODEL = """\
[model]
adapter = "transformers"
# A tiny untrained CLIP of this folder, to be replaced. For weights of the hub write instead:
#   hub = "openai/clip-vit-base-patch32"
#   revision = "40 hex digits of a commit"
folder = "model"
"""
_WORDS = ["a red boat on the sea", "une maison blanche", "a calm evening", "nature morte"]


def scaffold(folder: Path) -> str:
    """A CLIP of one layer a tower, untrained."""
    import transformers

    home = folder / "model"
    home.mkdir()
    learn(_WORDS, 300, home)
    tokenizer = transformers.AutoTokenizer.from_pretrained(home)
    tokenizer.model_max_length = 32
    layer = {"hidden_size": 32, "intermediate_size": 64, "num_attention_heads": 2}
    layer["num_hidden_layers"] = 1
    config = transformers.CLIPConfig(
        text_config={
            **layer,
            "vocab_size": 300,
            "max_position_embeddings": 32,
            "bos_token_id": tokenizer.bos_token_id,
            "eos_token_id": tokenizer.eos_token_id,
        },
        vision_config={**layer, "image_size": 32, "patch_size": 16},
        projection_dim=32,
    )
    pictures = transformers.CLIPImageProcessor(
        size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32}
    )
    transformers.CLIPProcessor(pictures, tokenizer).save_pretrained(home)
    transformers.CLIPModel(config).save_pretrained(home)
    return _MODEL


ADAPTER = Adapter(
    table=Transformers,
    load=load,
    scaffold=scaffold,
    parameters=parameters,
    declared=Declared({**OF_THE_HUB, **OPEN_CLIP}),
    wanted=(
        *TOKENIZER, "config.json", "preprocessor_config.json", "processor_config.json",
        "model*.safetensors", "model.safetensors.index.json",
    ),
)  # fmt: skip
