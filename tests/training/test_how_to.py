"""The recipe of "How to add a training recipe" works as it is printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmark.submission import load

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "recipe.md"


@pytest.mark.slow
def test_the_page_makes_a_recipe_that_trains(tmp_path: Path) -> None:
    fences = dict.fromkeys(("python", "toml", "sh"), "")
    for language, text in re.findall(r"```(\w+)\n(.*?)```", PAGE.read_text(), re.DOTALL):
        fences[language] += text
    shutil.copytree(ROOT / "benchmark", tmp_path / "benchmark")
    (tmp_path / "submissions").mkdir()
    (tmp_path / "queries").mkdir()
    (tmp_path / "benchmark/training/recipes/noise.py").write_text(fences["python"])

    def typed(line: str) -> str:
        command = [sys.executable, "-m", "benchmark", *line.split()[1:]]
        told = {**os.environ, "PYTHONPATH": str(tmp_path)}
        ran = subprocess.run(command, cwd=tmp_path, env=told, capture_output=True, text=True)
        return ran.stdout + ran.stderr

    new, train = fences["sh"].splitlines()
    assert "submissions/noise: " in typed(new)
    folder = tmp_path / "submissions" / "noise"
    weights = folder / "open_clip_model.safetensors"
    before = weights.read_bytes()
    (folder / "recipe.toml").write_text(fences["toml"])
    assert "written; score it with: cimaise run noise" in typed(train)
    assert weights.read_bytes() != before
    load(folder)
