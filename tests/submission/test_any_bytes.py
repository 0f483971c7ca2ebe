"""Whatever a manifest holds, it is refused in one line or not at all."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmark.errors import BadInput
from benchmark.submission import Submission, load
from tests.manifests import HEAD, OPEN_CLIP

WHOLE = (HEAD + OPEN_CLIP).encode()


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.integers(0, len(WHOLE)), cut=st.integers(0, 20), more=st.binary(max_size=12))
def test_no_byte_of_a_manifest_raises_anything_else(
    folder: Path, place: int, cut: int, more: bytes
) -> None:
    (folder / "submission.toml").write_bytes(WHOLE[:place] + more + WHOLE[place + cut :])
    try:
        load(folder)
    except BadInput as error:
        assert "\n" not in str(error)
        assert str(error).isprintable()


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    field=st.sampled_from([*Submission.model_fields, "limits", "model.weights", "model.adapter"]),
    value=st.text(max_size=20) | st.integers() | st.floats() | st.booleans() | st.lists(st.text()),
)
def test_no_value_of_a_manifest_raises_anything_else(
    folder: Path, field: str, value: object
) -> None:
    text = str(value).lower() if isinstance(value, bool | float) else json.dumps(value)
    (folder / "submission.toml").write_text(f"{field} = {text}\n{HEAD}{OPEN_CLIP}")
    try:
        load(folder)
    except BadInput as error:
        assert str(error).isprintable()
