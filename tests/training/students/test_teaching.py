from __future__ import annotations

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from benchmark.errors import BadInput
from benchmark.training import losses
from benchmark.training.joining import Joining
from benchmark.training.painting_lessons import Batch
from benchmark.training.settings import Teaching
from benchmark.training.students.teaching import SENTENCES, table, taught
from tests.training.conftest import Make, heads


class Teacher:
    """Stands for a teacher: what it makes of four pictures."""

    pictures = torch.eye(SENTENCES)[:4]


def batch(theirs: torch.Tensor) -> Batch:
    own = torch.nn.functional.normalize(torch.randn(3, SENTENCES), dim=-1)
    fits = torch.tensor([[1.0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 1]])
    return Batch(np.arange(4), torch.cat([own, theirs], 1), fits)


def test_each_term_counts_as_much_as_it_is_told() -> None:
    torch.manual_seed(0)
    student = Joining(6, SENTENCES, 8, 0.0).eval()
    seen, told = torch.randn(4, 6), batch(torch.eye(SENTENCES)[:3])
    with torch.no_grad():
        plain = student(seen, told.sentences[:, :SENTENCES], told.fits)
        texts, pictures = student.embedded(seen, told.sentences[:, :SENTENCES])
        none = taught(student, seen, told, Teacher(), Teaching(teacher="t"))  # type: ignore[arg-type]
        torch.testing.assert_close(none, plain)
        feature = Teaching(teacher="t", feature=3.0)
        apart = losses.feature_mimicry(pictures, torch.eye(SENTENCES)[:4])
        apart += losses.feature_mimicry(texts, torch.eye(SENTENCES)[:3])
        found = taught(student, seen, told, Teacher(), feature)  # type: ignore[arg-type]
        torch.testing.assert_close(found, plain + 3 * apart / 2)
        affinity = Teaching(teacher="t", affinity=2.0)
        scale = student.logit_scale.exp()
        targets = scale * torch.eye(3, 4)
        near = losses.affinity_mimicry(scale * texts @ pictures.T, targets)
        found = taught(student, seen, told, Teacher(), affinity)  # type: ignore[arg-type]
        torch.testing.assert_close(found, plain + 2 * near)


def test_only_multilingual_heads_over_a_frozen_encoder_teach(make: Make) -> None:
    with pytest.raises(BadInput, match="here: no submission is named 'nobody'; look in "):
        table(make("one").parent / "nobody", "here")
    folder = heads(make)
    (folder / "submission.toml").write_text(
        (folder / "submission.toml").read_text().replace("use-multilingual", "minilm")
    )
    save_file({"skip.weight": torch.zeros(2, 2)}, folder / "heads.safetensors")
    with pytest.raises(BadInput, match="here: heads has no multilingual heads over a frozen"):
        table(folder, "here")
