"""Manifests that are well, and folders full of them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.submission import Submission, load, load_all


def test_a_valid_one_loads(folder: Path) -> None:
    submission = load(folder)
    assert submission.name == "mine"
    assert submission.batch_size == 32
    assert submission.model.adapter == "open_clip"


def test_training_data_are_a_list_or_not_stated(folder: Path) -> None:
    assert load(folder).training_data is None
    path, valid = folder / "submission.toml", (folder / "submission.toml").read_text()
    for said, meant in (("[]", []), ('["LAION-2B"]', ["LAION-2B"])):
        path.write_text(valid.replace("licence =", f"training_data = {said}\nlicence ="))
        assert load(folder).training_data == meant


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


def test_limits_if_none_are_said(folder: Path) -> None:
    limits = load(folder).limits
    assert (limits.wall_s, limits.memory_gb, limits.scratch_gb, limits.processes) == (
        3600, 8, 1, 32,
    )  # fmt: skip


NO_NAME = "is no name for a submission; use small letters, digits and hyphens, at most 80"


def test_a_folder_with_no_name_is_a_row_of_its_own(folder: Path) -> None:
    for name in ("--help", "a\nb", "[red]x", "a?b", "a*b", "x" * 81, "Mine"):
        (folder.parent / name).mkdir()
    (folder.parent / "away").symlink_to(folder.parent / "other")
    (folder.parent / "lost").symlink_to(folder.parent / "nowhere")
    found = load_all(folder.parent)
    errors = {name: str(one) for name, one in found.items() if isinstance(one, BadInput)}
    assert {name: error for name, error in errors.items() if name != "away"} == {
        "--help": f"--help: {NO_NAME}",
        "Mine": f"Mine: {NO_NAME}",
        "?red?x": f"?red?x: {NO_NAME}",
        "a?b": f"a?b: {NO_NAME}",
        "a?b?": f"a?b: {NO_NAME}",
        "a?b??": f"a?b: {NO_NAME}",
        "x" * 80: f"{'x' * 80}: {NO_NAME}",
    }
    assert errors["away"].endswith("/away: is a link; copy the folder itself")
    assert set(found) - set(errors) == {"mine", "other"}
    assert "lost" not in found
    with pytest.raises(BadInput) as caught:
        load_all(folder.parent, ["\x1b[31m"])
    assert str(caught.value).startswith("??31m: no such submission")


def test_a_folder_that_this_user_may_not_enter_costs_its_own_row(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "other":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = load_all(folder.parent)
    assert isinstance(found["mine"], Submission)
    assert str(found["other"]) == (
        f"{folder.parent}/other: cannot be read (Permission denied); make it readable, or remove it"
    )


def test_schema_can_be_exported() -> None:
    schema = Submission.model_json_schema()
    assert set(schema["required"]) >= {"name", "role"}
    json.dumps(schema)
