"""Weights of graphs in 8 bits, as either quantisation writes them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from benchmark.errors import BadInput
from benchmark.site.browser_search.onnx_weights import Graph
from benchmark.training.students.eight_bits import in_8_bits


def written(path: Path) -> dict[str, np.ndarray]:
    """A graph with a table, a MatMul and a Gemm, in 8 bits; what its weights were before."""
    random = np.random.default_rng(0)
    stored = {
        "table": random.normal(size=(50, 40)).astype(np.float32),
        "m": random.normal(size=(40, 32)).astype(np.float32),
        "g": random.normal(size=(48, 32)).astype(np.float32),
        "g.bias": random.normal(size=48).astype(np.float32),
    }
    nodes = [
        helper.make_node("Gather", ["table", "ids"], ["words"]),
        helper.make_node("MatMul", ["words", "m"], ["/first/MatMul_output_0"]),
        helper.make_node(
            "Gemm", ["/first/MatMul_output_0", "g", "g.bias"], ["/last/Gemm_output_0"], transB=1
        ),
    ]
    graph = helper.make_graph(
        nodes,
        "g",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [3])],
        [helper.make_tensor_value_info("/last/Gemm_output_0", TensorProto.FLOAT, [3, 48])],
        [numpy_helper.from_array(array, name) for name, array in stored.items()],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)]), path)
    in_8_bits(path)
    return stored


def test_layers_come_with_an_output_a_row(tmp_path: Path) -> None:
    stored = written(tmp_path / "g.onnx")
    graph = Graph(tmp_path / "g.onnx")
    for place, wanted in (("/first/MatMul", stored["m"].T), ("/last/Gemm", stored["g"])):
        found = graph.layer(place)
        assert found.numbers.dtype == np.int8
        np.testing.assert_allclose(found.numbers * found.scale[:, None], wanted, atol=0.02)
    table = graph.table("table")
    np.testing.assert_allclose(table.numbers * table.scale, stored["table"], atol=0.02)
    assert graph.array("g.bias").tolist() == stored["g.bias"].tolist()


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    written(tmp_path / "g.onnx")
    graph = Graph(tmp_path / "g.onnx")
    with pytest.raises(BadInput, match="has no layer /second/MatMul; the site knows other graphs"):
        graph.layer("/second/MatMul")
    with pytest.raises(BadInput, match="has no chairs in 8 bits"):
        graph.table("chairs")
    with pytest.raises(BadInput, match=r"has no b\.bias"):
        graph.array("b.bias")


def test_what_is_no_graph_is_said_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "g.onnx").write_text("no graph")
    with pytest.raises(BadInput, match=r"g\.onnx: "):
        Graph(tmp_path / "g.onnx")
