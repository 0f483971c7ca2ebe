"""The example of docs/how-to/adapter.md is dropped into a copy of the package and tried."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_example_is_an_adapter(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "how-to" / "adapter.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    shutil.copytree(ROOT / "benchmark", tmp_path / "benchmark")
    for name in ("pyproject.toml", "tests/adapters/test_conformance.py"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "benchmark" / "adapters" / "matrices.py").write_text(example, encoding="utf-8")
    (tmp_path / "submissions").mkdir()
    (tmp_path / "queries").mkdir()
    whole = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
    conformance = [*whole, "test_conformance.py", "-k", "matrices or help"]
    new = [sys.executable, "-m", "benchmark", "new", "mine", "--adapter", "matrices"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    for command, wanted in ((conformance, "7 passed"), (new, "submissions/mine: README.md, ")):
        said = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        assert said.returncode == 0 and wanted in said.stdout, said.stdout + said.stderr
