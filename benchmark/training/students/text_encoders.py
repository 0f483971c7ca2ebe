"""Small sentence encoders, cut from the multilingual one of a package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from benchmark.pretrained.packages import USE, checked

WIDTH = 512
_CHUNKS = 17
"""Blocks that the package's table is quantised in: a piece lies in its number modulo this."""
_INNER = 256
_ORDERS = {2: 0, 3: 1, 5: 2}
"""Length of an n-gram -> the pieces of it that stand before the one it is counted by."""
_SMALL = 192
"""Units of the encoder without the n-grams of the package."""


class NGrams(nn.Module):
    """The encoder of the package (Yang et al. 2020): n-grams, their mean, layers. (n, 512).

    Written after the package's own NumPy code; its 3.4 million numbers beside the table stay.
    """

    def __init__(self, pieces: Sequence[int]) -> None:
        super().__init__()
        stored = _stored()
        self.embeddings = nn.Embedding(
            len(pieces), WIDTH, _weight=torch.from_numpy(rows_of(stored, pieces))
        )
        for kind in ("proj", "proj_b", "norm_g", "norm_b"):  # one norm over all three
            parts = [stored[f"{kind.replace('norm', 'ln')}{n}"] for n in _ORDERS]
            stored[kind] = np.concatenate(parts, -1)
        self.inner, self.inner_norm = _linear(stored, "proj"), _norm(stored, "norm")
        self.first = nn.ModuleDict({str(n): _linear(stored, f"w1_{n}") for n in _ORDERS})
        self.second = nn.ModuleDict({str(n): _linear(stored, f"w2_{n}") for n in _ORDERS})
        self.norm, self.mean = _norm(stored, "ln"), _linear(stored, "cnn_W")
        self.layers = nn.ModuleDict(
            {name: _linear(stored, name) for name in ("d0", "d1", "d2", "d3", "p1", "p3")}
        )

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """(n, 512) unit vectors of word pieces (n, l), of which `mask` (n, l) is 1 or padding 0."""
        there = mask[:, :, None].float()
        words = self.embeddings(ids)
        seen, states = [words], self.inner_norm(self.inner(words)) * there
        inner = dict(zip(_ORDERS, states.split(_INNER, 2), strict=True))
        for n in _ORDERS:
            state = inner[n]
            for layer in (self.first[str(n)], self.second[str(n)]):
                state = (torch.relu(layer(_windows(state, n))) + state) * there
            seen.append(state)
        states = self.norm(torch.cat(seen, 2)) * there
        length = there.sum(1)
        mean = self.mean(states.sum(1) / length) * length.sqrt()
        layers = self.layers
        first = torch.relu(layers["p1"](mean) + layers["d1"](torch.relu(layers["d0"](mean))))
        second = layers["p3"](first) + layers["d3"](torch.relu(layers["d2"](first)))
        return functional.normalize(torch.tanh(second), dim=-1)


class Trigrams(nn.Module):
    """A table, one layer over three pieces at a time, their mean, two layers. (n, 512)."""

    def __init__(self, pieces: Sequence[int], rank: int) -> None:
        super().__init__()
        # What the whole table knows at this rank is a better start than chance.
        left, sizes, _ = np.linalg.svd(rows_of(_stored(), pieces), full_matrices=False)
        start = np.ascontiguousarray(left[:, :rank] * np.sqrt(sizes[:rank]))
        self.embeddings = nn.Embedding(len(pieces), rank, _weight=torch.from_numpy(start))
        self.trigrams = nn.Linear(3 * rank, _SMALL)
        self.layers = nn.Sequential(
            nn.Linear(rank + _SMALL, _INNER), nn.GELU(), nn.Linear(_INNER, WIDTH)
        )

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """As `NGrams.forward`."""
        there = mask[:, :, None].float()
        words = self.embeddings(ids) * there
        three = torch.relu(self.trigrams(_windows(words, 3))) * there
        total = torch.cat([words, three], 2).sum(1) / there.sum(1).sqrt()
        return functional.normalize(self.layers(total), dim=-1)


def rows_of(stored: Mapping[str, Any], pieces: Sequence[int]) -> NDArray[np.float32]:
    """(n, 512): what the package's 8-bit table says of word pieces."""
    blocks = [stored[f"q{number + 1}"] for number in range(_CHUNKS)]
    rows = np.stack([blocks[one % _CHUNKS][one // _CHUNKS] for one in pieces]).astype(np.float32)
    block = np.array(pieces) % _CHUNKS
    found: NDArray[np.float32] = rows * stored["scale"][block, None] + stored["lo"][block, None]
    return found


def _stored() -> dict[str, Any]:
    with np.load(checked(USE)["resources/weights.npz"], allow_pickle=False) as packed:
        return {name: packed[name] for name in packed.files}


def _linear(stored: Mapping[str, Any], name: str) -> nn.Linear:
    """A layer of the package; its bias, if it has one, is named after it."""
    weights = stored[name]
    biases = {"cnn_W": "cnn_b", "proj": "proj_b"}
    biases |= {f"w{k}_{n}": f"b{k}_{n}" for k in (1, 2) for n in _ORDERS}
    given, made = weights.shape
    layer = nn.Linear(given, made, bias=name in biases)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(weights.T.copy()))
        if name in biases:
            layer.bias.copy_(torch.from_numpy(stored[biases[name]]))
    return layer


def _norm(stored: Mapping[str, Any], name: str) -> nn.LayerNorm:
    norm = nn.LayerNorm(len(stored[f"{name}_g"]), eps=float(stored["eps"]))
    with torch.no_grad():
        norm.weight.copy_(torch.from_numpy(stored[f"{name}_g"]))
        norm.bias.copy_(torch.from_numpy(stored[f"{name}_b"]))
    return norm


def _windows(states: Tensor, n: int) -> Tensor:
    """(m, l, n c): each of states (m, l, c) with those around it; zeros beyond the ends."""
    before = _ORDERS[n]
    padded = functional.pad(states, (0, 0, before, n - 1 - before))
    length = states.shape[1]
    return torch.cat([padded[:, at : at + length] for at in range(n)], 2)
