"""The two text encoders of a routed student as packs, as docs/javascripts/find/encoder.js has them.

Each is a graph that `training/students` or `training/quantisation` wrote; the names below are those
of its layers there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmark.errors import BadInput
from benchmark.site.browser_search.onnx_weights import Graph, Weights
from benchmark.site.browser_search.pack import packed

_GRAPH, _TOKENIZER, _CONFIG = "text_model.onnx", "tokenizer.json", "tokenizer_config.json"

_OF_NGRAMS = {
    **{name: f"/encoder/{name}/MatMul" for name in ("d0", "d1", "d2", "d3", "p1", "p3", "inner")},
    **{f"{at}.{n}": f"/encoder/{at}.{n}/MatMul" for at in ("first", "second") for n in (2, 3, 5)},
    **{name: f"/text/{name}/Gemm" for name in ("text.0", "text.3")},
    "mean": "/encoder/mean/Gemm",
    "skip": "/skip/MatMul",
}
_OF_NGRAMS_BIASED = {
    name: f"heads.{name}.bias" if name.startswith("text") else f"encoder.{name}.bias"
    for name in _OF_NGRAMS
    if name.startswith(("text", "first", "second", "inner", "mean"))
}
_BLOCK = "net.text.transformer.resblocks.0"
_OF_TRANSFORMER = {
    "attention": "/text/transformer/resblocks.0/attn/MatMul",
    "out": "/text/transformer/resblocks.0/attn/out_proj/MatMul",
    "fc": "/text/transformer/resblocks.0/mlp/c_fc/MatMul",
    "proj": "/text/transformer/resblocks.0/mlp/c_proj/MatMul",
    "projection": "text_embeds_QuantizeLinear_Input",
}
_OF_TRANSFORMER_BIASED = {
    "attention": f"{_BLOCK}.attn.of.in_proj_bias",
    "out": f"{_BLOCK}.attn.of.out_proj.bias",
    "fc": f"{_BLOCK}.mlp.c_fc.bias",
    "proj": f"{_BLOCK}.mlp.c_proj.bias",
}
_HEADS = 4
"""Of the one block of the atelier's students; their graph has it as a shape alone."""


@dataclass(frozen=True)
class TextEncoder:
    """A pack, and the dimensions of what its encoder gives."""

    pack: bytes
    width: int


def ngrams(folder: Path) -> TextEncoder:
    """The encoder of paintings. Raises BadInput where the graph or tokenizer is another.

    Of its table of words a bit is left out: half a megabyte less to send, and on museum-core's
    queries 0.001 of ndcg@10.
    """
    graph = Graph(folder / _GRAPH)
    head, scores = _unigram(folder)
    norms = {"inner_norm": "encoder.inner_norm", "norm": "encoder.norm"}
    table = graph.table("encoder.embeddings.weight")
    table = Weights(np.rint(table.numbers / 2).astype(np.int8), table.scale * 2)
    arrays = _arrays(graph, table, _OF_NGRAMS, _OF_NGRAMS_BIASED, norms)
    said = {"kind": "ngrams", "tokenizer": head, "layers": [*_OF_NGRAMS], "norms": [*norms]}
    return TextEncoder(packed(said, {**arrays, "scores": scores}), len(arrays["skip/scale"]))


def transformer(folder: Path) -> TextEncoder:
    """The encoder of drawn pictures. Raises BadInput as `ngrams` does."""
    graph = Graph(folder / _GRAPH)
    norms = {name: f"{_BLOCK}.{name}" for name in ("ln_1", "ln_2")}
    norms["ln_final"] = "net.text.ln_final"
    table = graph.table("net.text.token_embedding.weight")
    arrays = _arrays(graph, table, _OF_TRANSFORMER, _OF_TRANSFORMER_BIASED, norms)
    said = {
        "kind": "transformer",
        "tokenizer": _byte_pairs(folder),
        "layers": [*_OF_TRANSFORMER],
        "norms": [*norms],
        "heads": _HEADS,
    }
    positions = graph.array("net.text.positional_embedding")
    width = len(arrays["projection/scale"])
    return TextEncoder(packed(said, {**arrays, "positions": positions}), width)


def _arrays(
    graph: Graph,
    table: Weights,
    layers: Mapping[str, str],
    biased: Mapping[str, str],
    norms: Mapping[str, str],
) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {"table": table.numbers.T, "table/scale": table.scale}
    for name, place in layers.items():
        weights = graph.layer(place)
        arrays[f"{name}/weights"], arrays[f"{name}/scale"] = weights.numbers, weights.scale
    arrays |= {f"{name}/bias": graph.array(stored) for name, stored in biased.items()}
    for name, stored in norms.items():
        for kind in ("weight", "bias"):
            arrays[f"{name}/{kind}"] = graph.array(f"{stored}.{kind}")
    return arrays


def _unigram(folder: Path) -> tuple[dict[str, object], NDArray[np.float32]]:
    """What unigram.js is made of, and the scores of the pieces."""
    told = _told(folder, "Unigram")
    pieces, scores = zip(*told["model"]["vocab"], strict=True)
    ends = _ends(told, {piece: number for number, piece in enumerate(pieces)})
    head = {"pieces": pieces, **ends, "unknown": told["model"]["unk_id"]}
    return {**head, "longest": told["longest"]}, np.array(scores, np.float32)


def _byte_pairs(folder: Path) -> dict[str, object]:
    """What byte_pairs.js is made of."""
    told = _told(folder, "BPE")
    specials = {one["content"]: one["id"] for one in told["added_tokens"]}
    vocabulary = told["model"]["vocab"]
    return {
        "vocabulary": vocabulary,
        "merges": told["model"]["merges"],
        "specials": specials,
        **_ends(told, {**vocabulary, **specials}),
        "longest": told["longest"],
    }


def _ends(told: Mapping[str, Any], numbers: Mapping[str, int]) -> dict[str, int]:
    """The numbers of the pieces that stand before and after every text."""
    begin, _, end = told["post_processor"]["single"]
    names = {"begin": begin, "end": end}
    return {side: numbers[one["SpecialToken"]["id"]] for side, one in names.items()}


def _told(folder: Path, kind: str) -> dict[str, Any]:
    """tokenizer.json, with how many tokens are read at most."""
    try:
        told = json.loads((folder / _TOKENIZER).read_text(encoding="utf-8"))
        config = json.loads((folder / _CONFIG).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(folder / _TOKENIZER, " ".join(str(error).split())[:200]) from None
    if told["model"]["type"] != kind:
        raise BadInput(folder / _TOKENIZER, f"is no {kind}", "the site knows other tokenizers")
    return {**told, "longest": config["model_max_length"]}
