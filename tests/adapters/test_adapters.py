"""A file with a mistake among the adapters: one line with file, field and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.adapters import _adapter, adapters
from benchmark.errors import BadInput

GOOD = """
from typing import Literal
from benchmark.adapters import Adapter, ModelTable

class Mine(ModelTable):
    "A test."
    adapter: Literal["mine"]

def load(folder, table, snapshot, device): ...
def scaffold(folder): return ""

ADAPTER = Adapter(table=Mine, load=load, scaffold=scaffold)
"""


@pytest.fixture
def room(package: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of a folder of adapters, `mine.py`, that a test spoils."""
    monkeypatch.setattr(_adapter, "_PACKAGE", package.name)
    return package / "mine.py"


def test_ours_go_by_the_names_of_their_files() -> None:
    assert list(adapters()) == [
        "graph",
        "onnx",
        "open_clip",
        "pretrained",
        "python",
        "transformers",
    ]


def test_a_good_one_is_found(room: Path) -> None:
    room.write_text(GOOD)
    found = adapters.__wrapped__()
    assert list(found) == ["mine"]
    assert found["mine"].table.__name__ == "Mine"
    assert found["mine"].declared is None  # so that it only ever runs inside walls


MISTAKES = [
    ("ADAPTER =", "OTHER =", "ADAPTER: missing; define ADAPTER as a Adapter"),
    ("ADAPTER = Adapter(", "ADAPTER = dict(", "ADAPTER: is a dict; define ADAPTER as a Adapter"),
    (
        "load=load, ",
        "",
        "TypeError: Adapter.__init__() missing 1 required keyword-only argument: 'load'; "
        "mend or remove the file",
    ),
    ("load=load", "load=3", "ADAPTER.load: is no function; give it one"),
    (
        "table=Mine",
        "table=dict",
        "ADAPTER.table: is <class 'dict'>; make it a class of ModelTable",
    ),
    (
        'Literal["mine"]',
        'Literal["open_clip"]',
        "ADAPTER.table.adapter: is for the adapter 'open_clip', not 'mine' as the file is called; "
        'write adapter: Literal["mine"]',
    ),
    (
        '    adapter: Literal["mine"]\n',
        "",
        "ADAPTER.table.adapter: is for the adapter 'any', not 'mine' as the file is called; "
        'write adapter: Literal["mine"]',
    ),
    (
        "scaffold=scaffold",
        "scaffold=scaffold, declared={}",
        "ADAPTER.declared: is no Declared; declare what configs may say",
    ),
    (
        "from typing",
        "import nothing_of_this_name\nfrom typing",
        "ModuleNotFoundError: No module named 'nothing_of_this_name'; mend or remove the file",
    ),
    ("def scaffold", "def (", "SyntaxError: invalid syntax (mine.py, line 10); mend or remove"),
    ("def scaffold", "raise RuntimeError('a\\nb')\ndef scaffold", "RuntimeError: a b; mend or"),
]


@pytest.mark.parametrize(("old", "new", "line"), MISTAKES)
def test_a_mistake_is_one_line(room: Path, old: str, new: str, line: str) -> None:
    assert old in GOOD
    room.write_text(GOOD.replace(old, new))
    with pytest.raises(BadInput) as caught:
        adapters.__wrapped__()
    assert str(caught.value).startswith(f"{room}: {line}")
    assert "\n" not in str(caught.value)
