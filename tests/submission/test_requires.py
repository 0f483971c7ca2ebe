"""Packages that a submission requires: exact versions, and one command for what is missing."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import pytest

from benchmark.submission import load
from tests.manifests import refusal


def requiring(folder: Path, *requirements: str) -> Path:
    """The folder, its manifest with these `requires`."""
    path = folder / "submission.toml"
    path.write_text(f"requires = {json.dumps(requirements)}\n" + path.read_text())
    return folder


def test_packages_that_are_required_are_there(folder: Path) -> None:
    assert load(folder).requires == []
    there = [f"numpy=={version('numpy')}", f"Open.Clip_torch=={version('open_clip_torch')}"]
    assert load(requiring(folder, *there)).requires == there


def test_packages_that_are_not_there_are_one_command(folder: Path) -> None:
    wanted = ("nowhere-a==1.0", f"numpy=={version('numpy')}", "pillow==0.1", "nowhere_b==2!3+x")
    assert refusal(requiring(folder, *wanted)) == (
        "mine/submission.toml: requires: needs nowhere-a==1.0, none is installed; "
        "pip install nowhere-a==1.0 pillow==0.1 nowhere_b==2!3+x"
    )


@pytest.mark.parametrize(
    "requirement",
    [
        "numpy", "numpy>=2", "numpy==", "numpy==2.*", "numpy == 2.0", "numpy==2.0 --pre",
        "numpy==2.0; rm", "numpy[all]==2.0", "-e==1", "../evil==1", "git+https://x/y==1",
        "numpy==2.0\n", "numpy==2.0,evil==1", "",
    ],
)  # fmt: skip
def test_a_requirement_is_a_name_and_an_exact_version(folder: Path, requirement: str) -> None:
    said = refusal(requiring(folder, requirement))
    assert said.startswith("mine/submission.toml: requires.0: String should match pattern '^[A-Za-")
