from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from benchmark.pretrained.sentences import Multilingual
from benchmark.training.students.reading import read
from benchmark.training.students.text_encoders import NGrams, Trigrams
from benchmark.training.students.word_pieces import Pieces, Vocabulary

TEXTS = [
    "a winter landscape with skaters",
    "un lac",
    "sea",
    "a man in a red coat stands before a house, his dog beside him, under a stormy sky",
]


@pytest.fixture(scope="module")
def kept() -> Vocabulary:
    return Pieces().kept(TEXTS, 600)


def test_where_every_piece_is_kept_it_reads_as_the_package_does(kept: Vocabulary) -> None:
    found = read(NGrams(kept.rows).eval(), kept.tokenizer(), TEXTS)
    np.testing.assert_allclose(found, Multilingual()(TEXTS), atol=1e-5)


@pytest.mark.parametrize("small", [lambda rows: NGrams(rows), lambda rows: Trigrams(rows, 16)])
def test_padding_changes_nothing(kept: Vocabulary, small: type[nn.Module]) -> None:
    torch.manual_seed(0)
    encoder, tokenizer = small(kept.rows).eval(), kept.tokenizer()
    together = read(encoder, tokenizer, TEXTS)
    alone = np.concatenate([read(encoder, tokenizer, [text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert together.shape == (4, 512) and together.dtype == np.float32


def test_a_small_one_counts_what_its_rank_says(kept: Vocabulary) -> None:
    encoder = Trigrams(kept.rows, 16)
    layers = (3 * 16 * 192 + 192) + ((16 + 192) * 256 + 256) + (256 * 512 + 512)
    assert sum(one.numel() for one in encoder.parameters()) == 600 * 16 + layers
    order = torch.tensor([[1, 5, 9, 2], [1, 9, 5, 2]])
    one, other = encoder(order, torch.ones(2, 4))
    assert not torch.allclose(one, other, atol=1e-4)  # three at a time: order counts
