from __future__ import annotations

import math

import open_clip
import pytest
import torch
from open_clip.loss import SigLipLoss
from torch.nn.functional import cross_entropy, normalize

from benchmark.training import losses


def rows(seed: int, count: int = 6, width: int = 8) -> torch.Tensor:
    return normalize(torch.randn(count, width, generator=torch.Generator().manual_seed(seed)))


def test_with_plain_pairs_the_contrastive_loss_is_open_clips() -> None:
    texts, pictures, scale = rows(1), rows(2), torch.tensor(10.0)
    expected = open_clip.ClipLoss()(pictures, texts, scale)
    torch.testing.assert_close(losses.contrastive(texts, pictures, torch.eye(6), scale), expected)


def test_with_plain_pairs_the_sigmoid_loss_is_open_clips() -> None:
    texts, pictures, scale, bias = rows(1), rows(2), torch.tensor(10.0), torch.tensor(-4.0)
    expected = SigLipLoss()(pictures, texts, scale, bias)
    found = losses.sigmoid(texts, pictures, torch.eye(6), scale, bias)
    torch.testing.assert_close(found, expected)


def test_right_answers_share_the_weight() -> None:
    texts = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    pictures = torch.tensor([[1.0, 0.0], [1.0, 0.0]])
    fits = torch.tensor([[1.0, 1.0], [0.0, 0.0]])  # the second text fits nothing: it is left out
    # Text 1 sees two equal pictures: log 2. Each picture: log(1 + e^-1) for choosing text 1.
    by_text, by_picture = math.log(2), math.log(1 + math.exp(-1))
    found = losses.contrastive(texts, pictures, fits, torch.tensor(1.0))
    assert found.item() == pytest.approx((by_text + by_picture) / 2)


def test_features_that_are_the_teachers_cost_nothing() -> None:
    assert losses.feature_mimicry(rows(1), rows(1)).item() == 0
    opposite = losses.feature_mimicry(rows(1), -rows(1))
    assert opposite.item() == pytest.approx(4)  # unit rows, two apart


def test_affinity_is_the_divergence_both_ways() -> None:
    logits, targets = rows(1, 4, 4) * 3, rows(2, 4, 4) * 3
    assert losses.affinity_mimicry(logits, logits).item() == pytest.approx(0, abs=1e-6)

    def divergence(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        wanted = b.softmax(1)  # cross-entropy less the entropy that cannot be helped
        return cross_entropy(a, wanted) - cross_entropy(b, wanted)

    expected = (divergence(logits, targets) + divergence(logits.T, targets.T)) / 2
    torch.testing.assert_close(losses.affinity_mimicry(logits, targets), expected)


def test_interaction_contrasts_each_side_with_the_teachers_other() -> None:
    texts, pictures, theirs, shown = rows(1), rows(2), rows(3), rows(4)
    scale, fits = torch.tensor(5.0), torch.eye(6)
    expected = (
        open_clip.ClipLoss()(shown, texts, scale) + open_clip.ClipLoss()(pictures, theirs, scale)
    ) / 2
    found = losses.interactive(texts, pictures, theirs, shown, fits, scale)
    torch.testing.assert_close(found, expected)
