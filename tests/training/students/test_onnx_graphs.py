from __future__ import annotations

import numpy as np
import torch

from benchmark.pretrained.heads import Heads
from benchmark.training.students.onnx_graphs import Reads
from benchmark.training.students.reading import tokens
from benchmark.training.students.text_encoders import Trigrams
from benchmark.training.students.word_pieces import Pieces


def test_a_projection_becomes_one_with_the_layer_before_it() -> None:
    kept = Pieces().kept(["a boat", "sea"], 300)
    torch.manual_seed(0)
    encoder, heads = Trigrams(kept.rows, 8).eval(), Heads(4, 512, 512, 0).eval()
    before = encoder.layers[-1].weight.clone()
    given = tokens(kept.tokenizer(), ["a boat", "the sea, red"])
    reads = Reads(encoder, heads)
    with torch.inference_mode():
        np.testing.assert_allclose(reads(*given), heads.texts(encoder(*given)), atol=1e-6)
    assert torch.equal(encoder.layers[-1].weight, before)
    numbers = sum(one.numel() for one in encoder.parameters())
    assert sum(one.numel() for one in reads.parameters()) == numbers
    deep = Reads(encoder, Heads(4, 512, 512, 8).eval())
    assert sum(one.numel() for one in deep.parameters()) > numbers + 512 * 512
