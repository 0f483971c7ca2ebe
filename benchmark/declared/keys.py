"""The keys and values that config files may have: those that choose numbers, never code.

A rule says which strings may stand under a key; numbers, booleans and null always may, and lists
of what may stand alone. None: no string. A set: one of these. A pattern: what matches it. A table
of rules: a table with these keys, "*" for all others, and "" for a string in the table's place.
"""

from __future__ import annotations

import re
from typing import TypeAlias

Rule: TypeAlias = "frozenset[str] | re.Pattern[str] | dict[str, Rule] | None"

TEXT = re.compile(r"[^\x00-\x1f\x7f]{0,300}")
"""A string that nothing opens, imports or looks up."""


def _of(names: str) -> frozenset[str]:
    return frozenset(names.split())


def _plain(names: str) -> dict[str, Rule]:
    return dict.fromkeys(names.split())


# open_clip: the fields of its CLIPVisionCfg, CLIPTextCfg, MultimodalCfg and PreprocessCfg. Strings
# that would reach for other models (hf_model_name) and keys for files (bpe_path) are left out.
_BLOCKS: dict[str, Rule] = {
    **_plain("layers width mlp_ratio ls_init_value final_ln_after_pool output_tokens qk_norm"),
    **_plain("scaled_cosine_attn scale_heads scale_attn_inner scale_attn scale_fc"),
    "act_kwargs": {"approximate": _of("none tanh")},
    "norm_kwargs": _plain("eps elementwise_affine bias"),
    "block_type": _of("default custom"),
}
_PICTURES: dict[str, Rule] = {
    **_BLOCKS,
    **_plain("head_width patch_size image_size patch_dropout"),
    **_plain("attn_pooler_queries attn_pooler_heads no_ln_pre timm_model_pretrained"),
    **_plain("timm_proj_bias timm_drop timm_drop_path"),
    "attentional_pool": _of("parallel cascade"),
    "pos_embed_type": _of("learnable sin_cos_2d"),
    "pool_type": _of("tok avg none"),
    "timm_model_name": re.compile(r"[a-z0-9_]{1,100}(\.[a-z0-9_]{1,100})?"),
    "timm_pool": re.compile(r"[a-z_]{0,30}"),
    "timm_proj": re.compile(r"|linear|mlp|none"),
}
_TEXTS: dict[str, Rule] = {
    **_BLOCKS,
    **_plain("context_length vocab_size heads embed_cls pad_id eos_id no_causal_mask proj_bias"),
    **_plain("hf_model_name hf_model_pretrained dim_head n_queries attn_pooler_heads"),
    "hf_tokenizer_name": TEXT,  # open_clip takes the tokenizer of the config's own folder
    "tokenizer_mode": _of("clips"),
    "tokenizer_kwargs": {
        "clean": _of("lower whitespace canonicalize"),
        "strip_sep_token": None,
    },
    "pool_type": _of("first last argmax eos none"),
    "proj_type": _of("linear none"),
    "hf_proj_type": _of("linear mlp"),
    "hf_pooler_type": _of("mean_pooler max_pooler cls_pooler cls_last_hidden_state_pooler"),
}
_PREPARATION: dict[str, Rule] = {
    **_plain("size mean std fill_color"),
    "mode": _of("RGB"),
    "interpolation": _of("bicubic bilinear nearest random"),
    "resize_mode": _of("shortest longest squash"),
}
_OPEN_CLIP: dict[str, Rule] = {
    "model_cfg": {
        **_plain("embed_dim quick_gelu init_logit_scale init_logit_bias nonscalar_logit_scale"),
        **_plain("output_dict custom_text"),
        "vision_cfg": _PICTURES,
        "text_cfg": _TEXTS,
        "multimodal_cfg": _TEXTS,
    },
    "preprocess_cfg": _PREPARATION,
}

