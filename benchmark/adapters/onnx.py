"""Adapter for ONNX exports in the layout of the Hugging Face hub: two graphs, no torch needed."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from benchmark.adapters._adapter import Adapter, Files, Held, ModelTable
from benchmark.adapters._counting import plain
from benchmark.adapters._open_clip_config import OPEN_CLIP
from benchmark.adapters._preparation import Preparation
from benchmark.byte_pairs import learn
from benchmark.declared.code import Declared
from benchmark.declared.keys import OF_THE_HUB
from benchmark.errors import BadInput
from benchmark.named_files import File
from benchmark.pretrained import experts
from benchmark.submission_files import MANIFEST
from benchmark.tables import Text

if TYPE_CHECKING:
    from PIL.Image import Image

PREPROCESSOR = "preprocessor_config.json"
TOKENIZER, TOKENIZER_CONFIG = "tokenizer.json", "tokenizer_config.json"
PICTURES, TEXTS = "vision_model.onnx", "text_model.onnx"

_CUDA = "CUDAExecutionProvider"
_LONGEST = 77
"""Tokens where neither graph nor tokenizer says how many: CLIP's context."""
_ENDLESS = 10**6
"""Tokenizers that know no limit write a number beyond this one."""


class Onnx(ModelTable):
    """Two ONNX graphs in the layout of the hub's exports, run by onnxruntime."""

    adapter: Literal["onnx"]
    pictures: Annotated[Text, File(".onnx", trained=True)] = Field(
        PICTURES, description="graph from `pixel_values` to embeddings"
    )
    texts: Annotated[Text, File(".onnx", trained=True)] = Field(
        TEXTS,
        description="graph from `input_ids` (and `attention_mask`) to embeddings",
    )
    folder: Annotated[Text, File(folder=True)] = Field(
        ".", description="where `preprocessor_config.json` and the tokenizer lie"
    )
    drawn: Annotated[Text | None, File(folder=True, trained=True)] = Field(
        None,
        description="folder of such a model for drawn pictures, its files named as by default; the "
        "graph of pictures then says second how likely each is drawn",
    )


class OnnxEncoder:
    """A graph of pictures and a graph of texts; embeddings are brought to unit length."""

    def __init__(self, folder: Path, pictures: Any, texts: Any) -> None:
        from tokenizers import Tokenizer

        self._pictures, self._texts = pictures, texts
        self._prepare = Preparation(folder / PREPROCESSOR)
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        config = json.loads((folder / TOKENIZER_CONFIG).read_text(encoding="utf-8"))
        wanted = {one.name: one.shape for one in texts.get_inputs()}
        fixed = next(iter(wanted.values()))[1]
        told = config.get("model_max_length") or _LONGEST
        told = told if told < _ENDLESS else _LONGEST
        longest = fixed if isinstance(fixed, int) else int(told)
        self._names = [name for name in ("input_ids", "attention_mask") if name in wanted]
        self._tokenizer.enable_truncation(longest)
        pad = config.get("pad_token") or config.get("eos_token")
        pad = pad["content"] if isinstance(pad, dict) else pad
        self._tokenizer.enable_padding(
            pad_id=self._tokenizer.token_to_id(pad),
            pad_token=pad,
            length=fixed if isinstance(fixed, int) else None,
        )

    @property
    def gives(self) -> list[str]:
        """Names of what the graph of pictures gives."""
        return [one.name for one in self._pictures.get_outputs()]

    def encode_images(self, images: Sequence[Image]) -> NDArray[np.float32]:
        return _unit(self.looked(images)[0])

    def looked(self, images: Sequence[Image]) -> list[NDArray[np.float32]]:
        """What the graph of pictures gives."""
        pixels = np.stack([self._prepare(image) for image in images])
        found: list[NDArray[np.float32]] = self._pictures.run(
            None, {self._pictures.get_inputs()[0].name: pixels}
        )
        return found

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        encoded = self._tokenizer.encode_batch(list(texts))
        inputs = {
            "input_ids": np.array([one.ids for one in encoded], np.int64),
            "attention_mask": np.array([one.attention_mask for one in encoded], np.int64),
        }
        return _unit(self._texts.run(None, {name: inputs[name] for name in self._names})[0])

    def truncated(self, texts: Sequence[str]) -> int:
        return sum(bool(one.overflowing) for one in self._tokenizer.encode_batch(list(texts)))


class Routed:
    """An Encoder of two, whose embeddings stand side by side as `experts` has it."""

    def __init__(self, ours: OnnxEncoder, expert: OnnxEncoder) -> None:
        self._ours, self._expert = ours, expert

    def encode_images(self, images: Sequence[Image]) -> NDArray[np.float32]:
        found, drawn = self._ours.looked(images)
        likely = np.clip(drawn.reshape(len(images), 1), 0, 1)
        return experts.pictures(_unit(found), self._expert.encode_images(images), likely)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return experts.texts(self._ours.encode_texts(texts), self._expert.encode_texts(texts))

    def truncated(self, texts: Sequence[str]) -> int:
        return self._ours.truncated(texts)


def _unit(found: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.maximum(lengths, np.finfo(np.float32).tiny), np.float32)


