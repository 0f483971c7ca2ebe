import subprocess
import sys
from pathlib import Path

import pytest

from benchmark import plugins
from benchmark.errors import BadInput


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An importable package of its own for each test."""
    folder = tmp_path / f"room_{tmp_path.name.replace('-', '_')}"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


def test_a_plug_in_is_a_file_that_does_not_begin_with_an_underscore(room: Path) -> None:
    for name in ("b.py", "a.py", "_shared.py"):
        (room / name).write_text(f"WHAT = '{name}'")
    assert plugins.modules(room.name) == ["a", "b"]
    assert plugins.member(room.name, "a", "WHAT", str) == "a.py"


def test_listing_imports_nothing(room: Path) -> None:
    (room / "heavy.py").write_text("raise SystemExit(3)")
    code = f"import sys; sys.path.insert(0, {str(room.parent)!r})\n"
    code += f"from benchmark import plugins; print(plugins.modules({room.name!r}))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "['heavy']\n"


def test_a_broken_file_is_named(room: Path) -> None:
    (room / "odd.py").write_text("def (")
    with pytest.raises(BadInput, match=r"odd\.py: SyntaxError.*; mend or remove the file"):
        plugins.load(room.name)


@pytest.mark.parametrize(
    ("text", "problem"), [("", "missing"), ("WHAT = 3", "is a int")], ids=["none", "wrong"]
)
def test_a_missing_or_wrong_member_is_named(room: Path, text: str, problem: str) -> None:
    (room / "odd.py").write_text(text)
    with pytest.raises(BadInput, match=rf"odd\.py: WHAT: {problem}; define WHAT as a str"):
        plugins.member(room.name, "odd", "WHAT", str)
