"""docs/submit.md says of models what the code says."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmark.adapters import adapters, load
from benchmark.submission import Submission
from benchmark.submission import load as load_submission
from tests.conftest import make_submission

PAGE = (Path(__file__).parents[2] / "docs" / "submit.md").read_text(encoding="utf-8")


def keys_of_models() -> list[str]:
    """The table of the page, made from the schema."""
    found: dict[tuple[str, str, str], list[str]] = {}
    schema = Submission.model_json_schema()["$defs"]
    for name, adapter in adapters().items():
        table = schema[adapter.table.__name__]
        for key, field in table["properties"].items():
            if key != "adapter":
                default = field.get("default")
                told = "" if default is None else f"`{default}`"
                told = "required" if key in table.get("required", []) else told
                found.setdefault((key, told, field["description"]), []).append(name)
    head = ["| key | adapters | if not said | meaning |", "| --- | --- | --- | --- |"]
    return head + [
        f"| `{key}` | {', '.join(names)} | {default} | {said} |"
        for (key, default, said), names in sorted(found.items())
    ]


def test_every_key_of_every_adapter_stands_there() -> None:
    lines = PAGE.splitlines()
    start = lines.index("| key | adapters | if not said | meaning |")
    end = lines.index("", start)
    assert "\n".join(lines[start:end]) == "\n".join(keys_of_models())


def test_every_adapter_is_named() -> None:
    assert f"# or {', '.join(name for name in adapters() if name != 'open_clip')}" in PAGE


def test_the_class_it_shows_is_an_encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = next(one for one in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
    assert len(code.splitlines()) < 20
    folder = make_submission(tmp_path / "mine", code)
    monkeypatch.setattr("sys.path", [])
    monkeypatch.setattr("sys.modules", dict(__import__("sys").modules))
    model = load(folder, load_submission(folder).model, None, "cpu")
    pictures = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    scores = model.encode_texts(["a red field", "a blue field"]) @ model.encode_images(pictures).T
    assert list(np.argmax(scores, axis=1)) == [0, 1]