def load(folder: Path, table: Onnx, _snapshot: Path | None, device: str) -> OnnxEncoder | Routed:
    """Open the graphs. Raises BadInput naming the field at fault."""
    import onnxruntime

    if device == "cuda" and _CUDA not in onnxruntime.get_available_providers():
        problem, remedy = "onnxruntime knows no CUDA here", "use --device cpu"
        raise BadInput(f"{folder / MANIFEST}: model", problem, remedy)
    ours = _opened(folder, {"pictures": table.pictures, "texts": table.texts}, table.folder, device)
    if table.drawn is None:
        return ours
    if len(ours.gives) < 2:
        problem = f"gives embeddings alone, and drawn = '{table.drawn}' asks who is drawn"
        raise BadInput(f"{folder / MANIFEST}: model.pictures", problem, "leave drawn out")
    names = {f"drawn/{name}": f"{table.drawn}/{name}" for name in (PICTURES, TEXTS)}
    return Routed(ours, _opened(folder, names, table.drawn, device))


def _opened(folder: Path, graphs: Mapping[str, str], home: str, device: str) -> OnnxEncoder:
    """`graphs`: field that is at fault -> graph, that of pictures first."""
    pictures, texts = opened(folder, graphs, device)
    need_beside(folder, home, "folder")
    return OnnxEncoder(folder / home, pictures, texts)


def opened(folder: Path, graphs: Mapping[str, str], device: str) -> list[Any]:
    """Sessions of `graphs`: field that is at fault -> graph. Raises BadInput."""
    sessions = []
    for field, name in graphs.items():
        try:
            sessions.append(_session(folder / name, device))
        except Exception as error:  # onnxruntime's errors share no base
            reason = " ".join(str(error).split())[:200]
            raise BadInput(f"{folder / MANIFEST}: model.{field}", reason) from None
    return sessions


def need_beside(folder: Path, home: str, field: str) -> None:
    """Raise BadInput unless the configs of pictures and texts lie in a submission's `home`."""
    for name in (PREPROCESSOR, TOKENIZER, TOKENIZER_CONFIG):
        if not (folder / home / name).is_file():
            raise BadInput(f"{folder / MANIFEST}: model.{field}", f"has no {name}", "add it")


def _session(path: Path, device: str) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    cores = len(os.sched_getaffinity(0))
    options.intra_op_num_threads = int(os.environ.get("OMP_NUM_THREADS", cores))
    wanted = ["CPUExecutionProvider"]
    if device in ("auto", "cuda") and _CUDA in onnxruntime.get_available_providers():
        wanted.insert(0, _CUDA)
    return onnxruntime.InferenceSession(str(path), options, providers=wanted)


def _graphs(files: Mapping[str, Path]) -> set[str]:
    """The graphs, looked over, and the files that hold their weights."""
    from benchmark.declared import graphs  # brings onnx, which other adapters do without

    found: set[str] = set()
    for name, path in files.items():
        if name.endswith(".onnx"):
            found |= {name} | graphs.refuse_code(name, path, files)
    return found


def parameters(table: Onnx, files: Files) -> Held:
    """The numbers of each graph, and the files that hold its weights besides itself."""
    from benchmark.declared import graphs

    towers = {"image": [plain(table.pictures)], "text": [plain(table.texts)]}
    if table.drawn is not None:
        towers["image"].append(plain(f"{table.drawn}/{PICTURES}"))
        towers["text"].append(plain(f"{table.drawn}/{TEXTS}"))
    sizes = {
        tower: sum(graphs.numbers(files[name]) for name in names) for tower, names in towers.items()
    }
    own = {name for names in towers.values() for name in names}
    beside = {one for name in own for one in graphs.weight_files(name, files[name])}
    return Held(sizes, own | beside)


_MODEL = """\
[model]
adapter = "onnx"
# The graphs of a tiny untrained model, to be replaced, with the two configs beside them.
pictures = "vision_model.onnx"
texts = "text_model.onnx"
"""


def scaffold(folder: Path) -> str:
    """Two untrained graphs: a projection of pixels, and the mean of the embeddings of tokens."""
    from onnx import TensorProto, helper, numpy_helper, save

    learn(["a red boat on the sea", "une maison blanche", "nature morte"], 300, folder)
    random = np.random.default_rng(0)
    node = helper.make_node
    looks = [node("Flatten", ["pixel_values"], ["x"]), node("MatMul", ["x", "w"], ["image_embeds"])]
    reads = [
        node("Gather", ["w", "input_ids"], ["x"]),
        node("ReduceMean", ["x"], ["text_embeds"], axes=[1], keepdims=0),
    ]
    for file, nodes, kind, shape, numbers in (
        ("vision_model.onnx", looks, TensorProto.FLOAT, (3, 16, 16), 3 * 16 * 16),
        ("text_model.onnx", reads, TensorProto.INT64, (32,), 300),
    ):
        weights = random.normal(size=(numbers, 32)).astype(np.float32)
        takes = helper.make_tensor_value_info(nodes[0].input[-1], kind, ["count", *shape])
        gives = helper.make_tensor_value_info(nodes[-1].output[0], TensorProto.FLOAT, ["count", 32])
        graph = helper.make_graph(
            nodes, "tiny", [takes], [gives], [numpy_helper.from_array(weights, "w")]
        )
        operators = [helper.make_opsetid("", 17)]
        save(helper.make_model(graph, ir_version=8, opset_imports=operators), folder / file)
    half = [0.5, 0.5, 0.5]
    prepare = {"size": {"height": 16, "width": 16}, "image_mean": half, "image_std": half}
    (folder / PREPROCESSOR).write_text(json.dumps(prepare, indent=1) + "\n", encoding="utf-8")
    return _MODEL


ADAPTER = Adapter(
    table=Onnx,
    load=load,
    scaffold=scaffold,
    parameters=parameters,
    declared=Declared({**OF_THE_HUB, **OPEN_CLIP}, beside=_graphs),
)
