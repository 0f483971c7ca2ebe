"""The text encoders of cimaise-student as packs; what they read is tried in test_in_browser.py."""

from __future__ import annotations

import json
import shutil
import zlib
from pathlib import Path
from typing import Any

import pytest

from benchmark.errors import BadInput
from benchmark.site.browser_search.packed_encoders import ngrams, transformer
from tests.site.laid_docs import ROOT

HOME = ROOT / "submissions" / "cimaise-student"


def head(pack: bytes) -> dict[str, Any]:
    size = int.from_bytes(pack[:4], "little")
    return json.loads(zlib.decompress(pack[4 : 4 + size]))


def test_the_encoder_of_paintings() -> None:
    made = ngrams(HOME)
    said = head(made.pack)
    assert (said["kind"], made.width) == ("ngrams", 512)
    told = said["tokenizer"]
    assert (told["unknown"], told["begin"], told["end"], told["longest"]) == (0, 1, 2, 64)
    assert len(told["pieces"]) == 7000 and told["pieces"][3] == "▁"
    assert len(made.pack) < 5_400_000


def test_the_encoder_of_drawn_pictures() -> None:
    made = transformer(HOME / "drawn")
    said = head(made.pack)
    assert (said["kind"], made.width, said["heads"]) == ("transformer", 128, 4)
    told = said["tokenizer"]
    assert told["specials"] == {"<pad>": 0, "<s>": 1, "</s>": 4095}
    assert (told["begin"], told["end"], told["longest"]) == (1, 4095, 32)
    assert len(made.pack) < 600_000


def test_another_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"tokenizer\.json: is no Unigram; the site knows other tok"):
        ngrams(HOME / "drawn")
    with pytest.raises(BadInput, match=r"text_model\.onnx: has no net\.text\.token_embedding"):
        shutil.copytree(HOME, tmp_path / "it")
        shutil.copy(HOME / "drawn" / "tokenizer.json", tmp_path / "it")
        transformer(tmp_path / "it")
    with pytest.raises(BadInput, match=r"text_model\.onnx"):
        ngrams(tmp_path)
