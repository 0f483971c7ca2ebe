"""Adapter for open_clip models: named architectures, configs in a folder, hub snapshots."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from benchmark.adapters._adapter import Adapter, Files, Held, HubTable, Repository, pinned
from benchmark.adapters._counting import plain, towers
from benchmark.adapters._open_clip_config import OPEN_CLIP
from benchmark.adapters._weights import TOKENIZER, need_vocabulary
from benchmark.byte_pairs import learn
from benchmark.declared.code import Declared
from benchmark.declared.keys import OF_THE_HUB
from benchmark.errors import BadInput
from benchmark.named_files import File
from benchmark.submission_files import MANIFEST
from benchmark.tables import Text

if TYPE_CHECKING:
    from PIL.Image import Image


CONFIG = "open_clip_config.json"
"""open_clip's own name for a model's configuration; it finds no other."""


class OpenClip(HubTable):
    """A model of open_clip: a named architecture, or open_clip_config.json in this folder."""

    adapter: Literal["open_clip"]
    architecture: Text | None = Field(None, description="a name open_clip knows")
    config: Annotated[Text | None, File()] = Field(
        None, description="`open_clip_config.json` in this folder"
    )
    weights: Annotated[Text | None, File(".safetensors", trained=True)] = Field(
        None, description="safetensors file in this folder"
    )
    pretrained: Text | None = Field(
        None, description="a pretrained tag open_clip knows, with `architecture`"
    )

    @model_validator(mode="after")
    def _one_source(self) -> OpenClip:
        if [self.weights, self.hub, self.pretrained].count(None) != 2:
            raise ValueError("name exactly one of weights, hub, pretrained")
        if self.hub is None and (self.architecture is None) == (self.config is None):
            raise ValueError("name exactly one of architecture, config")
        if self.hub is not None and (self.architecture or self.config):
            raise ValueError("a hub repository brings its own config: drop architecture, config")
        if self.pretrained is not None and self.architecture is None:
            raise ValueError("pretrained needs the architecture it belongs to")
        return self


class OpenClipEncoder:
    """An open_clip model; embeddings come out at unit length, so scores are cosines."""

    def __init__(self, model: Any, preprocess: Any, tokenize: Any, device: Any, dtype: Any) -> None:
        self._model, self._preprocess, self._tokenize = model, preprocess, tokenize
        self._device, self._dtype = device, dtype

    def encode_images(self, images: Sequence[Image]) -> NDArray[np.float32]:
        import torch

        batch = torch.stack([self._preprocess(image) for image in images])
        with torch.inference_mode():
            found = self._model.encode_image(batch.to(self._device, self._dtype), normalize=True)
        return found.float().cpu().numpy()

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import torch

        tokens = self._tokenize(list(texts)).to(self._device)
        with torch.inference_mode():
            found = self._model.encode_text(tokens, normalize=True)
        return found.float().cpu().numpy()

    def truncated(self, texts: Sequence[str]) -> int:
        # A text that fits leaves one place more than its room to padding, as a short one does.
        room = self._tokenize.context_length
        narrow, wide = (self._tokenize([*texts, "a"], places) for places in (room, room + 1))
        changed = (wide[:, :room] != narrow).any(dim=1) | (wide[:, room] != wide[-1, room])
        return int(changed.sum())


def load(folder: Path, table: OpenClip, snapshot: Path | None, device: str) -> OpenClipEncoder:
    """Build the model and load its safetensors. Raises BadInput naming the field at fault."""
    import open_clip

    from benchmark.devices import PRECISIONS, pick

    name = table.architecture
    if snapshot is not None or name is None:
        home = snapshot or (folder / str(table.config)).parent
        where = f"{folder / MANIFEST}: model.{'hub' if snapshot else 'config'}"
        if not (home / CONFIG).is_file():
            raise BadInput(where, f"no {CONFIG} in {home}", f"open_clip reads only {CONFIG}")
        name = f"local-dir:{home}"
        if open_clip.get_model_config(name)["text_cfg"].get("hf_tokenizer_name"):
            need_vocabulary(where, home)
    elif name not in open_clip.list_models():
        raise BadInput(
            f"{folder / MANIFEST}: model.architecture",
            f"open_clip knows no '{name}'",
            "open_clip.list_models() lists them, or give config",
        )
    chosen = pick(device)
    # open_clip keeps norms in float32 under "fp16"; "pure_" casts everything, as inputs are.
    native = table.precision if table.precision == "fp32" else f"pure_{table.precision}"
    model, _, preprocess = open_clip.create_model_and_transforms(
        name, load_weights=False, precision=native, device=chosen
    )
    if snapshot is None:
        weights = folder / str(table.weights)
    else:
        weights = snapshot / _preferred([path.name for path in snapshot.iterdir()])
    try:
        open_clip.load_checkpoint(model, str(weights), device=str(chosen))
    except RuntimeError as error:
        reason = " ".join(str(error).split())[:160]
        raise BadInput(weights, f"does not fit the model ({reason})") from None
    # Code that may lie beside a tokenizer's vocabulary stays unread.
    text = open_clip.get_model_config(name)["text_cfg"]
    trust = {"trust_remote_code": False} if text.get("hf_tokenizer_name") else {}
    tokenize = open_clip.get_tokenizer(name, **trust)
    return OpenClipEncoder(model.eval(), preprocess, tokenize, chosen, PRECISIONS[table.precision])


def parameters(table: OpenClip, files: Files) -> Held:
    """The image tower is open_clip's `visual`; all else is the text tower."""
    own = _preferred(files) if table.weights is None else plain(table.weights)
    return Held(towers([files[own]], ("visual.", "module.visual.")), {own})


