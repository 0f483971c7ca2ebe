"""The tokenizer of a model trained here: what it is learned from, or whose it is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random

from benchmark.errors import BadInput
from benchmark.training.rendered_pairs import Pairs
from benchmark.training.synthetic_queries import synthetic_query
from benchmark.workspace import replacing

FILES = ("tokenizer.json", "tokenizer_config.json")


def check(folder: Path) -> None:
    """Raises BadInput where a submission has no tokenizer."""
    for name in FILES:
        if not (folder / name).is_file():
            raise BadInput(folder, f"has no {name}", f"train it first: cimaise train {folder.name}")


def size(folder: Path) -> int:
    """Number of tokens that a submission's tokenizer knows. Raises BadInput."""
    from tokenizers import Tokenizer

    check(folder)
    try:
        return int(Tokenizer.from_file(str(folder / FILES[0])).get_vocab_size())
    except Exception as error:  # the library raises nothing narrower
        raise BadInput(folder / FILES[0], f"is no tokenizer ({error})", "write it anew") from None


def copy(source: Path, folder: Path, longest: int | None = None) -> None:
    """Take over the tokenizer of another submission. Raises BadInput where it has none.

    `longest`: the tokens its model takes, to be written down where the model does not tell.
    """
    check(source)
    for name in FILES:
        with replacing(folder / name) as temporary:
            shutil.copyfile(source / name, temporary)
    if longest is not None:
        config = json.loads((folder / FILES[1]).read_text(encoding="utf-8"))
        text = json.dumps({**config, "model_max_length": longest}, indent=2)
        with replacing(folder / FILES[1]) as temporary:
            temporary.write_text(text + "\n", encoding="utf-8")


def texts_of(pairs: Pairs, seed: int) -> list[str]:
    """All captions, and a query for each picture in each language: what a model will read."""
    rng = Random(seed)
    asked = [
        synthetic_query(facts, language, rng).text for facts in pairs.facts for language in (0, 1)
    ]
    return [*pairs.english, *pairs.french, *asked]
