"""The vocabulary of a model trained here: learned from captions and wishes, or taken over."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random

from benchmark.byte_pairs import END, MASK, PAD, START, learn
from benchmark.errors import BadInput
from benchmark.training.pictures import Pairs
from benchmark.training.wishes import wish
from benchmark.workspace import replacing

__all__ = ["END", "FILES", "MASK", "PAD", "START", "copy", "learn", "texts_of"]

FILES = ("tokenizer.json", "tokenizer_config.json")


def copy(source: Path, folder: Path, longest: int | None = None) -> None:
    """Take over the tokenizer of another submission. Raises BadInput where it has none.

    `longest`: the tokens its model takes, to be written down where the model does not tell.
    """
    for name in FILES:
        if not (source / name).is_file():
            raise BadInput(source, f"has no {name}", f"train it first: cimaise train {source.name}")
        with replacing(folder / name) as temporary:
            shutil.copyfile(source / name, temporary)
    if longest is not None:
        config = json.loads((folder / FILES[1]).read_text(encoding="utf-8"))
        text = json.dumps({**config, "model_max_length": longest}, indent=2)
        with replacing(folder / FILES[1]) as temporary:
            temporary.write_text(text + "\n", encoding="utf-8")


def texts_of(pairs: Pairs, seed: int) -> list[str]:
    """All captions, and a wish for each picture in each language: what a model will read."""
    rng = Random(seed)
    wishes = [wish(facts, language, rng).text for facts in pairs.facts for language in (0, 1)]
    return [*pairs.english, *pairs.french, *wishes]
