from __future__ import annotations

import numpy as np
import pytest
import torch

from benchmark.pretrained.heads import Heads
from benchmark.training import joining
from benchmark.training.joining import Joining, Reduction


@pytest.fixture
def features() -> np.ndarray:
    """40 pictures of 9 features: of different sizes, one constant, one the double of another."""
    rng = np.random.default_rng(0)
    made = rng.normal(size=(40, 9)).astype(np.float32) * np.arange(1, 10, dtype=np.float32) + 3
    made[:, 4], made[:, 7] = 5, 2 * made[:, 6]
    return made


def unit(rows: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.normalize(rows, dim=-1)


def test_components_are_uncorrelated_and_partly_whitened(features: np.ndarray) -> None:
    reduction = Reduction(features)
    found = reduction(features).numpy()
    assert found.shape == (40, 7)  # what does not vary of its own is no component
    covariance = found.T @ found / len(found)
    spread = np.diag(covariance)
    np.testing.assert_allclose(covariance - np.diag(spread), 0, atol=1e-4)
    standard = (features - features.mean(0)) / (features.std(0) + 1e-6)
    values = np.linalg.eigvalsh(np.cov(standard.T, bias=True))[::-1][:7]
    # A component's deviation is divided by its square root, and by that of the mean deviation.
    deviations = np.sqrt(values)
    np.testing.assert_allclose(np.sqrt(spread), np.sqrt(deviations / deviations.mean()), rtol=1e-3)


def test_no_more_components_than_are_kept(
    features: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Reduction(features)(features)
    monkeypatch.setattr(joining, "COMPONENTS", 3)
    reduction = Reduction(features)
    assert reduction.axes.shape == (3, 9)
    ratio = reduction(features) / whole[:, :3]
    np.testing.assert_allclose(ratio, ratio[0].expand_as(ratio), rtol=1e-3)


def test_folded_heads_do_as_those_that_learned(features: np.ndarray) -> None:
    reduction = Reduction(features)
    torch.manual_seed(0)
    learned = Heads(7, 5, 4).eval()
    folded = reduction.folded(learned)
    unseen = np.random.default_rng(1).normal(size=(6, 9)).astype(np.float32) * 4
    unseen[:, 4] = 5
    sentences = unit(torch.randn(3, 5))
    with torch.inference_mode():
        ours = folded.pictures(torch.from_numpy(unseen))
        torch.testing.assert_close(ours, learned.pictures(reduction(unseen)), atol=1e-4, rtol=0)
        assert torch.equal(folded.texts(sentences), learned.texts(sentences))
    assert not folded.training


def test_at_first_a_sentence_stays_what_it_is() -> None:
    sentences = unit(torch.randn(3, 5, generator=torch.Generator().manual_seed(0)))
    learned = Joining(7, 5, 0.5).eval()
    with torch.inference_mode():
        torch.testing.assert_close(learned.heads.texts(sentences), sentences)
    assert learned.logit_scale.exp().item() == pytest.approx(1 / 0.07)


def test_the_loss_is_the_contrast_of_what_fits() -> None:
    torch.manual_seed(0)
    learned = Joining(7, 5, 0.5).eval()
    components, sentences = torch.randn(4, 7), unit(torch.randn(3, 5))
    fits = torch.tensor([[1, 0, 0, 0], [0, 2, 1, 0], [0, 0, 0, 0]]).float()
    with torch.inference_mode():
        loss = learned(components, sentences, fits).item()
        logits = learned.heads.texts(sentences) @ learned.heads.pictures(components).T / 0.07

    def spread(rows: np.ndarray, shares: np.ndarray) -> float:
        each = [
            -float(np.log(np.exp(row) / np.exp(row).sum()) @ (share / share.sum()))
            for row, share in zip(rows, shares, strict=True)
            if share.sum()
        ]
        return sum(each) / len(each)

    rows, shares = logits.double().numpy(), fits.numpy()
    wanted = (spread(rows, shares) + spread(rows.T, shares.T)) / 2
    assert loss == pytest.approx(wanted, rel=0.02)  # bfloat16


def test_anchors_pull_by_how_far_the_classes_lie_apart() -> None:
    torch.manual_seed(0)
    learned = Joining(7, 5, 0.5).eval()
    components, names = torch.randn(4, 7), unit(torch.randn(6, 5))
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        pictures, texts = learned.heads.pictures(components), learned.heads.texts(names)
    near = torch.softmax(pictures.float() @ texts.float().T / 0.07, -1)
    other = torch.softmax(torch.randn(4, 6), -1)
    with torch.inference_mode():
        assert learned.anchored(components, names, near).item() == pytest.approx(0, abs=1e-6)
        found = learned.anchored(components, names, other).item()
    wanted = (other * (other.log() - near.log())).sum(1).mean().item()
    assert found == pytest.approx(wanted, rel=1e-3) and found > 0.1
