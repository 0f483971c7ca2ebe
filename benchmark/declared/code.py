"""No code where none is declared: what may lie in the folder of a model that brings no code."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

from benchmark.declared.keys import Rule
from benchmark.errors import BadInput
from benchmark.parsing import json_table, read, shown

_REMEDY = 'remove it, or use adapter = "python"'
_OURS = {"submission.toml", "README.md", "recipe.toml"}
_DATA = {".md", ".txt", ".safetensors", ".model", ".png", ".jpg", ".jpeg", ".webp"}
"""Prose, vocabularies, weights, sentencepiece models, pictures of a card."""
_PLAIN = {"LICENSE", "LICENCE", "NOTICE", "COPYING"}
_VOCABULARIES = {"tokenizer.json", "vocab.json", "added_tokens.json", "training.json"}
"""Read as data by the tokenizers library, or by us: any key may stand there, being a word."""
_VOCABULARY_MOST = 64 << 20
_LOADERS = re.compile(
    rb'"(auto_map|trust_remote_code|custom_[a-z_]+|_?auto_class|code_revision|chat_template)"\s*:'
)
"""Keys by which libraries are told to load code; not even in a vocabulary."""


def _nothing(_files: Mapping[str, Path]) -> set[str]:
    return set()


@dataclass(frozen=True)
class Declared:
    """What may lie in the folder of a model that brings no code."""

    configs: Mapping[str, Mapping[str, Rule]]
    """Name of a config, wherever in the folder it lies -> what may stand in it."""
    beside: Callable[[Mapping[str, Path]], set[str]] = _nothing
    """Given all files by name, those of a kind of its own, looked over. Raises BadInput."""


def refuse_code(
    adapter: str, declared: Declared | None, files: Mapping[str, Path], where: str = ""
) -> None:
    """Refuse all that is not known to be data, in a submission's folder or a hub's snapshot.

    `files`: name in the folder -> the real file; `where` stands before the name in what is said.
    Where an adapter declares nothing, its models bring code of their own, and are not looked at:
    they only ever run inside walls. Raises BadInput naming file and key.
    """
    if declared is None:
        return
    beside = declared.beside(files)
    for name, path in files.items():
        base, place = PurePosixPath(name).name, where + name
        if base in declared.configs:
            table = json_table(path, place)
            _check(place, table, declared.configs[base])
            if base.endswith(".index.json"):
                _check_shards(place, name, table, files)
        elif base in _VOCABULARIES:
            if key := _LOADERS.search(read(path, _VOCABULARY_MOST)):
                _refuse(place, key[1].decode())
        elif name in _OURS or name in beside or base in _PLAIN:
            continue
        elif PurePosixPath(name).suffix not in _DATA:
            problem = f"is not among the files of a model without code ({adapter})"
            raise BadInput(shown(place), problem, _REMEDY)


def _check(where: str, value: Any, rule: Rule | Mapping[str, Rule], key: str = "") -> None:
    """Hold a value against its rule. Raises BadInput naming the key."""
    if isinstance(value, list):
        for one in value:
            _check(where, one, rule, key)
    elif isinstance(value, dict):
        if not isinstance(rule, Mapping):
            _refuse(where, key, "a table is no value")
        for name, inner in value.items():
            below = f"{key}.{name}" if key else name
            if name not in rule and "*" not in rule:
                _refuse(where, below)
            _check(where, inner, rule.get(name, rule.get("*")), below)
    elif isinstance(value, str):
        if not _allows(rule.get("") if isinstance(rule, Mapping) else rule, value):
            _refuse(where, key, f"'{shown(value)[:80]}' is no value")
    elif isinstance(value, float) and not math.isfinite(value):
        _refuse(where, key, "infinity is no value")


def _allows(rule: Rule, value: str) -> bool:
    if isinstance(rule, re.Pattern):
        return rule.fullmatch(value) is not None
    return isinstance(rule, frozenset) and value in rule


def _refuse(where: str, key: str, what: str = "is no key") -> NoReturn:
    problem = f"{shown(key)}: {what} of a model without code"
    raise BadInput(shown(where), problem, _REMEDY)


def _check_shards(
    place: str, name: str, table: Mapping[str, Any], files: Mapping[str, Path]
) -> None:
    home, shards = PurePosixPath(name).parent, table.get("weight_map")
    if not isinstance(shards, dict):
        raise BadInput(shown(place), "weight_map: is no table of files", "write it anew")
    for shard in shards.values():
        if not isinstance(shard, str) or str(home / shard) not in files:
            problem = f"weight_map: names {shown(shard)}, which is not beside it"
            raise BadInput(shown(place), problem, "add it")
