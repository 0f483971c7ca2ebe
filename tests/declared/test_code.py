from __future__ import annotations

import copy
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmark.adapters import adapters
from benchmark.declared.code import refuse_code
from benchmark.errors import BadInput
from benchmark.submission_files import files
from tests.declared.configs import CLIP, LAION, MOBILE, SIGLIP, TIMM_SIGLIP, as_files

OPEN_CLIP = adapters()["open_clip"].declared
assert OPEN_CLIP is not None
HUB = {
    "clip": ("transformers", CLIP),
    "siglip": ("transformers", SIGLIP),
    "laion": ("open_clip", LAION),
    "timm": ("open_clip", TIMM_SIGLIP),
    "mobile": ("open_clip", MOBILE),
}


def write(folder: Path, configs: dict[str, Any]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in as_files(configs).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def judge(adapter: str, folder: Path) -> None:
    names = {path.relative_to(folder).as_posix(): path for path in files(folder)}
    refuse_code(adapter, adapters()[adapter].declared, names, "mine/")


def refusal(adapter: str, folder: Path) -> str:
    with pytest.raises(BadInput) as caught:
        judge(adapter, folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("kind", list(HUB))
def test_what_the_hub_has_passes(tmp_path: Path, kind: str) -> None:
    adapter, configs = HUB[kind]
    judge(adapter, write(tmp_path / "mine", configs))


def test_a_sub_folder_is_judged_alike(tmp_path: Path) -> None:
    write(tmp_path / "mine" / "model", CLIP)
    judge("transformers", tmp_path / "mine")
    (tmp_path / "mine" / "model" / "tokenizer").mkdir()
    (tmp_path / "mine" / "model" / "tokenizer" / "config.json").write_text('{"auto_map": {}}')
    assert refusal("transformers", tmp_path / "mine") == (
        "mine/model/tokenizer/config.json: auto_map: is no key of a model without code; "
        'remove it, or use adapter = "python"'
    )


REMEDY = ' of a model without code; remove it, or use adapter = "python"'
TEXTS = ("open_clip_config.json", "model_cfg", "text_cfg")
EYES = ("open_clip_config.json", "model_cfg", "vision_cfg")
KEYS: list[tuple[str, tuple[str, ...], Any, str]] = [
    # The key is put into the config at that place; what is said after the file's name.
    ("timm", (*TEXTS, "tokenizer_kwargs", "trust_remote_code"), True, "is no key"),
    ("timm", (*TEXTS, "tokenizer_kwargs", "bpe_path"), "/etc/passwd", "is no key"),
    ("timm", (*TEXTS, "tokenizer_kwargs", "clean"), "eval", "'eval' is no value"),
    ("timm", (*TEXTS, "tokenizer_kwargs"), "x", "'x' is no value"),
    ("timm", (*TEXTS, "hf_model_name"), "./evil", "'./evil' is no value"),
    ("timm", (*TEXTS, "act_kwargs", "inplace"), True, "is no key"),
    ("timm", (*EYES, "timm_model_name"), "hf-hub:a/b", "'hf-hub:a/b' is no value"),
    ("timm", (*EYES, "timm_model_name"), "local-dir:/x", "'local-dir:/x' is no value"),
    ("timm", (*EYES, "pretrained_cfg"), {"file": "x"}, "is no key"),
    ("timm", (*EYES, "timm_model_name"), {"a": 1}, "a table is no value"),
    ("timm", ("open_clip_config.json", "model_cfg", "text_decoder"), {}, "is no key"),
    ("timm", ("open_clip_config.json", "model_cfg", "embed_dim"), "x", "'x' is no value"),
    ("timm", ("tokenizer_config.json", "auto_map"), {"AutoTokenizer": ["a.B", None]}, "is no key"),
    ("timm", ("tokenizer_config.json", "tokenizer_class"), "Evil", "'Evil' is no value"),
    ("timm", ("tokenizer_config.json", "vocab_file"), "/etc/passwd", "'/etc/passwd' is no value"),
    ("timm", ("tokenizer_config.json", "chat_template"), "{{ 1 }}", "is no key"),
    ("clip", ("config.json", "auto_map"), {"AutoModel": "evil.Model"}, "is no key"),
    ("clip", ("config.json", "text_config", "auto_map"), {}, "is no key"),
    ("clip", ("config.json", "custom_pipelines"), {}, "is no key"),
    ("clip", ("config.json", "quantization_config"), {"quant_method": "x"}, "is no key"),
    ("clip", ("config.json", "transformers_weights"), "../x.safetensors", "is no key"),
    ("clip", ("config.json", "_attn_implementation"), "evil/kernel", "'evil/kernel' is no value"),
    ("clip", ("config.json", "text_config", "hidden_act"), "exec", "'exec' is no value"),
    ("clip", ("config.json", "torch_dtype"), "load", "'load' is no value"),
    ("clip", ("config.json", "model_type"), "bert", "'bert' is no value"),
    ("clip", ("config.json", "architectures"), ["Evil"], "'Evil' is no value"),
    ("clip", ("preprocessor_config.json", "image_processor_type"), "Evil", "'Evil' is no value"),
    ("clip", ("preprocessor_config.json", "processor_class"), "Evil", "'Evil' is no value"),
    ("clip", ("special_tokens_map.json", "vocab_file"), "x", "is no key"),
]


@pytest.mark.parametrize(("kind", "place", "value", "said"), KEYS)
def test_a_key_that_reaches_for_code(
    tmp_path: Path, kind: str, place: tuple[str, ...], value: Any, said: str
) -> None:
    adapter, configs = HUB[kind]
    changed = copy.deepcopy(configs)
    table: Any = changed
    for key in place[:-1]:
        table = table[key]
    table[place[-1]] = value
    key = ".".join(place[1:])
    assert refusal(adapter, write(tmp_path / "mine", changed)) == (
        f"mine/{place[0]}: {key}: {said}{REMEDY}"
    )


@pytest.mark.parametrize(
    "name",
    [
        "evil.py", "evil.pyw", "run.ipynb", "run.sh", "a.js", "a.lua", "chat_template.jinja",
        "t.jinja2", "chat_template.json", "adapter_config.json", "Config.json", "CONFIG.JSON",
        "TOKENIZER_CONFIG.json", "video_preprocessor_config.json", "modules.json", "tekken.json",
        "evil", "evil.PY", "notes.html", "card.svg", "x.npy", "vision.onnx",
    ],
)  # fmt: skip
def test_a_file_that_nobody_needs(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path / "mine", MOBILE)
    (folder / name).write_text("{}")
    assert refusal("open_clip", folder) == (
        f"mine/{name}: is not among the files of a model without code (open_clip); "
        'remove it, or use adapter = "python"'
    )
    judge("python", folder)


@pytest.mark.parametrize("name", ["tokenizer.json", "vocab.json", "training.json"])
def test_vocabularies_tell_nobody_to_load_code(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path / "mine", MOBILE)
    (folder / name).write_text('{"model": {"a": [{"auto_map" : 1}]}}')
    assert refusal("open_clip", folder) == f"mine/{name}: auto_map: is no key{REMEDY}"
    (folder / name).write_text('{"model": {"vocab": {"auto": 1, "model_type": 2}}}')
    judge("open_clip", folder)


def test_shards_lie_beside_their_index(tmp_path: Path) -> None:
    folder = write(tmp_path / "mine", CLIP)
    (folder / "model-1.safetensors").write_bytes(b"")
    index = folder / "model.safetensors.index.json"
    index.write_text(
        json.dumps({"metadata": {"total_size": 1}, "weight_map": {"a": "b.safetensors"}})
    )
    assert refusal("transformers", folder) == (
        "mine/model.safetensors.index.json: weight_map: names b.safetensors, which is not beside "
        "it; add it"
    )
    index.write_text(json.dumps({"weight_map": {"a": "../../x.safetensors"}}))
    assert "weight_map.a: '../../x.safetensors' is no value" in refusal("transformers", folder)
    for nothing in ({}, {"weight_map": 5}, {"weight_map": [1]}):
        index.write_text(json.dumps(nothing))
        assert "weight_map: is no table of files; write it anew" in refusal("transformers", folder)
    index.write_text(json.dumps({"weight_map": {"a": 5}}))
    assert "weight_map: names 5, which is not beside it" in refusal("transformers", folder)
    index.write_text(json.dumps({"weight_map": {"a": "model-1.safetensors"}}))
    judge("transformers", folder)


def test_the_keys_are_those_that_open_clip_reads() -> None:
    from open_clip.coca_model import MultimodalCfg
    from open_clip.model import CLIPVisionCfg
    from open_clip.transform import PreprocessCfg

    rules: Any = OPEN_CLIP.configs["open_clip_config.json"]
    model = rules["model_cfg"]
    for read, known in (
        (CLIPVisionCfg, model["vision_cfg"]),
        (MultimodalCfg, model["text_cfg"]),
        (PreprocessCfg, rules["preprocess_cfg"]),
    ):
        assert set(known) == {field.name for field in fields(read)}


def test_no_architecture_of_open_clip_is_refused_but_those_with_a_second_model() -> None:
    import open_clip

    from benchmark.declared.code import _check

    refused = []
    for name in open_clip.list_models():
        table = {"model_cfg": open_clip.get_model_config(name)}
        try:
            _check("x", table, OPEN_CLIP.configs["open_clip_config.json"])
        except BadInput as error:
            assert "text_cfg.hf_model_name" in str(error)
            refused.append(name)
    assert len(refused) == 10


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
WORDS = st.sampled_from(["model_cfg", "text_cfg", "vision_cfg", "tokenizer_kwargs", "text_config"])


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.sampled_from(sorted(OPEN_CLIP.configs)),
    table=st.dictionaries(WORDS | st.text(max_size=8), VALUES),
)
def test_no_config_raises_anything_else(tmp_path: Path, name: str, table: dict[str, Any]) -> None:
    path = tmp_path / name
    path.write_text(json.dumps(table))
    try:
        refuse_code("open_clip", OPEN_CLIP, {name: path})
    except BadInput as error:
        assert "\n" not in str(error)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.integers(0, 600), byte=st.binary(min_size=1, max_size=3))
def test_no_byte_of_a_config_raises_anything_else(tmp_path: Path, place: int, byte: bytes) -> None:
    path = tmp_path / "open_clip_config.json"
    data = json.dumps(TIMM_SIGLIP["open_clip_config.json"]).encode()
    path.write_bytes(data[:place] + byte + data[place + 1 :])
    try:
        refuse_code("open_clip", OPEN_CLIP, {path.name: path})
    except BadInput as error:
        assert "\n" not in str(error)
