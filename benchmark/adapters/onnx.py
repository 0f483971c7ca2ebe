"""Adapter for ONNX exports in the layout of the Hugging Face hub: two graphs, no torch needed."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from PIL import Image
from tokenizers import Tokenizer

from benchmark.errors import BadInput
from benchmark.submission import Onnx
from benchmark.submission_files import MANIFEST

PREPROCESSOR = "preprocessor_config.json"
TOKENIZER, TOKENIZER_CONFIG = "tokenizer.json", "tokenizer_config.json"

_CUDA = "CUDAExecutionProvider"
_LONGEST = 77
"""Tokens where neither graph nor tokenizer says how many: CLIP's context."""
_ENDLESS = 10**6
"""Tokenizers that know no limit write a number beyond this one."""


class OnnxEncoder:
    """A graph of pictures and a graph of texts; rows are brought to unit length."""

    def __init__(self, folder: Path, pictures: Any, texts: Any) -> None:
        self._pictures, self._texts = pictures, texts
        self._prepare = _Preparation(folder / PREPROCESSOR)
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

    @classmethod
    def load(cls, folder: Path, spec: Onnx, device: str) -> OnnxEncoder:
        """Open both graphs. Raises BadInput naming the field at fault."""
        if device == "cuda" and _CUDA not in onnxruntime.get_available_providers():
            problem, remedy = "onnxruntime knows no CUDA here", "use --device cpu"
            raise BadInput(f"{folder / MANIFEST}: model", problem, remedy)
        sessions = []
        for field, name in (("pictures", spec.pictures), ("texts", spec.texts)):
            try:
                sessions.append(_session(folder / name, device))
            except Exception as error:  # onnxruntime's errors share no base
                reason = " ".join(str(error).split())[:200]
                raise BadInput(f"{folder / MANIFEST}: model.{field}", reason) from None
        home = folder / spec.folder
        for name in (PREPROCESSOR, TOKENIZER, TOKENIZER_CONFIG):
            if not (home / name).is_file():
                raise BadInput(f"{folder / MANIFEST}: model.folder", f"has no {name}", "add it")
        return cls(home, sessions[0], sessions[1])

    def encode_images(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        pixels = np.stack([self._prepare(image) for image in images])
        return _unit(self._pictures.run(None, {self._pictures.get_inputs()[0].name: pixels})[0])

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        encoded = self._tokenizer.encode_batch(list(texts))
        inputs = {
            "input_ids": np.array([one.ids for one in encoded], np.int64),
            "attention_mask": np.array([one.attention_mask for one in encoded], np.int64),
        }
        return _unit(self._texts.run(None, {name: inputs[name] for name in self._names})[0])

    def truncated(self, texts: Sequence[str]) -> int:
        return sum(bool(one.overflowing) for one in self._tokenizer.encode_batch(list(texts)))


class _Preparation:
    """What preprocessor_config.json asks for: size, crop, mean and standard deviation."""

    def __init__(self, path: Path) -> None:
        config = json.loads(path.read_text(encoding="utf-8"))
        self._size, self._crop = config["size"], None
        if config.get("do_center_crop"):
            crop = config["crop_size"]
            self._crop = (crop, crop) if isinstance(crop, int) else (crop["width"], crop["height"])
        self._resample = Image.Resampling(config.get("resample", 3))
        self._mean, self._std = (
            np.array(config[key], np.float32) for key in ("image_mean", "image_std")
        )

    def __call__(self, image: Image.Image) -> NDArray[np.float32]:
        image = image.convert("RGB").resize(self._sides(image), self._resample)
        if self._crop is not None:
            left, top = ((a - b) // 2 for a, b in zip(image.size, self._crop, strict=True))
            image = image.crop((left, top, left + self._crop[0], top + self._crop[1]))
        pixels = np.asarray(image, np.float32) / 255
        ready: NDArray[np.float32] = ((pixels - self._mean) / self._std).astype(np.float32)
        return ready.transpose(2, 0, 1)

    def _sides(self, image: Image.Image) -> tuple[int, int]:
        size = self._size
        if isinstance(size, dict) and "height" in size:
            return size["width"], size["height"]
        shortest = size["shortest_edge"] if isinstance(size, dict) else size
        # Cut, not rounded, as transformers does it.
        width, height = (int(shortest * side / min(image.size)) for side in image.size)
        return width, height


def _session(path: Path, device: str) -> Any:
    options = onnxruntime.SessionOptions()
    cores = len(os.sched_getaffinity(0))
    options.intra_op_num_threads = int(os.environ.get("OMP_NUM_THREADS", cores))
    wanted = ["CPUExecutionProvider"]
    if device in ("auto", "cuda") and _CUDA in onnxruntime.get_available_providers():
        wanted.insert(0, _CUDA)
    return onnxruntime.InferenceSession(str(path), options, providers=wanted)


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, np.finfo(np.float32).tiny), np.float32)
