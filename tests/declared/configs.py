"""Config files as well-known repositories of the hub have them."""

from __future__ import annotations

import json
from typing import Any

_OLD_TOWER: dict[str, Any] = {
    "_name_or_path": "", "add_cross_attention": False, "architectures": None,
    "attention_dropout": 0.0, "bad_words_ids": None, "bos_token_id": 0,
    "chunk_size_feed_forward": 0, "cross_attention_hidden_size": None,
    "decoder_start_token_id": None, "diversity_penalty": 0.0, "do_sample": False, "dropout": 0.0,
    "early_stopping": False, "encoder_no_repeat_ngram_size": 0, "eos_token_id": 2,
    "exponential_decay_length_penalty": None, "finetuning_task": None,
    "forced_bos_token_id": None, "forced_eos_token_id": None, "hidden_act": "quick_gelu",
    "hidden_size": 512, "id2label": {"0": "LABEL_0", "1": "LABEL_1"}, "initializer_factor": 1.0,
    "initializer_range": 0.02, "intermediate_size": 2048, "is_decoder": False,
    "is_encoder_decoder": False, "label2id": {"LABEL_0": 0, "LABEL_1": 1},
    "layer_norm_eps": 1e-05, "length_penalty": 1.0, "max_length": 20,
    "max_position_embeddings": 77, "min_length": 0, "model_type": "clip_text_model",
    "no_repeat_ngram_size": 0, "num_attention_heads": 8, "num_beam_groups": 1, "num_beams": 1,
    "num_hidden_layers": 12, "num_return_sequences": 1, "output_attentions": False,
    "output_hidden_states": False, "output_scores": False, "pad_token_id": 1, "prefix": None,
    "problem_type": None, "projection_dim": 512, "pruned_heads": {},
    "remove_invalid_values": False, "repetition_penalty": 1.0, "return_dict": True,
    "return_dict_in_generate": False, "sep_token_id": None, "task_specific_params": None,
    "temperature": 1.0, "tf_legacy_loss": False, "tie_encoder_decoder": False,
    "tie_word_embeddings": True, "tokenizer_class": None, "top_k": 50, "top_p": 1.0,
    "torch_dtype": None, "torchscript": False, "transformers_version": "4.16.0.dev0",
    "typical_p": 1.0, "use_bfloat16": False, "vocab_size": 49408,
}  # fmt: skip
_TOKEN = {"content": "<|startoftext|>", "lstrip": False, "normalized": True, "rstrip": False}
_TOKEN |= {"single_word": False, "__type": "AddedToken"}  # type: ignore[dict-item]
_CLIP_TOKENS = {"bos_token": _TOKEN, "eos_token": _TOKEN, "unk_token": _TOKEN}
_VOCABULARY = {"vocab.json": {"!": 0, "<|endoftext|>": 1}, "tokenizer.json": {"version": "1.0"}}
_MEAN, _STD = [0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711]

CLIP = _VOCABULARY | {
    "config.json": {
        "_name_or_path": "openai/clip-vit-base-patch32",
        "architectures": ["CLIPModel"],
        "initializer_factor": 1.0,
        "logit_scale_init_value": 2.6592,
        "model_type": "clip",
        "projection_dim": 512,
        "text_config": _OLD_TOWER,
        "text_config_dict": None,
        "torch_dtype": "float32",
        "transformers_version": None,
        "vision_config": _OLD_TOWER
        | {"model_type": "clip_vision_model", "image_size": 224, "patch_size": 32},
        "vision_config_dict": None,
    },
    "preprocessor_config.json": {
        "crop_size": 224, "do_center_crop": True, "do_normalize": True, "do_resize": True,
        "feature_extractor_type": "CLIPFeatureExtractor", "image_mean": _MEAN, "image_std": _STD,
        "resample": 3, "size": 224,
    },
    "special_tokens_map.json": _CLIP_TOKENS | {"pad_token": "<|endoftext|>"},
    "tokenizer_config.json": _CLIP_TOKENS
    | {
        "pad_token": "<|endoftext|>", "add_prefix_space": False, "errors": "replace",
        "do_lower_case": True, "name_or_path": "openai/clip-vit-base-patch32",
        "model_max_length": 77, "special_tokens_map_file": "./special_tokens_map.json",
        "tokenizer_class": "CLIPTokenizer",
    },
}  # fmt: skip
"""openai/clip-vit-base-patch32, written by an old transformers."""

