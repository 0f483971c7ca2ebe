"""Learning from teachers: what a student's batch costs beside the truth it is told.

The teachers' pictures are stored once (MobileCLIP: Vasu et al. 2024); their texts are read as
they come, since synthetic queries are endless and text encoders cheap. Terms: features and
interaction after CLIP-KD (Yang et al. 2024), affinities after TinyCLIP (Wu et al. 2023).
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from benchmark.training import losses
from benchmark.training.batches import Batch
from benchmark.training.models import Model
from benchmark.training.recipe import Progress
from benchmark.training.rendered_pairs import Pairs
from benchmark.training.settings import Distillation
from benchmark.training.targets import stored


class Teachers:
    """An ensemble of frozen models; every term is the mean over them."""

    def __init__(
        self,
        submissions: Path,
        recipe: Distillation,
        pairs: Pairs,
        cache: Path,
        device: torch.device,
        progress: Progress,
    ) -> None:
        self._recipe = recipe
        self._models = [Model.trained(submissions / one, device) for one in recipe.teachers]
        for model in self._models:
            model.net.eval().requires_grad_(False)
        self._pictures = [
            torch.from_numpy(
                stored(model, pairs, cache, lambda d, n: progress("asking the teacher", d, n))
            )
            for model in self._models
        ]
        self._joints: list[tuple[nn.Linear, nn.Linear]] = []

    def joints(self, width: int) -> nn.ModuleList:
        """Maps from the student's embeddings to each teacher's, for both sides; learned too."""
        self._joints = [
            (nn.Linear(width, model.width), nn.Linear(width, model.width)) for model in self._models
        ]
        return nn.ModuleList(joint for pair in self._joints for joint in pair)

    def loss(self, batch: Batch, texts: Tensor, pictures: Tensor, scale: Tensor) -> Tensor:
        """The weighted terms for a batch; `texts` and `pictures` are the student's unit vectors."""
        total = torch.zeros((), device=texts.device)
        fits = batch.fits.to(texts.device)
        rows = torch.from_numpy(batch.rows)
        for model, kept, (joint_texts, joint_pictures) in zip(
            self._models, self._pictures, self._joints, strict=True
        ):
            their_pictures = kept[rows].to(texts.device).float()
            with torch.no_grad(), torch.autocast(texts.device.type, torch.bfloat16):
                their_texts = model.texts(model.tokenize(batch.texts))
            like_texts = nn.functional.normalize(joint_texts(texts), dim=-1)
            like_pictures = nn.functional.normalize(joint_pictures(pictures), dim=-1)
            if self._recipe.feature:
                apart = losses.feature_mimicry(like_pictures, their_pictures)
                apart = (apart + losses.feature_mimicry(like_texts, their_texts)) / 2
                total = total + self._recipe.feature * apart
            if self._recipe.affinity:
                targets = model.net.logit_scale.exp() * their_texts @ their_pictures.T
                near = losses.affinity_mimicry(scale * texts @ pictures.T, targets)
                total = total + self._recipe.affinity * near
            if self._recipe.interactive:
                across = losses.interactive(
                    like_texts, like_pictures, their_texts, their_pictures, fits, scale
                )
                total = total + self._recipe.interactive * across
        return total / len(self._models)
