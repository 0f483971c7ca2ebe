from __future__ import annotations

from pathlib import Path

import onnx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper

from benchmark.declared import outline as outlines
from benchmark.declared.graphs import numbers, refuse_code, weight_files
from benchmark.declared.outline import outline
from benchmark.errors import BadInput


def graph(*nodes: onnx.NodeProto, weights: tuple[TensorProto, ...] = ()) -> onnx.ModelProto:
    rows = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [2, 3]) for name in "xy"]
    made = helper.make_graph(list(nodes), "g", rows[:1], rows[1:], list(weights))
    return helper.make_model(made)


def weight(name: str = "w", *shape: int) -> TensorProto:
    shape = shape or (3, 3)
    total = shape[0] * shape[1]
    return helper.make_tensor(name, TensorProto.FLOAT, shape, [0.5] * total)


def kept_in(place: str) -> TensorProto:
    tensor = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[3, 3])
    tensor.data_location = TensorProto.EXTERNAL
    entry = tensor.external_data.add()
    entry.key, entry.value = "location", place
    return tensor


NODE = helper.make_node("MatMul", ["x", "w"], ["y"])


def written(folder: Path, model: onnx.ModelProto) -> Path:
    path = folder / "m.onnx"
    path.write_bytes(model.SerializeToString())
    return path


def refusal(folder: Path, model: onnx.ModelProto) -> str:
    path = written(folder, model)
    there = {one.name: one for one in folder.iterdir()}
    with pytest.raises(BadInput) as caught:
        refuse_code("m.onnx", path, there)
    assert "\n" not in str(caught.value)
    return str(caught.value).replace(f"{folder}/", "")


def test_the_outline_has_all_but_the_numbers(tmp_path: Path) -> None:
    model = graph(NODE, weights=(weight("w", 300, 300),))
    path = written(tmp_path, model)
    found = outline(path)
    assert found.ByteSize() < 300 < path.stat().st_size
    assert [tuple(tensor.dims) for tensor in found.graph.initializer] == [(300, 300)]
    model.graph.initializer[0].ClearField("float_data")
    assert found == model
    assert refuse_code("m.onnx", path, {}) == set()


@pytest.mark.parametrize(
    ("domain", "operator"),
    [
        ("evil", "MatMul"), ("com.microsoft", "EPContext"), ("com.microsoft", "PythonOp"),
        ("ai.onnx.contrib", "BertTokenizer"), ("com.microsoft.extensions", "MatMul"),
    ],
)  # fmt: skip
def test_an_operator_that_is_no_arithmetic(tmp_path: Path, domain: str, operator: str) -> None:
    node = helper.make_node(operator, ["x"], ["y"], domain=domain)
    wanted = (
        f"m.onnx: calls {domain}.{operator}, which is no arithmetic of ONNX; "
        "export it with standard operators"
    )
    assert refusal(tmp_path, graph(node)) == wanted
    # Nor in a branch of a branch.
    inner = helper.make_graph([node], "inner", [], [])
    middle = helper.make_graph(
        [helper.make_node("If", ["c"], ["y"], then_branch=inner)], "m", [], []
    )
    outer = graph(helper.make_node("If", ["c"], ["y"], then_branch=middle))
    assert refusal(tmp_path, outer) == wanted
    # Nor in a function of the graph's own.
    model = graph(helper.make_node("F", ["x"], ["y"]))
    model.functions.append(
        helper.make_function("", "F", ["x"], ["y"], [node], [helper.make_opsetid("", 17)])
    )
    assert refusal(tmp_path, model) == wanted


def test_functions_of_another_domain(tmp_path: Path) -> None:
    model = graph(NODE)
    model.functions.append(
        helper.make_function("evil", "F", ["x"], ["y"], [NODE], [helper.make_opsetid("", 17)])
    )
    assert refusal(tmp_path, model).startswith("m.onnx: calls evil.F, which is no arithmetic")


def test_operators_of_the_quantiser_are_arithmetic(tmp_path: Path) -> None:
    nodes = [
        helper.make_node(name, ["x"], ["y"], domain="com.microsoft")
        for name in ("QLinearAdd", "DynamicQuantizeMatMul", "MatMulNBits", "Attention", "QGemm")
    ]
    refuse_code("m.onnx", written(tmp_path, graph(*nodes)), {})


@pytest.mark.parametrize(
    "place", ["/etc/passwd", "../x.data", "a/../../x.data", "", ".", "..\\x.data", "C:x.data"]
)
def test_weights_outside(tmp_path: Path, place: str) -> None:
    said = refusal(tmp_path, graph(NODE, weights=(kept_in(place),)))
    assert said.startswith("m.onnx: keeps weights in '")
    inner = helper.make_node("Constant", [], ["w"], value=kept_in("../x.data"))
    assert "'../x.data', outside the submission" in refusal(tmp_path, graph(inner))


