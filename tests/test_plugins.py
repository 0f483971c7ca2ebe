import subprocess
import sys
from pathlib import Path

import pytest

from benchmark import plugins
from benchmark.errors import BadInput


def test_a_plug_in_is_a_file_that_does_not_begin_with_an_underscore(package: Path) -> None:
    for name in ("b.py", "a.py", "_shared.py"):
        (package / name).write_text(f"WHAT = '{name}'")
    assert plugins.modules(package.name) == ["a", "b"]
    assert plugins.member(package.name, "a", "WHAT", str) == "a.py"


def test_listing_imports_nothing(package: Path) -> None:
    (package / "heavy.py").write_text("raise SystemExit(3)")
    code = f"import sys; sys.path.insert(0, {str(package.parent)!r})\n"
    code += f"from benchmark import plugins; print(plugins.modules({package.name!r}))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "['heavy']\n"


def test_a_broken_file_is_named(package: Path) -> None:
    (package / "odd.py").write_text("def (")
    with pytest.raises(BadInput, match=r"odd\.py: SyntaxError.*; mend or remove the file"):
        plugins.load(package.name)


@pytest.mark.parametrize(
    ("text", "problem"), [("", "missing"), ("WHAT = 3", "is a int")], ids=["none", "wrong"]
)
def test_a_missing_or_wrong_member_is_named(package: Path, text: str, problem: str) -> None:
    (package / "odd.py").write_text(text)
    with pytest.raises(BadInput, match=rf"odd\.py: WHAT: {problem}; define WHAT as a str"):
        plugins.member(package.name, "odd", "WHAT", str)