def _preferred(names: Iterable[str]) -> str:
    """The file of a snapshot that open_clip is to load; open_clip's own where there are two."""
    found = sorted(name for name in names if name.endswith(".safetensors") and "/" not in name)
    return next((name for name in found if name.startswith("open_clip")), found[0])


def repository(folder: Path, table: OpenClip) -> Repository | None:
    """As the table pins it; a pretrained tag is looked up in open_clip's own table."""
    if table.pretrained is None:
        return pinned(table)
    from open_clip.pretrained import get_pretrained_cfg

    known = get_pretrained_cfg(table.architecture, table.pretrained)
    name = str(known.get("hf_hub", "")).strip("/")
    if not name:
        raise BadInput(
            f"{folder / MANIFEST}: model.pretrained",
            f"open_clip has no '{table.pretrained}' for '{table.architecture}'",
            "open_clip.list_pretrained() lists what it has",
        )
    return Repository("pretrained", name, None)


_MODEL = """\
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
_WORDS = ["a red boat on the sea", "une maison blanche", "a calm evening", "nature morte"]
_TINY = {"image_size": 32, "layers": 1, "width": 32, "head_width": 16, "patch_size": 16}


def scaffold(folder: Path) -> str:
    """A vision transformer of one layer beside a text transformer of one layer, untrained."""
    import open_clip
    from safetensors.torch import save_file

    learn(_WORDS, 300, folder)
    text: dict[str, Any] = {"context_length": 32, "vocab_size": 300, "width": 32, "heads": 2}
    text |= {"layers": 1, "hf_tokenizer_name": "tokenizer of this folder"}
    config = {
        "model_cfg": {"embed_dim": 32, "vision_cfg": _TINY, "text_cfg": text},
        "preprocess_cfg": {"mean": [0.5] * 3, "std": [0.5] * 3, "resize_mode": "squash"},
    }
    (folder / CONFIG).write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    model = open_clip.create_model(f"local-dir:{folder}", load_weights=False)
    save_file(model.state_dict(), folder / "open_clip_model.safetensors")
    return _MODEL


ADAPTER = Adapter(
    table=OpenClip,
    load=load,
    scaffold=scaffold,
    parameters=parameters,
    declared=Declared({**OF_THE_HUB, **OPEN_CLIP}),
    wanted=(*TOKENIZER, CONFIG, "*.safetensors"),
    repository=repository,
)
