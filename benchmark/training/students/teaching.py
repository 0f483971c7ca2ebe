"""What a teacher of heads makes of annotated paintings and of the texts they are told by."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from benchmark.adapters.pretrained import Pretrained
from benchmark.errors import BadInput
from benchmark.pretrained import efficientnet, heads
from benchmark.pretrained.features import WIDTH
from benchmark.submission import load
from benchmark.submission_files import MANIFEST
from benchmark.training import losses
from benchmark.training.described_paintings import DescribedPaintings
from benchmark.training.encoded_worlds import features_of
from benchmark.training.frozen_states import frozen_states
from benchmark.training.joining import Joining
from benchmark.training.painting_lessons import Batch
from benchmark.training.recipe import Job
from benchmark.training.settings import Teaching
from benchmark.workspace import file_digest

SENTENCES = 512
"""Width of the multilingual encoder's vectors, and so of its heads."""


def table(folder: Path, where: str) -> Pretrained:
    """The [model] table of a teacher. Raises BadInput where it has no multilingual heads."""
    if not (folder / MANIFEST).is_file():
        raise BadInput(where, f"no submission is named '{folder.name}'", f"look in {folder.parent}")
    found = load(folder).model
    if (
        not isinstance(found, Pretrained)
        or found.heads is None
        or found.tuned is not None
        or found.text != "use-multilingual"
    ):
        problem = f"{folder.name} has no multilingual heads over a frozen image encoder"
        raise BadInput(where, problem, "name another teacher")
    return found


class Teacher:
    """Unit vectors of a teacher's heads, worked out once: `pictures` (2n, 512), in a mirror last.

    What it makes of texts is asked for by their multilingual vectors.
    """

    def __init__(self, folder: Path, described: DescribedPaintings, job: Job) -> None:
        model = table(folder, str(folder))
        assert model.heads is not None
        self._heads = heads.load(folder / model.heads, WIDTH, SENTENCES)
        keys = [file_digest(described.folder / one.file) for one in described.paintings]
        asked = partial(job.progress, "asking the teacher")
        states = frozen_states(keys, described.picture, model.side, job.cache, asked)
        features = features_of(efficientnet.network(), states)
        with torch.inference_mode():
            self.pictures: Tensor = self._heads.pictures(torch.from_numpy(features)).clone()

    def texts(self, sentences: NDArray[np.float32]) -> NDArray[np.float32]:
        """(t, 512) of the multilingual encoder's vectors (t, 512)."""
        with torch.inference_mode():
            return self._heads.texts(torch.from_numpy(sentences)).numpy()


def taught(learned: Joining, seen: Tensor, batch: Batch, teacher: Teacher, by: Teaching) -> Tensor:
    """The contrast of a batch, and how far the student's embeddings are from its teacher's.

    `seen` (p, components). The sentences of the batch are the student's own vectors of texts and,
    beside them, its teacher's embeddings. The teacher's similarities are compared at the student's
    temperature, for heads keep none.
    """
    own, theirs = batch.sentences[:, :SENTENCES], batch.sentences[:, SENTENCES:]
    texts, pictures = learned.embedded(seen, own)
    losses.cap(learned.logit_scale)
    scale = learned.logit_scale.exp()
    total = losses.contrastive(texts, pictures, batch.fits, scale)
    looked = teacher.pictures[torch.from_numpy(batch.rows)]
    apart = losses.feature_mimicry(pictures, looked) + losses.feature_mimicry(texts, theirs)
    total = total + by.feature * apart / 2
    if by.affinity:
        targets = scale.detach() * theirs @ looked.T
        near = losses.affinity_mimicry(scale * texts @ pictures.T, targets)
        total = total + by.affinity * near
    return total
