from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from benchmark.errors import BadInput
from benchmark.submission import Submission, load, load_all
from benchmark.submission_files import digest
from tests.conftest import make_submission

HEAD = """name = "mine"
title = "Mine"
summary = "A test."
role = "baseline"
inputs = ["image"]
licence = "Apache-2.0"
"""
OPEN_CLIP = """
[model]
adapter = "open_clip"
architecture = "ViT-B-32"
weights = "model.safetensors"
"""
PYTHON = """
[model]
adapter = "python"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A valid open_clip submission, beside a submission called `other`."""
    make_submission(tmp_path / "other")
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "README.md").write_text("# Mine\n")
    (folder / "submission.toml").write_text(HEAD + OPEN_CLIP)
    save_file({"a": np.ones((2, 3), np.float32)}, folder / "model.safetensors")
    return folder


def refusal(folder: Path) -> str:
    with pytest.raises(BadInput) as caught:
        load(folder)
    message = str(caught.value)
    assert "\n" not in message
    return message.replace(str(folder.parent.resolve()) + "/", "")


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
        "mine/submission.toml: name: String should match pattern '^[a-z0-9][a-z0-9-]*$', "
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
        "of the expected tags: 'open_clip', 'transformers', 'python'",
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


def test_a_pickle_under_another_name(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(pickle.dumps({"a": [1.0] * 50}))
    assert refusal(folder) == (
        "mine/model.safetensors: is a pickle, which can run code; save it as safetensors"
    )


def test_a_torch_archive_under_another_name(folder: Path) -> None:
    import torch

    torch.save({"a": torch.ones(3)}, folder / "model.safetensors")
    assert refusal(folder) == (
        "mine/model.safetensors: is a pickle, which can run code; save it as safetensors"
    )


def test_a_pickle_beside(folder: Path) -> None:
    (folder / "pytorch_model.bin").write_bytes(b"x")
    assert refusal(folder) == (
        "mine/pytorch_model.bin: may be a pickle, which can run code; save it as .safetensors"
    )


def test_truncated_weights(folder: Path) -> None:
    path = folder / "model.safetensors"
    whole = path.read_bytes()
    path.write_bytes(whole[:-4])
    assert refusal(folder) == (
        f"mine/model.safetensors: is {len(whole) - 4} bytes where its header says {len(whole)}; "
        "copy it again"
    )


def test_empty_weights(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"")
    assert refusal(folder) == (
        "mine/model.safetensors: is not a safetensors file; save it with safetensors"
    )


@pytest.mark.parametrize(
    "header",
    [
        "{not json",
        '{"a": 3}',
        '{"a": {"data_offsets": []}}',
        '{"a": {"data_offsets": [0, "x"]}}',
        '{"a": {"data_offsets": [0, null]}}',
        "[" * 3,
    ],
)
def test_broken_header(folder: Path, header: str) -> None:
    text = header.encode() if header[0] == "{" else b"{" + header.encode()
    (folder / "model.safetensors").write_bytes(len(text).to_bytes(8, "little") + text)
    assert refusal(folder) == (
        "mine/model.safetensors: has a broken safetensors header; save it again"
    )


def test_safetensors_with_metadata_are_good(folder: Path) -> None:
    save_file({"a": np.ones(2)}, folder / "model.safetensors", metadata={"format": "pt"})
    load(folder)


def test_a_link_inside(folder: Path) -> None:
    (folder / "notes.txt").symlink_to(folder.parent / "other" / "encoder.py")
    assert refusal(folder) == "mine/notes.txt: is a link; copy the file into the submission"


def test_weights_that_are_a_link_to_elsewhere(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder.parent / "far.safetensors")
    (folder / "model.safetensors").symlink_to(folder.parent / "far.safetensors")
    assert refusal(folder) == (
        "mine/submission.toml: model.weights: 'model.safetensors' lies outside the submission"
    )


def test_python_file_missing(folder: Path) -> None:
    (folder / "submission.toml").write_text(HEAD + PYTHON)
    assert refusal(folder) == (
        "mine/submission.toml: model.file: 'encoder.py' is not in the folder; "
        "add it, or mend the name"
    )


def test_a_folder_is_no_weights(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    (folder / "model.safetensors").mkdir()
    assert "'model.safetensors' is not in the folder" in refusal(folder)


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


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        (lambda f: (f / "model.safetensors").write_bytes(b"other"), True),
        (lambda f: (f / "encoder.py").write_text("x = 1"), True),
        (lambda f: (f / "submission.toml").write_text(HEAD), True),
        (lambda f: (f / "README.md").write_text("other"), False),
        (lambda f: (f / "recipe.toml").write_text("seed = 1"), False),
        (lambda f: (f / "training.json").write_text("{}"), False),
        (lambda f: (f / ".note").write_text("x"), False),
        (lambda f: (f / "__pycache__").mkdir(), False),
    ],
)
def test_digest(folder: Path, change: Callable[[Path], object], counts: bool) -> None:
    before = digest(folder)
    change(folder)
    assert (digest(folder) != before) is counts


def test_digest_knows_a_renamed_file(folder: Path) -> None:
    (folder / "a.txt").write_text("x")
    before = digest(folder)
    (folder / "a.txt").rename(folder / "b.txt")
    assert digest(folder) != before


def test_schema_can_be_exported() -> None:
    schema = Submission.model_json_schema()
    assert set(schema["required"]) >= {"name", "role", "model"}
    json.dumps(schema)
