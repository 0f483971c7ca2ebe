"""What open_clip_config.json may say in a model without code; rules as `declared.keys` has them.

The fields of open_clip's CLIPVisionCfg, CLIPTextCfg, MultimodalCfg and PreprocessCfg. Strings that
would reach for other models (hf_model_name) and keys for files (bpe_path) are left out.
"""

from __future__ import annotations

import re

from benchmark.declared.keys import TEXT, Rule, of, plain

_BLOCKS: dict[str, Rule] = {
    **plain("layers width mlp_ratio ls_init_value final_ln_after_pool output_tokens qk_norm"),
    **plain("scaled_cosine_attn scale_heads scale_attn_inner scale_attn scale_fc"),
    "act_kwargs": {"approximate": of("none tanh")},
    "norm_kwargs": plain("eps elementwise_affine bias"),
    "block_type": of("default custom"),
}
_PICTURES: dict[str, Rule] = {
    **_BLOCKS,
    **plain("head_width patch_size image_size patch_dropout"),
    **plain("attn_pooler_queries attn_pooler_heads no_ln_pre timm_model_pretrained"),
    **plain("timm_proj_bias timm_drop timm_drop_path"),
    "attentional_pool": of("parallel cascade"),
    "pos_embed_type": of("learnable sin_cos_2d"),
    "pool_type": of("tok avg none"),
    "timm_model_name": re.compile(r"[a-z0-9_]{1,100}(\.[a-z0-9_]{1,100})?"),
    "timm_pool": re.compile(r"[a-z_]{0,30}"),
    "timm_proj": re.compile(r"|linear|mlp|none"),
}
_TEXTS: dict[str, Rule] = {
    **_BLOCKS,
    **plain("context_length vocab_size heads embed_cls pad_id eos_id no_causal_mask proj_bias"),
    **plain("hf_model_name hf_model_pretrained dim_head n_queries attn_pooler_heads"),
    "hf_tokenizer_name": TEXT,  # open_clip takes the tokenizer of the config's own folder
    "tokenizer_mode": of("clips"),
    "tokenizer_kwargs": {
        "clean": of("lower whitespace canonicalize"),
        "strip_sep_token": None,
    },
    "pool_type": of("first last argmax eos none"),
    "proj_type": of("linear none"),
    "hf_proj_type": of("linear mlp"),
    "hf_pooler_type": of("mean_pooler max_pooler cls_pooler cls_last_hidden_state_pooler"),
}
_PREPARATION: dict[str, Rule] = {
    **plain("size mean std fill_color"),
    "mode": of("RGB"),
    "interpolation": of("bicubic bilinear nearest random"),
    "resize_mode": of("shortest longest squash"),
}
_RULES: dict[str, Rule] = {
    "model_cfg": {
        **plain("embed_dim quick_gelu init_logit_scale init_logit_bias nonscalar_logit_scale"),
        **plain("output_dict custom_text"),
        "vision_cfg": _PICTURES,
        "text_cfg": _TEXTS,
        "multimodal_cfg": _TEXTS,
    },
    "preprocess_cfg": _PREPARATION,
}
OPEN_CLIP = {"open_clip_config.json": _RULES}