def test_weights_beside(tmp_path: Path) -> None:
    model = graph(NODE, weights=(kept_in("m.onnx_data"),))
    assert refusal(tmp_path, model) == (
        "m.onnx: keeps weights in 'm.onnx_data', which is not in the folder; "
        "put it beside the graph"
    )
    (tmp_path / "m.onnx_data").write_bytes(bytes(36))
    path = written(tmp_path, model)
    assert refuse_code("m.onnx", path, {"m.onnx_data": path}) == {"m.onnx_data"}
    assert weight_files("onnx/m.onnx", path) == {"onnx/m.onnx_data"}
    assert refusal(tmp_path, graph(NODE, weights=(kept_in("evil.py"),))) == (
        "m.onnx: keeps weights in 'evil.py', which is not named as weights are; "
        "call it NAME.onnx_data"
    )


def test_a_training_graph(tmp_path: Path) -> None:
    model = graph(NODE)
    model.training_info.add()
    assert refusal(tmp_path, model) == "m.onnx: holds a training graph; export it for inference"


def test_weights_count_wherever_they_stand(tmp_path: Path) -> None:
    constant = helper.make_node("Constant", [], ["c"], value=weight("c", 5, 2))
    inner = helper.make_graph([], "inner", [], [], [weight("d", 7, 1)])
    branch = helper.make_node("If", ["c"], ["y"], then_branch=inner)
    scaled = helper.make_node("DequantizeLinear", ["w", "scale", "zero"], ["z"])
    both = helper.make_node("QLinearConv", ["z", "s", "o", "k", "scale", "zero", "s", "o"], ["y"])
    kept = tuple(weight(name, 3, 3) for name in ("w", "scale", "zero", "k"))
    model = graph(constant, branch, scaled, both, weights=kept)
    assert numbers(written(tmp_path, model)) == 5 * 2 + 7 + 9 + 9
    # What is used as a scale and as a weight is a weight.
    model.graph.node.append(helper.make_node("MatMul", ["x", "scale"], ["q"]))
    assert numbers(written(tmp_path, model)) == 5 * 2 + 7 + 9 + 9 + 9


def test_a_size_below_zero(tmp_path: Path) -> None:
    tensor = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[-3, 3])
    with pytest.raises(BadInput, match=r"m.onnx: 'w' has a size below 0; export it again"):
        numbers(written(tmp_path, graph(NODE, weights=(tensor,))))


def test_a_flood_of_empty_parts_is_not_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outlines, "_MOST_PARTS", 9000)
    path = tmp_path / "m.onnx"
    nodes = b"\x0a\x00" * 10_000  # of a graph: nodes without anything
    size = len(nodes)
    length = bytes([size & 127 | 128, size >> 7 & 127 | 128, size >> 14])
    path.write_bytes(b"\x3a" + length + nodes)
    with pytest.raises(BadInput, match=r"m.onnx: is not an ONNX graph; export it again"):
        outline(path)


def test_numbers_one_by_one_are_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outlines, "_MOST_FIELDS", 9000)
    path = tmp_path / "m.onnx"
    data = b"\x28\x01" * 10_000  # int32_data, unpacked: a field for each number
    for tag in (b"\x2a", b"\x3a"):  # of a tensor, of a graph
        size = len(data)
        places = (size & 127 | 128, size >> 7 & 127 | 128, size >> 14)
        data = tag + bytes(places) + data
    path.write_bytes(data)
    with pytest.raises(BadInput, match="is not an ONNX graph"):
        outline(path)


def test_no_graph_within_graphs_without_end(tmp_path: Path) -> None:
    data = b""
    for _ in range(2000):  # a graph in an attribute of a node of a graph ...
        for tag in (b"\x32", b"\x2a", b"\x0a"):
            size = len(data)
            data = tag + bytes([size & 127 | 128, size >> 7 & 127 | 128, size >> 14]) + data
    size = len(data)
    path = tmp_path / "m.onnx"
    path.write_bytes(b"\x3a" + bytes([size & 127 | 128, size >> 7 & 127 | 128, size >> 14]) + data)
    with pytest.raises(BadInput, match="is not an ONNX graph"):
        outline(path)


WHOLE = graph(NODE, weights=(weight(),)).SerializeToString()


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.integers(0, len(WHOLE)), cut=st.integers(0, 9), more=st.binary(max_size=9))
def test_no_byte_of_a_graph_raises_anything_else(
    tmp_path: Path, place: int, cut: int, more: bytes
) -> None:
    path = tmp_path / "m.onnx"
    path.write_bytes(WHOLE[:place] + more + WHOLE[place + cut :])
    try:
        refuse_code("m.onnx", path, {})
        numbers(path)
    except BadInput as error:
        assert "\n" not in str(error)
