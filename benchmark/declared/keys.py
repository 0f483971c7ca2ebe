"""The keys and values that configs of the hub may have: those that choose numbers, never code.

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


def of(names: str) -> frozenset[str]:
    """One of these names, parted by spaces."""
    return frozenset(names.split())


def plain(names: str) -> dict[str, Rule]:
    """Keys, parted by spaces, under which no string stands."""
    return dict.fromkeys(names.split())


# transformers: what CLIP, SigLIP, SigLIP2, MetaCLIP 2 and BLIP read, and what configs of the hub
# carry besides.
_FAMILIES = ("CLIP", "Siglip", "Siglip2", "MetaClip2", "Blip")
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
) | of("PreTrainedTokenizerFast TokenizersBackend")
_LABELS: dict[str, Rule] = {"*": TEXT}
_GENERATION = plain(
    "bad_words_ids begin_suppress_tokens decoder_start_token_id diversity_penalty do_sample "
    "early_stopping encoder_no_repeat_ngram_size exponential_decay_length_penalty "
    "forced_bos_token_id forced_eos_token_id length_penalty max_length max_new_tokens min_length "
    "no_repeat_ngram_size num_beam_groups num_beams num_return_sequences output_scores prefix "
    "remove_invalid_values repetition_penalty return_dict_in_generate suppress_tokens temperature "
    "top_k top_p typical_p use_cache bos_token_id eos_token_id pad_token_id sep_token_id"
)
_TOWER: dict[str, Rule] = {
    **_GENERATION,
    **plain("add_cross_attention attention_dropout chunk_size_feed_forward"),
    **plain("cross_attention_hidden_size dropout hidden_size image_size initializer_factor"),
    **plain("initializer_range intermediate_size is_decoder is_encoder_decoder layer_norm_eps"),
    **plain("logit_scale_init_value max_position_embeddings num_attention_heads num_channels"),
    **plain("num_hidden_layers num_labels num_patches output_attentions output_hidden_states"),
    **plain("patch_size projection_dim projection_size return_dict task_specific_params"),
    **plain("tf_legacy_loss tie_encoder_decoder tie_word_embeddings torchscript use_bfloat16"),
    **plain("vision_use_head vocab_size gradient_checkpointing _attn_implementation_autoset"),
    **plain("attention_probs_dropout_prob encoder_hidden_size hidden_dropout_prob label_smoothing"),
    **plain("image_text_hidden_size type_vocab_size"),
    "_commit_hash": TEXT,
    "_name_or_path": TEXT,
    "architectures": frozenset(
        f"{family}{kind}Model{head}"
        for family in _FAMILIES
        for kind in ("", "Text", "Vision")
        for head in ("", "WithProjection")
    )
    | of("BlipForImageTextRetrieval BlipForConditionalGeneration"),
    "attn_implementation": of("eager sdpa"),
    "_attn_implementation": of("eager sdpa"),
    "dtype": of("float32 float16 bfloat16"),
    "torch_dtype": of("float32 float16 bfloat16"),
    "finetuning_task": TEXT,
    "hidden_act": of("gelu gelu_new gelu_fast gelu_pytorch_tanh quick_gelu relu silu swish"),
    "id2label": _LABELS,
    "label2id": _LABELS,
    "model_type": frozenset(
        f"{family}{kind}"
        for family in ("clip", "siglip", "siglip2", "metaclip_2", "blip")
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
_SIZE = plain("height width shortest_edge longest_edge max_height max_width")
_PREPROCESSOR: dict[str, Rule] = {
    **plain("do_center_crop do_convert_rgb do_normalize do_pad do_rescale do_resize"),
    **plain("default_to_square image_mean image_std max_num_patches patch_size resample"),
    **plain("rescale_factor size_divisor crop_pct disable_grouping pad_size do_reduce_labels"),
    "size": _SIZE,
    "crop_size": _SIZE,
    "data_format": of("channels_first channels_last"),
    "input_data_format": of("channels_first channels_last"),
    "feature_extractor_type": _PICTURE_PROCESSORS,
    "image_processor_type": _PICTURE_PROCESSORS,
    "processor_class": _PROCESSORS,
    "return_tensors": of("pt np"),
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
    **plain("add_bos_token add_eos_token add_prefix_space clean_up_tokenization_spaces"),
    **plain("do_basic_tokenize do_lower_case extra_ids init_inputs is_local legacy"),
    **plain("local_files_only max_length model_max_length never_split pad_to_multiple_of"),
    **plain("pad_token_type_id spaces_between_special_tokens split_special_tokens stride"),
    **plain("strip_accents tokenize_chinese_chars tokenizer_file use_default_system_prompt"),
    **plain("use_fast vocab_file vocab_size keep_accents"),
    "added_tokens_decoder": {"*": _TOKEN},
    "backend": of("tokenizers sentencepiece"),
    "errors": of("replace strict ignore"),
    "model_input_names": of("input_ids attention_mask token_type_ids position_ids pixel_values"),
    "name_or_path": TEXT,
    "padding_side": of("left right"),
    "pad_token_type": TEXT,
    "processor_class": _PROCESSORS,
    "sp_model_kwargs": {},
    "special_tokens_map_file": TEXT,  # written by old versions; nothing opens it
    "tokenizer_class": _TOKENIZERS,
    "truncation_side": of("left right"),
    "truncation_strategy": of("longest_first only_first only_second do_not_truncate"),
}

OF_THE_HUB: dict[str, dict[str, Rule]] = {
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
"""Name of a file -> what may stand in it, wherever in the folder it lies: the files that
transformers and its tokenizers read, which other libraries read or carry along too."""