_SMALL_TOWER = {"hidden_size": 768, "intermediate_size": 3072, "num_attention_heads": 12}
_SPECIAL = {"content": "</s>", "lstrip": True, "normalized": False, "rstrip": True}
_SPECIAL |= {"single_word": False, "special": True}
SIGLIP = {
    "config.json": {
        "architectures": ["SiglipModel"],
        "initializer_factor": 1.0,
        "model_type": "siglip",
        "text_config": _SMALL_TOWER | {"model_type": "siglip_text_model", "vocab_size": 32000},
        "torch_dtype": "float32",
        "transformers_version": "4.37.0.dev0",
        "vision_config": _SMALL_TOWER | {"model_type": "siglip_vision_model"},
    },
    "preprocessor_config.json": {
        "do_normalize": True, "do_rescale": True, "do_resize": True, "image_mean": [0.5] * 3,
        "image_processor_type": "SiglipImageProcessor", "image_std": [0.5] * 3,
        "processor_class": "SiglipProcessor", "resample": 3,
        "rescale_factor": 0.00392156862745098, "size": {"height": 224, "width": 224},
    },
    "special_tokens_map.json": {"eos_token": _SPECIAL, "pad_token": _SPECIAL},
    "tokenizer_config.json": {
        "added_tokens_decoder": {"1": _SPECIAL, "2": _SPECIAL}, "additional_special_tokens": [],
        "clean_up_tokenization_spaces": True, "do_lower_case": True, "eos_token": "</s>",
        "model_input_names": ["input_ids"], "model_max_length": 64, "pad_token": "</s>",
        "processor_class": "SiglipProcessor", "sp_model_kwargs": {},
        "tokenizer_class": "SiglipTokenizer", "unk_token": "<unk>", "extra_special_tokens": {},
    },
    "spiece.model": "\n\x0e",
}  # fmt: skip
"""google/siglip-base-patch16-224."""

_PREPARED = {"mean": _MEAN, "std": _STD, "interpolation": "bicubic", "resize_mode": "shortest"}
LAION = {
    **CLIP,
    "open_clip_config.json": {
        "model_cfg": {
            "embed_dim": 512,
            "vision_cfg": {"image_size": 224, "layers": 12, "width": 768, "patch_size": 32},
            "text_cfg": {
                "context_length": 77, "vocab_size": 49408, "width": 512, "heads": 8, "layers": 12,
            },
        },
        "preprocess_cfg": {"mean": _MEAN, "std": _STD},
    },
}  # fmt: skip
"""laion/CLIP-ViT-B-32-laion2B-s34B-b79K."""

TIMM_SIGLIP = {
    "open_clip_config.json": {
        "model_cfg": {
            "embed_dim": 768,
            "init_logit_bias": -10,
            "custom_text": True,
            "vision_cfg": {
                "image_size": 224, "timm_model_name": "vit_base_patch16_siglip_224",
                "timm_model_pretrained": False, "timm_pool": "map", "timm_proj": "none",
            },
            "text_cfg": {
                "context_length": 64, "vocab_size": 32000, "layers": 12, "heads": 12,
                "hf_tokenizer_name": "timm/ViT-B-16-SigLIP", "width": 768, "pool_type": "last",
                "tokenizer_kwargs": {"clean": "canonicalize"}, "no_causal_mask": True,
                "proj_bias": True, "norm_kwargs": {"eps": 1e-6},
                "act_kwargs": {"approximate": "tanh"},
            },
        },
        "preprocess_cfg": _PREPARED | {"resize_mode": "squash"},
    },
    "tokenizer_config.json": {
        "tokenizer_class": "T5Tokenizer", "extra_ids": 0, "legacy": False, "eos_token": "</s>",
        "additional_special_tokens": [], "model_max_length": 64,
    },
    "tokenizer.json": {"version": "1.0"},
}  # fmt: skip
"""timm/ViT-B-16-SigLIP."""

MOBILE = {
    "open_clip_config.json": {
        "model_cfg": {
            "embed_dim": 512,
            "vision_cfg": {
                "timm_model_name": "fastvit_mci1", "timm_model_pretrained": False,
                "timm_pool": "avg", "timm_proj": None, "timm_drop": 0.0, "timm_drop_path": 0.0,
                "image_size": 256,
            },
            "text_cfg": {
                "context_length": 77, "vocab_size": 49408, "width": 512, "heads": 8, "layers": 12,
                "no_causal_mask": True,
            },
            "custom_text": True,
        },
        "preprocess_cfg": _PREPARED | {"mean": [0, 0, 0], "std": [1, 1, 1]},
    },
}  # fmt: skip
"""apple/MobileCLIP-S1-OpenCLIP."""


def as_files(configs: dict[str, Any]) -> dict[str, str]:
    """File name -> content."""
    return {name: c if isinstance(c, str) else json.dumps(c) for name, c in configs.items()}
