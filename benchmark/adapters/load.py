"""From a submission to its model: picks the adapter."""

from __future__ import annotations

from pathlib import Path

from benchmark.submission import Onnx, OpenClip, Submission, Transformers


def load(folder: Path, submission: Submission, snapshot: Path | None, device: str) -> object:
    """Make the model of `submission` on `device` ("auto", "cpu", "cuda"): what has abilities.

    `snapshot` is the folder of hub weights, if it has any. Adapters are imported here, one by
    one, so that a model without torch runs without it.
    """
    model = submission.model
    if isinstance(model, OpenClip):
        from benchmark.adapters.open_clip import OpenClipEncoder

        return OpenClipEncoder.load(folder, model, snapshot, device)
    if isinstance(model, Transformers):
        from benchmark.adapters.transformers import TransformersEncoder

        return TransformersEncoder.load(folder, model, snapshot, device)
    if isinstance(model, Onnx):
        from benchmark.adapters.onnx import OnnxEncoder

        return OnnxEncoder.load(folder, model, device)
    assert model is not None, "a fusion has no model, and is asked for none"
    from benchmark.adapters.python import load_entry

    return load_entry(folder, model)
