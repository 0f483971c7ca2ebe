from __future__ import annotations

import subprocess
import sys

import pytest

from benchmark.harness.worker import footprint


def test_no_torch_no_operations() -> None:
    code = "from benchmark.harness.worker.footprint import flops; print(flops(lambda: 1 + 1))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "None\n"


@pytest.mark.parametrize("rows", [1, 3])
def test_a_matrix_product_is_two_operations_a_number(rows: int) -> None:
    import torch

    layer = torch.nn.Linear(10, 20)
    assert footprint.flops(lambda: layer(torch.zeros(rows, 10))) == rows * 2 * 10 * 20


def test_attention_is_counted_and_left_as_it_was() -> None:
    """Per layer and batch of n tokens of width d with a hidden layer of h:
    4 projections of d x d, two products of n x n x d over all heads, 2 of d x h."""
    import torch

    n, d, h = 7, 16, 32
    layer = torch.nn.TransformerEncoderLayer(d, 4, h, batch_first=True).eval()
    tokens = torch.zeros(2, n, d)

    def call() -> None:
        with torch.inference_mode():
            layer(tokens)

    fast = torch.backends.mha.get_fastpath_enabled()
    counted = footprint.flops(call)
    assert counted == 2 * (2 * 4 * n * d * d + 2 * 2 * n * n * d + 2 * 2 * n * d * h)
    assert torch.backends.mha.get_fastpath_enabled() == fast


def test_what_cannot_be_followed_is_unknown() -> None:
    def call() -> None:
        raise RuntimeError

    assert footprint.flops(call) is None


def test_no_device_here() -> None:
    import torch

    if not torch.cuda.is_available():
        assert footprint.device_mb() == (None, None)
        assert not footprint.on_cuda()
        footprint.synchronise()
