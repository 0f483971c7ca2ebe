"""From a submission to its model: picks the adapter."""

from __future__ import annotations

from pathlib import Path

from benchmark.encoders.base import Encoder, Searcher
from benchmark.submission import Onnx, OpenClip, Submission, Transformers


def load(
    folder: Path, submission: Submission, snapshot: Path | None, device: str
) -> Encoder | Searcher:
    """Make the model of `submission` on `device` ("auto", "cpu", "cuda").

    `snapshot` is the folder of hub weights, if it has any. Adapters are imported here, one by
    one, so that a model without torch runs without it.
    """
    model = submission.model
    if isinstance(model, OpenClip):
        from benchmark.encoders.open_clip import OpenClipEncoder

        return OpenClipEncoder.load(folder, model, snapshot, device)
    if isinstance(model, Transformers):
        from benchmark.encoders.transformers import TransformersEncoder

        return TransformersEncoder.load(folder, model, snapshot, device)
    if isinstance(model, Onnx):
        from benchmark.encoders.onnx import OnnxEncoder

        return OnnxEncoder.load(folder, model, device)
    from benchmark.encoders.python import load_entry

    return load_entry(folder, model)
