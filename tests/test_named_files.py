from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.errors import BadInput
from benchmark.named_files import File, check_named
from benchmark.tables import Table


class Named(Table):
    weights: Annotated[str | None, File(".safetensors", trained=True)] = None
    code: Annotated[str, File()] = "a.py"
    room: Annotated[str, File(folder=True)] = "."
    words: str = "no file"


FOUND = {"a.py", "w.safetensors", "model/config.json"}


def refusal(table: Named, weights_to_come: bool = False) -> str:
    with pytest.raises(BadInput) as caught:
        check_named(Path("mine"), FOUND, table, "model", weights_to_come)
    return str(caught.value)


def test_what_is_there_passes() -> None:
    for table in (Named(), Named(weights="w.safetensors", room="model"), Named(code="./a.py")):
        check_named(Path("mine"), FOUND, table, "model", False)
    check_named(Path("mine"), FOUND, Named(weights="x.safetensors"), "model", weights_to_come=True)


@pytest.mark.parametrize(
    ("table", "line"),
    [
        (Named(weights="a.py"), "weights: 'a.py' is not a .safetensors file; save it as one"),
        (
            Named(weights="x.safetensors"),
            "weights: 'x.safetensors' is not in the folder; add it, or mend the name",
        ),
        (Named(code="../a.py"), "code: '../a.py' lies outside the submission"),
        (Named(code="/a.py"), "code: '/a.py' lies outside the submission"),
        (
            Named(code=".a.py"),
            "code: '.a.py' is hidden; what a model uses is seen and digested",
        ),
        (Named(room="a.py"), "room: 'a.py' is not in the folder; add it, or mend the name"),
    ],
)
def test_the_field_is_named(table: Named, line: str) -> None:
    assert refusal(table) == f"mine/submission.toml: model.{line}"


def test_only_weights_may_be_to_come() -> None:
    assert "model.code: 'b.py'" in refusal(Named(code="b.py"), weights_to_come=True)


@given(name=st.text(max_size=20) | st.sampled_from(["a\0b", "a\n", "\\\\x\\y"]))
def test_a_name_is_looked_up_in_the_list_alone(name: str) -> None:
    line = refusal(Named(weights=name + ".safetensors"))
    assert "\n" not in line and line.isprintable()
