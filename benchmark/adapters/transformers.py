"""Adapter for CLIP, SigLIP, SigLIP 2, MetaCLIP 2 and BLIP models of transformers."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, model_validator

from benchmark.adapters._adapter import Adapter, Files, Held, HubTable
from benchmark.adapters._blip import BlipCaptioner, BlipRetrieval
from benchmark.adapters._counting import towers
from benchmark.adapters._dual_encoder import PADDING, TransformersEncoder
from benchmark.adapters._open_clip_config import OPEN_CLIP
from benchmark.adapters._weights import TOKENIZER, need_vocabulary
from benchmark.byte_pairs import learn
from benchmark.declared.code import Declared
from benchmark.declared.keys import OF_THE_HUB
from benchmark.errors import BadInput
from benchmark.named_files import File
from benchmark.parsing import json_table, shown
from benchmark.submission_files import MANIFEST
from benchmark.tables import Text

Model: TypeAlias = TransformersEncoder | BlipRetrieval | BlipCaptioner


class Transformers(HubTable):
    """A CLIP, SigLIP, MetaCLIP 2 or BLIP in the transformers layout: a folder, or a hub's."""

    adapter: Literal["transformers"]
    folder: Annotated[Text | None, File(folder=True)] = Field(
        None, description="folder here as `save_pretrained` writes it: model and processor"
    )

    @model_validator(mode="after")
    def _one_source(self) -> Transformers:
        if (self.folder is None) == (self.hub is None):
            raise ValueError("name exactly one of folder, hub")
        return self


_BLIP: dict[str, type[BlipRetrieval] | type[BlipCaptioner]] = {
    "BlipForImageTextRetrieval": BlipRetrieval,
    "BlipForConditionalGeneration": BlipCaptioner,
}
"""What the config of a BLIP says it was trained for -> what it can do here."""


def load(folder: Path, table: Transformers, snapshot: Path | None, device: str) -> Model:
    """Build the model from safetensors alone. Raises BadInput naming the field at fault."""
    import transformers

    from benchmark.devices import PRECISIONS, pick

    home = snapshot or folder / str(table.folder)
    where = f"{folder / MANIFEST}: model.{'hub' if snapshot else 'folder'}"
    apart: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    try:
        config = transformers.AutoConfig.from_pretrained(home, **apart)
        library, made = _classes(where, config)
        need_vocabulary(where, home)
        model, loading = library.from_pretrained(
            home,
            use_safetensors=True,
            dtype=PRECISIONS[table.precision],
            output_loading_info=True,
            **apart,
        )
        processor = transformers.AutoProcessor.from_pretrained(home, **apart)
    except (OSError, ValueError, RuntimeError, ImportError) as error:
        raise BadInput(where, " ".join(str(error).split())[:200]) from None
    if missing := sorted(loading["missing_keys"]):  # transformers would fill them at random
        raise BadInput(where, f"its weights lack {len(missing)} tensors, such as {missing[0]}")
    chosen = pick(device)
    return made(model.to(chosen).eval(), processor, chosen)


def _classes(where: str, config: Any) -> tuple[Any, type[Model]]:
    """The library's class of a model, and ours. Raises BadInput for what neither knows."""
    import transformers

    if config.model_type in PADDING:
        return transformers.AutoModel, TransformersEncoder
    trained_for = (config.architectures or [""])[0]
    if config.model_type == "blip" and trained_for in _BLIP:
        return getattr(transformers, trained_for), _BLIP[trained_for]
    known = ", ".join([*PADDING, *_BLIP])
    told = trained_for if config.model_type == "blip" else config.model_type
    raise BadInput(where, f"is a '{shown(told)}' model", f"known are {known}")


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
