"""Losses over a batch of pictures and texts whose matches are known.

All take unit vectors: `texts` (t, d) and `pictures` (p, d); `fits` (t, p) is 1 where a text fits a
picture, 0 elsewhere. A plain batch of pairs has the identity for `fits`.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional


@torch.no_grad()
def cap(scale: Tensor) -> None:
    """Keep the logarithm of the scale where CLIP keeps it: the scale is 1 to 100."""
    scale.clamp_(0, math.log(100))


def contrastive(texts: Tensor, pictures: Tensor, fits: Tensor, scale: Tensor) -> Tensor:
    """CLIP's loss (Radford et al. 2021) with several right answers (UniCL, Yang et al. 2022).

    Each text shares its weight among the pictures it fits, each picture among its texts; with
    the identity this is CLIP's symmetric cross-entropy.
    """
    logits = scale * texts @ pictures.T
    return (_spread(logits, fits) + _spread(logits.T, fits.T)) / 2


def sigmoid(texts: Tensor, pictures: Tensor, fits: Tensor, scale: Tensor, bias: Tensor) -> Tensor:
    """SigLIP's loss (Zhai et al. 2023): every text and picture is a question of its own."""
    logits = scale * texts @ pictures.T + bias
    return -functional.logsigmoid(logits * (2 * fits - 1)).sum() / len(texts)


def feature_mimicry(embeddings: Tensor, targets: Tensor) -> Tensor:
    """Mean squared distance between unit vectors, a student's and its teacher's (CLIP-KD's FD)."""
    return (embeddings - targets).square().sum(1).mean()


def affinity_mimicry(logits: Tensor, targets: Tensor) -> Tensor:
    """Divergence of the student's similarities from the teacher's, both ways (TinyCLIP).

    `logits` and `targets` (t, p), each already scaled by its own model's temperature. The
    mean over the teachers of an ensemble is MobileCLIP's distillation loss.
    """
    ways = ((logits, targets), (logits.T, targets.T))
    return sum((_divergence(ours, theirs) for ours, theirs in ways), torch.tensor(0.0)) / 2


def interactive(
    texts: Tensor, pictures: Tensor, their_texts: Tensor, their_pictures: Tensor,
    fits: Tensor, scale: Tensor,
) -> Tensor:  # fmt: skip
    """The student's texts contrasted with the teacher's pictures, and the reverse (CLIP-KD)."""
    ours = contrastive(texts, their_pictures, fits, scale)
    return (ours + contrastive(their_texts, pictures, fits, scale)) / 2


def _spread(logits: Tensor, fits: Tensor) -> Tensor:
    """Cross-entropy of each row with its right answers alike; rows without one do not count."""
    answers = fits.sum(1)
    shares = fits / answers.clamp(min=1)[:, None]
    each = -(shares * functional.log_softmax(logits, dim=1)).sum(1)
    return each.sum() / (answers > 0).sum().clamp(min=1)


def _divergence(logits: Tensor, targets: Tensor) -> Tensor:
    ours = functional.log_softmax(logits, dim=1)
    theirs = functional.log_softmax(targets, dim=1)
    return functional.kl_div(ours, theirs, reduction="batchmean", log_target=True)
