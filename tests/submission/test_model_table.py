"""A model table that is refused, and files that are none of a model without code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.submission import load
from tests.manifests import HEAD, PYTHON, refusal, rewritten

CHANGES: list[tuple[str, str, str]] = [
    (
        "adapter =",
        "adaptor =",
        "mine/submission.toml: model.adapter: missing; one of graph, onnx, open_clip, "
        "pretrained, python, transformers",
    ),
    (
        "architecture =",
        "arquitecture =",
        "mine/submission.toml: model.arquitecture: unknown key; did you mean 'architecture'?",
    ),
    (
        '"open_clip"',
        '"keras"',
        "mine/submission.toml: model.adapter: 'keras' is unknown; one of graph, onnx, "
        "open_clip, pretrained, python, transformers",
    ),
    (
        "model.safetensors",
        "other.safetensors",
        "mine/submission.toml: model.weights: 'other.safetensors' is not in the folder; "
        "add it, or mend the name",
    ),
    (
        "model.safetensors",
        "../other/x.safetensors",
        "mine/submission.toml: model.weights: '../other/x.safetensors' lies outside the submission",
    ),
    (
        "model.safetensors",
        "/etc/x.safetensors",
        "mine/submission.toml: model.weights: '/etc/x.safetensors' lies outside the submission",
    ),
    (
        "model.safetensors",
        "model.dat",
        "mine/submission.toml: model.weights: 'model.dat' is not a .safetensors file; "
        "save it as one",
    ),
    (
        "model.safetensors",
        ".model.safetensors",
        "mine/submission.toml: model.weights: '.model.safetensors' is hidden; "
        "what a model uses is seen and digested",
    ),
    (
        "weights =",
        'pretrained = "laion2b"\nweights =',
        "mine/submission.toml: model: name exactly one of weights, hub, pretrained",
    ),
    (
        "weights =",
        'hub = "a/b"\nweights =',
        "mine/submission.toml: model: hub and revision go together: name the commit that is pinned",
    ),
    (
        "weights =",
        'hub = "a/b"\nrevision = "main"\nweights =',
        "mine/submission.toml: model.revision: String should match pattern '^[0-9a-f]{40}$', "
        "not 'main'",
    ),
    (
        "weights =",
        f'hub = "../../x"\nrevision = "{"0" * 40}"\nweights =',
        "mine/submission.toml: model.hub: String should match pattern "
        "'^[A-Za-z0-9][A-Za-z0-9_.-]{0,95}/[A-Za-z0-9][A-Za-z0-9_.-]{0,95}$', not '../../x'",
    ),
    (
        'architecture = "ViT-B-32"',
        "",
        "mine/submission.toml: model: name exactly one of architecture, config",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), CHANGES)
def test_refused_in_one_line(folder: Path, old: str, new: str, message: str) -> None:
    assert rewritten(folder, old, new) == message


def test_python_file_missing(folder: Path) -> None:
    (folder / "submission.toml").write_text(HEAD + PYTHON)
    assert refusal(folder) == (
        "mine/submission.toml: model.file: 'encoder.py' is not in the folder; "
        "add it, or mend the name"
    )


def test_code_beside_a_model_without_code(folder: Path) -> None:
    (folder / "tokenization_evil.py").write_text("raise SystemExit")
    assert refusal(folder) == (
        "mine/tokenization_evil.py: is not among the files of a model without code (open_clip); "
        'remove it, or use adapter = "python"'
    )
    with pytest.raises(BadInput, match="is not among the files"):
        load(folder, weights_to_come=True)


def test_a_config_that_brings_code_is_refused_before_it_is_read(folder: Path) -> None:
    config = {"model_cfg": {"text_cfg": {"tokenizer_kwargs": {"trust_remote_code": True}}}}
    (folder / "open_clip_config.json").write_text(json.dumps(config))
    assert refusal(folder) == (
        "mine/open_clip_config.json: model_cfg.text_cfg.tokenizer_kwargs.trust_remote_code: "
        'is no key of a model without code; remove it, or use adapter = "python"'
    )


def test_a_graph_that_is_none(folder: Path) -> None:
    (folder / "submission.toml").write_text(HEAD + '[model]\nadapter = "onnx"\n')
    for name in ("vision_model.onnx", "text_model.onnx"):
        (folder / name).write_bytes(b"no graph")
    assert refusal(folder) == "mine/text_model.onnx: is not an ONNX graph; export it again"
    for name in ("pictures", "texts"):
        (folder / "submission.toml").write_text(
            HEAD + f'[model]\nadapter = "onnx"\n{name} = "model.ort"\n'
        )
        assert refusal(folder) == (
            f"mine/submission.toml: model.{name}: 'model.ort' is not a .onnx file; save it as one"
        )
