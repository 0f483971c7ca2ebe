from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from torch import Tensor, nn

from benchmark.declared import graphs
from benchmark.training.students.eight_bits import in_8_bits


class Net(nn.Module):
    """A table, a matrix over three dimensions, one over two, and a kernel."""

    def __init__(self) -> None:
        super().__init__()
        self.table, self.plain = nn.Embedding(60, 48), nn.Linear(48, 40)
        self.last, self.kernel = nn.Linear(40, 32), nn.Conv2d(8, 16, 3, padding=1)
        self.little = nn.Linear(4, 4)

    def forward(self, ids: Tensor, pixels: Tensor) -> tuple[Tensor, Tensor]:
        read = self.last(torch.relu(self.plain(self.table(ids))).mean(1))
        return read, self.little(self.kernel(pixels))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    given = (torch.ones(1, 5, dtype=torch.long), torch.zeros(1, 8, 4, 4))
    made = tmp_path / "net.onnx"
    names = {"input_names": ["ids", "pixels"], "output_names": ["read", "seen"]}
    torch.onnx.export(Net().eval(), given, str(made), dynamo=False, opset_version=17, **names)
    return made


def run(path: Path) -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    given = {
        "ids": rng.integers(0, 60, (1, 5)),
        "pixels": rng.normal(size=(1, 8, 4, 4)).astype(np.float32),
    }
    found: list[np.ndarray] = onnxruntime.InferenceSession(str(path)).run(None, given)
    return found


def test_what_it_finds_hardly_changes_and_the_file_is_a_quarter(path: Path) -> None:
    before, whole = run(path), path.stat().st_size
    in_8_bits(path)
    for ours, theirs in zip(run(path), before, strict=True):
        assert 0 < np.abs(ours - theirs).max() < 0.02 * np.abs(theirs).max()
    assert path.stat().st_size < 0.45 * whole
    kinds = {one.name: one.data_type for one in onnx.load(path).graph.initializer}
    large = [name for name, kind in kinds.items() if kind == onnx.TensorProto.INT8]
    assert len(large) == 4  # the little matrix, and every bias, stay as they are
    assert graphs.refuse_code("net.onnx", path, {}) == set()


def test_each_output_channel_has_a_scale_of_its_own(path: Path) -> None:
    model = onnx.load(path)
    for stored in model.graph.initializer:
        weights = onnx.numpy_helper.to_array(stored).copy()
        if stored.name == "kernel.weight":
            weights[3] *= 1e-4  # a channel so small that one scale for all would lose it
            stored.CopyFrom(onnx.numpy_helper.from_array(weights, stored.name))
    onnx.save(model, path)
    in_8_bits(path)
    held = {one.name: onnx.numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}
    assert held["kernel.weight_8"].dtype == np.int8
    assert held["kernel.weight_scale"].shape == (16, 1, 1, 1)
    again = held["kernel.weight_8"] * held["kernel.weight_scale"]
    assert np.abs(again[3] - weights_of(model)[3]).max() <= held["kernel.weight_scale"][3] * 0.501
    assert np.abs(held["kernel.weight_8"][3]).max() == 127


def weights_of(model: onnx.ModelProto) -> np.ndarray:
    return next(
        onnx.numpy_helper.to_array(one)
        for one in model.graph.initializer
        if one.name == "kernel.weight"
    )