# transformers: what CLIP, SigLIP and SigLIP2 read, and what configs of the hub carry besides.
_FAMILIES = ("CLIP", "Siglip", "Siglip2")
_PROCESSORS = frozenset(f"{family}Processor" for family in _FAMILIES)
_PICTURE_PROCESSORS = frozenset(
    f"{family}{kind}"
    for family in (*_FAMILIES, "ViT")
    for kind in ("ImageProcessor", "ImageProcessorFast", "ImageProcessorPil", "FeatureExtractor")
)
_TOKENIZERS = frozenset(
    f"{family}Tokenizer{kind}"
    for family in (*_FAMILIES, "Bert", "Gemma", "MT5", "Nllb", "Roberta", "T5", "XLMRoberta")
    for kind in ("", "Fast")
) | _of("PreTrainedTokenizerFast TokenizersBackend")
_LABELS: dict[str, Rule] = {"*": TEXT}
_GENERATION = _plain(
    "bad_words_ids begin_suppress_tokens decoder_start_token_id diversity_penalty do_sample "
    "early_stopping encoder_no_repeat_ngram_size exponential_decay_length_penalty "
    "forced_bos_token_id forced_eos_token_id length_penalty max_length max_new_tokens min_length "
    "no_repeat_ngram_size num_beam_groups num_beams num_return_sequences output_scores prefix "
    "remove_invalid_values repetition_penalty return_dict_in_generate suppress_tokens temperature "
    "top_k top_p typical_p use_cache bos_token_id eos_token_id pad_token_id sep_token_id"
)
_TOWER: dict[str, Rule] = {
    **_GENERATION,
    **_plain("add_cross_attention attention_dropout chunk_size_feed_forward"),
    **_plain("cross_attention_hidden_size dropout hidden_size image_size initializer_factor"),
    **_plain("initializer_range intermediate_size is_decoder is_encoder_decoder layer_norm_eps"),
    **_plain("logit_scale_init_value max_position_embeddings num_attention_heads num_channels"),
    **_plain("num_hidden_layers num_labels num_patches output_attentions output_hidden_states"),
    **_plain("patch_size projection_dim projection_size return_dict task_specific_params"),
    **_plain("tf_legacy_loss tie_encoder_decoder tie_word_embeddings torchscript use_bfloat16"),
    **_plain("vision_use_head vocab_size gradient_checkpointing _attn_implementation_autoset"),
    "_commit_hash": TEXT,
    "_name_or_path": TEXT,
    "architectures": frozenset(
        f"{family}{kind}Model{head}"
        for family in _FAMILIES
        for kind in ("", "Text", "Vision")
        for head in ("", "WithProjection")
    ),
    "attn_implementation": _of("eager sdpa"),
    "_attn_implementation": _of("eager sdpa"),
    "dtype": _of("float32 float16 bfloat16"),
    "torch_dtype": _of("float32 float16 bfloat16"),
    "finetuning_task": TEXT,
    "hidden_act": _of("gelu gelu_new gelu_fast gelu_pytorch_tanh quick_gelu relu silu swish"),
    "id2label": _LABELS,
    "label2id": _LABELS,
    "model_type": frozenset(
        f"{family.lower()}{kind}"
        for family in _FAMILIES
        for kind in ("", "_text_model", "_vision_model")
    ),
    "problem_type": TEXT,
    "pruned_heads": {},
    "tokenizer_class": _TOKENIZERS,
    "transformers_version": TEXT,
}
_CONFIG: dict[str, Rule] = {
    **_TOWER,
    "text_config": _TOWER,
    "vision_config": _TOWER,
    "text_config_dict": _TOWER,
    "vision_config_dict": _TOWER,
}
_SIZE = _plain("height width shortest_edge longest_edge max_height max_width")
_PREPROCESSOR: dict[str, Rule] = {
    **_plain("do_center_crop do_convert_rgb do_normalize do_pad do_rescale do_resize"),
    **_plain("default_to_square image_mean image_std max_num_patches patch_size resample"),
    **_plain("rescale_factor size_divisor crop_pct disable_grouping pad_size do_reduce_labels"),
    "size": _SIZE,
    "crop_size": _SIZE,
    "data_format": _of("channels_first channels_last"),
    "input_data_format": _of("channels_first channels_last"),
    "feature_extractor_type": _PICTURE_PROCESSORS,
    "image_processor_type": _PICTURE_PROCESSORS,
    "processor_class": _PROCESSORS,
    "return_tensors": _of("pt np"),
    "_valid_processor_keys": TEXT,
}
_TOKEN: dict[str, Rule] = {"": TEXT, "*": TEXT}
"""A string, or the table that the tokenizers library makes of one."""
_SPECIAL: dict[str, Rule] = dict.fromkeys(
    ("bos_token", "cls_token", "eos_token", "mask_token", "pad_token", "sep_token", "unk_token"),
    _TOKEN,
)
_SPECIAL |= {"additional_special_tokens": _TOKEN, "extra_special_tokens": {"": TEXT, "*": _TOKEN}}
_TOKENIZER: dict[str, Rule] = {
    **_SPECIAL,
    **_plain("add_bos_token add_eos_token add_prefix_space clean_up_tokenization_spaces"),
    **_plain("do_basic_tokenize do_lower_case extra_ids init_inputs is_local legacy"),
    **_plain("local_files_only max_length model_max_length never_split pad_to_multiple_of"),
    **_plain("pad_token_type_id spaces_between_special_tokens split_special_tokens stride"),
    **_plain("strip_accents tokenize_chinese_chars tokenizer_file use_default_system_prompt"),
    **_plain("use_fast vocab_file vocab_size keep_accents"),
    "added_tokens_decoder": {"*": _TOKEN},
    "backend": _of("tokenizers sentencepiece"),
    "errors": _of("replace strict ignore"),
    "model_input_names": _of("input_ids attention_mask token_type_ids position_ids pixel_values"),
    "name_or_path": TEXT,
    "padding_side": _of("left right"),
    "pad_token_type": TEXT,
    "processor_class": _PROCESSORS,
    "sp_model_kwargs": {},
    "special_tokens_map_file": TEXT,  # written by old versions; nothing opens it
    "tokenizer_class": _TOKENIZERS,
    "truncation_side": _of("left right"),
    "truncation_strategy": _of("longest_first only_first only_second do_not_truncate"),
}

RULES: dict[str, dict[str, Rule]] = {
    "open_clip_config.json": _OPEN_CLIP,
    "config.json": _CONFIG,
    "generation_config.json": _GENERATION
    | {"_from_model_config": None, "transformers_version": TEXT},
    "preprocessor_config.json": _PREPROCESSOR,
    "processor_config.json": {
        "processor_class": _PROCESSORS,
        "image_processor": _PREPROCESSOR,
        "tokenizer": _TOKENIZER,
    },
    "special_tokens_map.json": _SPECIAL,
    "tokenizer_config.json": _TOKENIZER,
    "model.safetensors.index.json": {
        "metadata": {"*": TEXT},
        "weight_map": {"*": re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}\.safetensors")},
    },
}
"""Name of a file -> what may stand in it, wherever in the folder it lies."""
