"""Adapter for a submission's own code: a class with the methods of some abilities."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from benchmark.abilities import abilities
from benchmark.adapters._adapter import Adapter, ModelTable
from benchmark.errors import BadInput
from benchmark.named_files import File
from benchmark.submission_files import MANIFEST
from benchmark.tables import Text


class Python(ModelTable):
    """Any other model: a class in the submission's own code."""

    adapter: Literal["python"]
    file: Annotated[Text, File()] = Field("encoder.py", description="Python file in this folder")
    entry: Text = Field("Encoder", description="the class there, made with no arguments")


def load(folder: Path, table: Python, _snapshot: Path | None, _device: str) -> object:
    """Import `file` and make `entry`. Raises BadInput when it can do nothing."""
    path = folder / table.file
    where = f"{folder / MANIFEST}: model.entry"
    sys.dont_write_bytecode = True  # compiled code beside the source is refused
    sys.path.insert(0, str(folder))  # so that a submission may have modules of its own
    module_spec = importlib.util.spec_from_file_location(path.stem, path)
    if module_spec is None or module_spec.loader is None:
        raise BadInput(f"{folder / MANIFEST}: model.file", f"'{table.file}' is not a Python file")
    module = importlib.util.module_from_spec(module_spec)
    sys.modules[path.stem] = module
    module_spec.loader.exec_module(module)
    entry = getattr(module, table.entry, None)
    if entry is None:
        raise BadInput(where, f"{table.file} has no class '{table.entry}'")
    made = entry()
    if not abilities(made):
        raise BadInput(
            where,
            f"'{table.entry}' has none of the abilities of benchmark.abilities",
            "give it encode_images and encode_texts, or index and search, or rerank, or caption",
        )
    return made


_MODEL = """\
[model]
adapter = "python"
"""

_ENCODER = '''\
"""Replace this: colour words of a text against the mean colour of a picture."""

import re

import numpy as np

COLOURS = {
    "red rouge": (1, 0, 0), "green vert verte": (0, 0.5, 0), "blue bleu bleue": (0, 0, 1),
    "yellow jaune": (1, 1, 0), "white blanc blanche": (1, 1, 1), "black noir noire": (0, 0, 0),
}  # fmt: skip
OF_WORD = {word: colour for words, colour in COLOURS.items() for word in words.split()}
GREY = np.float32(0.5)


class Encoder:
    def encode_images(self, images):
        """PIL pictures (RGB) to (n, d) float32."""
        means = [np.asarray(image.resize((1, 1)), np.float32)[0, 0] / 255 for image in images]
        return np.stack(means) - GREY

    def encode_texts(self, texts):
        """Texts to (n, d) float32; a score is the inner product of the two embeddings."""
        known = [[OF_WORD.get(w) for w in re.findall(r"\\w+", text.lower())] for text in texts]
        found = [[colour for colour in one if colour] or [3 * (GREY,)] for one in known]
        return np.array([np.mean(one, axis=0) for one in found], np.float32) - GREY
'''


def scaffold(folder: Path) -> str:
    """A class that knows a few words for colour."""
    (folder / "encoder.py").write_text(_ENCODER, encoding="utf-8")
    return _MODEL


ADAPTER = Adapter(table=Python, load=load, scaffold=scaffold)
