"""Adapter for a submission's own code: a class with the methods of some abilities."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from benchmark.abilities import abilities
from benchmark.errors import BadInput
from benchmark.submission import Python
from benchmark.submission_files import MANIFEST


def load_entry(folder: Path, spec: Python) -> object:
    """Import `spec.file` and make `spec.entry`. Raises BadInput when it can do nothing."""
    path = folder / spec.file
    where = f"{folder / MANIFEST}: model.entry"
    sys.dont_write_bytecode = True  # compiled code beside the source is refused
    sys.path.insert(0, str(folder))  # so that a submission may have modules of its own
    module_spec = importlib.util.spec_from_file_location(path.stem, path)
    if module_spec is None or module_spec.loader is None:
        raise BadInput(f"{folder / MANIFEST}: model.file", f"'{spec.file}' is not a Python file")
    module = importlib.util.module_from_spec(module_spec)
    sys.modules[path.stem] = module
    module_spec.loader.exec_module(module)
    entry = getattr(module, spec.entry, None)
    if entry is None:
        raise BadInput(where, f"{spec.file} has no class '{spec.entry}'")
    made = entry()
    if not abilities(made):
        raise BadInput(
            where,
            f"'{spec.entry}' has none of the abilities of benchmark.abilities",
            "give it encode_images and encode_texts, or index and search, or rerank, or caption",
        )
    return made
