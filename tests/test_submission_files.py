from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from benchmark.submission import load
from benchmark.submission_files import digest
from tests.manifests import HEAD, make_valid, refusal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_valid(tmp_path)


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


def test_a_folder_is_no_weights(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    (folder / "model.safetensors").mkdir()
    assert "'model.safetensors' is not in the folder" in refusal(folder)


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
