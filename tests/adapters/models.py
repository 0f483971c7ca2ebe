"""Tiny models with random weights, in the formats real ones come in."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors.torch import save_file

WORDS = ["a", "boat", "on", "the", "sea", "red", "house", "in", "storm"]


def pictures(count: int = 5) -> list[Image.Image]:
    """Pictures of several sizes and shapes."""
    rng = np.random.default_rng(0)
    return [
        Image.fromarray(rng.integers(0, 256, (40 + 7 * i, 60 - 5 * i, 3)).astype(np.uint8))
        for i in range(count)
    ]


OPEN_CLIP = {
    "model_cfg": {
        "embed_dim": 24,
        "vision_cfg": {
            "image_size": 32,
            "layers": 2,
            "width": 32,
            "head_width": 16,
            "patch_size": 8,
        },
        "text_cfg": {
            "context_length": 16,
            "vocab_size": 49408,
            "width": 32,
            "heads": 2,
            "layers": 2,
        },
    },
    "preprocess_cfg": {
        "mean": [0.5, 0.5, 0.5],
        "std": [0.5, 0.5, 0.5],
        "interpolation": "bicubic",
        "resize_mode": "squash",
    },
}


def make_open_clip(
    folder: Path, weights: str = "open_clip_model.safetensors", context_length: int = 16
) -> Path:
    """open_clip_config.json and safetensors, as open_clip pushes them to the hub."""
    import open_clip

    folder.mkdir(parents=True, exist_ok=True)
    config = json.loads(json.dumps(OPEN_CLIP))
    config["model_cfg"]["text_cfg"]["context_length"] = context_length
    (folder / "open_clip_config.json").write_text(json.dumps(config))
    torch.manual_seed(0)
    model = open_clip.create_model(f"local-dir:{folder}", load_weights=False)
    save_file(model.state_dict(), folder / weights)
    return folder


SMALL = {
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
}


def _tokenizer(length: int):
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    vocabulary = {word: i for i, word in enumerate(["<pad>", "<s>", "</s>", "<unk>", *WORDS])}
    inner = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    inner.pre_tokenizer = pre_tokenizers.Whitespace()
    inner.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 1), ("</s>", 2)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=inner,
        pad_token="<pad>",
        bos_token="<s>",
        eos_token="</s>",
        unk_token="<unk>",
        model_max_length=length,
    )


def make_clip(folder: Path) -> Path:
    """A CLIP with its own byte-pair vocabulary: every letter, alone and at a word's end."""
    from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel, CLIPProcessor, CLIPTokenizer

    letters = "abcdefghijklmnopqrstuvwxyz"
    tokens = [*letters, *(letter + "</w>" for letter in letters), "se", "sea</w>"]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    vocabulary = {token: number for number, token in enumerate(tokens)}
    tokenizer = CLIPTokenizer(
        vocab=vocabulary, merges=[("s", "e"), ("se", "a</w>")], model_max_length=12
    )
    last = len(tokens) - 1
    config = CLIPConfig(
        text_config=SMALL
        | {
            "vocab_size": len(tokens),
            "max_position_embeddings": 12,
            "bos_token_id": last - 1,
            "eos_token_id": last,
            "pad_token_id": last,
        },
        vision_config=SMALL | {"image_size": 32, "patch_size": 8},
        projection_dim=24,
    )
    torch.manual_seed(0)
    CLIPModel(config).save_pretrained(folder, safe_serialization=True)
    size = {"height": 32, "width": 32}
    images = CLIPImageProcessor(size={"shortest_edge": 32}, crop_size=size)
    CLIPProcessor(images, tokenizer).save_pretrained(folder)
    return folder


def make_siglip(folder: Path) -> Path:
    from transformers import SiglipConfig, SiglipImageProcessor, SiglipModel, SiglipProcessor

    config = SiglipConfig(
        text_config=SMALL
        | {
            "vocab_size": 4 + len(WORDS),
            "max_position_embeddings": 12,
            "projection_size": 32,
            "bos_token_id": 1,
            "eos_token_id": 2,
            "pad_token_id": 0,
        },
        vision_config=SMALL | {"image_size": 32, "patch_size": 8},
    )
    torch.manual_seed(0)
    SiglipModel(config).save_pretrained(folder, safe_serialization=True)
    images = SiglipImageProcessor(size={"height": 32, "width": 32})
    # As the tokenizers of SigLIP 2 do, this one names no length of its own.
    SiglipProcessor(images, _tokenizer(10**30)).save_pretrained(folder)
    return folder


def make_metaclip2(folder: Path) -> Path:
    from transformers import CLIPImageProcessor, CLIPProcessor, MetaClip2Config, MetaClip2Model

    text = {"vocab_size": 4 + len(WORDS), "max_position_embeddings": 12, "bos_token_id": 1}
    config = MetaClip2Config(
        text_config=SMALL | text | {"eos_token_id": 2, "pad_token_id": 0},
        vision_config=SMALL | {"image_size": 32, "patch_size": 8},
        projection_dim=24,
    )
    torch.manual_seed(0)
    MetaClip2Model(config).save_pretrained(folder)
    size = {"height": 32, "width": 32}
    images = CLIPImageProcessor(size={"shortest_edge": 32}, crop_size=size)
    CLIPProcessor(images, _tokenizer(12)).save_pretrained(folder)
    return folder


def make_blip(folder: Path, trained_for: str = "BlipForImageTextRetrieval") -> Path:
    """A BLIP with a vocabulary of whole words, as BERT's are; pictures become 32 x 32."""
    import transformers

    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS, "[DEC]"]
    (folder / "vocab.txt").write_text("\n".join(vocabulary))
    tokenizer = transformers.BertTokenizer(str(folder / "vocab.txt"), model_max_length=12)
    last = len(vocabulary) - 1
    config = transformers.BlipConfig(
        text_config=SMALL
        | {"vocab_size": len(vocabulary), "max_position_embeddings": 12, "bos_token_id": last}
        | {"sep_token_id": 3, "eos_token_id": 3, "pad_token_id": 0},
        vision_config=SMALL | {"image_size": 32, "patch_size": 8, "initializer_range": 0.2},
        image_text_hidden_size=24,
    )
    torch.manual_seed(0)
    model = getattr(transformers, trained_for)(config)
    # A head whose columns lie apart, so that pictures are told apart by more than rounding.
    with torch.no_grad():
        for _, parameter in model.named_parameters():
            if parameter.ndim > 1:
                parameter.normal_(0, 0.2)
    model.save_pretrained(folder)
    images = transformers.BlipImageProcessor(size={"height": 32, "width": 32})
    transformers.BlipProcessor(images, tokenizer).save_pretrained(folder)
    return folder


def bring_code(folder: Path, auto: str) -> Path:
    """Put code beside a model's files and have one ask for it; the mark that it would leave."""
    mark = folder.parent / "code-has-run"
    (folder / "evil.py").write_text(f"open({str(mark)!r}, 'w').close()\nclass Evil: pass\n")
    path = folder / auto
    table = json.loads(path.read_text()) if path.is_file() else {}
    classes = ("AutoConfig", "AutoModel", "AutoProcessor", "AutoImageProcessor")
    table["auto_map"] = dict.fromkeys(classes, "evil.Evil") | {"AutoTokenizer": ["evil.Evil", None]}
    table |= {key: "Evil" for key in ("tokenizer_class", "processor_class") if key in table}
    path.write_text(json.dumps(table))
    return mark
