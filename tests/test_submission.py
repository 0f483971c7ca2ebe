from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.submission import Submission, load, load_all
from tests.manifests import HEAD, PYTHON, make_valid, refusal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_valid(tmp_path)


def rewrite(folder: Path, old: str, new: str) -> str:
    """The refusal after one change to the manifest."""
    path = folder / "submission.toml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    return refusal(folder)


def test_a_valid_one_loads(folder: Path) -> None:
    submission = load(folder)
    assert submission.name == "mine"
    assert submission.batch_size == 32
    assert submission.model.adapter == "open_clip"


CHANGES: list[tuple[str, str, str]] = [
    (
        "licence =",
        'batch_size = "big"\nlicence =',
        "mine/submission.toml: batch_size: is a whole number from 1 to 4096, "
        "or \"auto\", not 'big'",
    ),
    (
        "licence =",
        "license =",
        "mine/submission.toml: license: unknown key; did you mean 'licence'?",
    ),
    ('licence = "Apache-2.0"', "", "mine/submission.toml: licence: missing; add it"),
    (
        'title = "Mine"',
        'title = "Mine"\ntitel = "x"',
        "mine/submission.toml: titel: unknown key; did you mean 'title'?",
    ),
    (
        "adapter =",
        "adaptor =",
        "mine/submission.toml: model.adapter: missing; one of open_clip, transformers, onnx, "
        "python",
    ),
    (
        "architecture =",
        "arquitecture =",
        "mine/submission.toml: model.arquitecture: unknown key; did you mean 'architecture'?",
    ),
    (
        '"baseline"',
        '"student"',
        "mine/submission.toml: role: Input should be 'teacher', 'distilled', 'fine-tuned', "
        "'hybrid' or 'baseline', not 'student'",
    ),
    (
        '"baseline"',
        '"distilled"',
        "mine/submission.toml: teacher: a distilled model names the submission it learned from",
    ),
    (
        'role = "baseline"',
        'role = "distilled"\nteacher = "nobody"',
        "mine/submission.toml: teacher: no submission is named 'nobody'",
    ),
    (
        'role = "baseline"',
        'role = "distilled"\nteacher = "mine"',
        "mine/submission.toml: teacher: names the submission itself",
    ),
    (
        'role = "baseline"',
        'role = "fine-tuned"\nbase = "nobody"',
        "mine/submission.toml: base: no submission is named 'nobody'",
    ),
    (
        'name = "mine"',
        'name = "elsewhere"',
        "mine/submission.toml: name: 'elsewhere'; use the folder's name 'mine'",
    ),
    (
        'name = "mine"',
        'name = "Mine!"',
        "mine/submission.toml: name: String should match pattern '^[a-z0-9][a-z0-9-]{0,79}$', "
        "not 'Mine!'",
    ),
    (
        '["image"]',
        '["sound"]',
        "mine/submission.toml: inputs.0: Input should be 'image', 'metadata' or 'graph', "
        "not 'sound'",
    ),
    (
        '"open_clip"',
        '"keras"',
        "mine/submission.toml: model: Input tag 'keras' found using 'adapter' does not match any "
        "of the expected tags: 'open_clip', 'transformers', 'onnx', 'python'",
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
        'architecture = "ViT-B-32"',
        "",
        "mine/submission.toml: model: name exactly one of architecture, config",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), CHANGES)
def test_refused_in_one_line(folder: Path, old: str, new: str, message: str) -> None:
    assert rewrite(folder, old, new) == message


def test_not_toml(folder: Path) -> None:
    assert rewrite(folder, 'name = "mine"', "name = ").startswith(
        "mine/submission.toml: not valid TOML (Invalid value (at line 1"
    )


def test_not_utf8(folder: Path) -> None:
    (folder / "submission.toml").write_bytes(b'name = "\xff"')
    assert refusal(folder).startswith("mine/submission.toml: not valid TOML ('utf-8' codec")


def test_no_manifest(folder: Path) -> None:
    (folder / "submission.toml").unlink()
    assert refusal(folder) == (
        "mine/submission.toml: missing; make one with: cimaise new NAME --adapter open_clip"
    )


def test_no_card(folder: Path) -> None:
    (folder / "README.md").unlink()
    assert refusal(folder) == "mine/README.md: missing; every submission has a model card"


def test_two_of_one_name(folder: Path) -> None:
    other = folder.parent / "other"
    assert rewrite(folder, 'name = "mine"', 'name = "other"') == (
        f"mine/submission.toml: name: 'other', which is already "
        f"{other.name}; use the folder's name 'mine'"
    )


def test_python_file_missing(folder: Path) -> None:
    (folder / "submission.toml").write_text(HEAD + PYTHON)
    assert refusal(folder) == (
        "mine/submission.toml: model.file: 'encoder.py' is not in the folder; "
        "add it, or mend the name"
    )


def test_weights_to_come_need_not_be_there(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    assert load(folder, weights_to_come=True).name == "mine"


def test_load_all_keeps_a_bad_one_as_its_error(folder: Path) -> None:
    (folder / "submission.toml").write_text("x")
    (folder.parent / ".hidden").mkdir()
    (folder.parent / "__pycache__").mkdir()
    (folder.parent / "file.txt").touch()
    found = load_all(folder.parent)
    assert list(found) == ["mine", "other"]
    assert isinstance(found["mine"], BadInput)
    assert isinstance(found["other"], Submission)
    assert list(load_all(folder.parent, ["other"])) == ["other"]


def test_load_all_names_what_there_is(folder: Path) -> None:
    with pytest.raises(BadInput) as caught:
        load_all(folder.parent, ["nobody"])
    assert str(caught.value) == (
        f"nobody: no such submission in {folder.parent}; there are: mine, other"
    )


def test_schema_can_be_exported() -> None:
    schema = Submission.model_json_schema()
    assert set(schema["required"]) >= {"name", "role", "model"}
    json.dumps(schema)
