from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from benchmark.pretrained import efficientnet
from benchmark.pretrained.features import WIDTH, late
from benchmark.pretrained.heads import Heads
from benchmark.training import joining
from benchmark.training.frozen_states import States
from benchmark.training.joining import Joining, Reduction, Tuned

both = pytest.mark.parametrize("hidden", [16, 0])


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


@both
def test_folded_heads_do_as_those_that_learned(features: np.ndarray, hidden: int) -> None:
    reduction = Reduction(features)
    torch.manual_seed(0)
    learned = Heads(7, 5, 4, hidden).eval()
    folded = reduction.folded(learned)
    unseen = np.random.default_rng(1).normal(size=(6, 9)).astype(np.float32) * 4
    unseen[:, 4] = 5
    sentences = unit(torch.randn(3, 5))
    with torch.inference_mode():
        ours = folded.pictures(torch.from_numpy(unseen))
        torch.testing.assert_close(ours, learned.pictures(reduction(unseen)), atol=1e-4, rtol=0)
        assert torch.equal(folded.texts(sentences), learned.texts(sentences))
    assert not folded.training and folded.hidden == hidden


@both
def test_at_first_a_sentence_stays_what_it_is(hidden: int) -> None:
    sentences = unit(torch.randn(3, 5, generator=torch.Generator().manual_seed(0)))
    learned = Joining(7, 5, hidden, 0.5).eval()
    with torch.inference_mode():
        torch.testing.assert_close(learned.heads.texts(sentences), sentences)
    assert learned.logit_scale.exp().item() == pytest.approx(1 / 0.07)


@both
def test_the_loss_is_the_contrast_of_what_fits(hidden: int) -> None:
    torch.manual_seed(0)
    learned = Joining(7, 5, hidden, 0.5).eval()
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


@both
def test_anchors_pull_by_how_far_the_classes_lie_apart(hidden: int) -> None:
    torch.manual_seed(0)
    learned = Joining(7, 5, hidden, 0.5).eval()
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


@pytest.fixture(scope="module")
def _network() -> Any:
    return efficientnet.network()


@pytest.fixture
def network(_network: Any) -> Any:
    """The package's, and free to be moved."""
    return copy.deepcopy(_network)


@pytest.fixture(scope="module")
def states() -> States:
    """Six, of two shapes, drawn by chance."""
    torch.manual_seed(0)
    shapes = [(2, 3), (3, 2), (2, 3), (2, 3), (3, 2), (2, 3)]
    return States(
        [torch.randn(120, *one).bfloat16() for one in shapes],
        [torch.randn(592) for _ in shapes],
    )


def whole(network: Any, states: States) -> np.ndarray:
    """Features of every row, one at a time."""
    found = np.empty((len(states), WIDTH), np.float32)
    with torch.inference_mode():
        for row in range(len(states)):
            ((_, one, views),) = states.of([row])
            found[row] = late(network, one, views).numpy()[0]
    return found


def tuned(network: Any, states: States) -> tuple[Reduction, Tuned]:
    reduction = Reduction(whole(network, states))
    torch.manual_seed(0)
    return reduction, Tuned(network, reduction, Joining(len(reduction.axes), 5, 0, 0.0))


def test_components_of_states_are_those_of_their_features(network: Any, states: States) -> None:
    reduction, both = tuned(network, states)
    wanted = reduction(whole(network, states))
    rows = [4, 0, 5, 1, 1]
    with torch.inference_mode():
        ours = both.components(states, rows)
    assert ours.shape == (5, len(reduction.axes)) and ours.dtype == torch.float32
    near = torch.cosine_similarity(ours[:, None], wanted[None], -1)  # bfloat16
    assert near.argmax(1).tolist() == rows
    assert near[range(5), rows].min() > 0.98


def step(both: Tuned, states: States) -> dict[str, Tensor]:
    """What one step of plain descent moved, by its name: how it was before."""
    before = {name: one.clone() for name, one in both.state_dict().items()}
    learned = [one for one in both.parameters() if one.requires_grad]
    sentences = unit(torch.randn(6, 5))
    loss = both.learned(both.components(states, range(6)), sentences, torch.eye(6))
    loss.backward()
    torch.optim.SGD(learned, lr=0.1).step()
    after = both.state_dict().items()
    return {name: before[name] for name, one in after if not torch.equal(one, before[name])}


def test_only_pointwise_convolutions_move_and_the_heads(network: Any, states: States) -> None:
    untouched = {name: one.clone() for name, one in network.state_dict().items()}
    _, both = tuned(network, states)
    moved = step(both, states)
    stages = {name.removeprefix("stages.") for name in moved if name.startswith("stages.")}
    last = {
        name.removeprefix("blocks."): one
        for name, one in untouched.items()
        if name.startswith(("blocks.5.", "blocks.6.", "conv_head.", "bn2."))
    }
    assert stages == {name for name, one in last.items() if tuple(one.shape[2:]) == (1, 1)}
    assert {"5.0.conv_pw.weight", "6.0.conv_pwl.weight", "conv_head.weight"} <= stages
    assert not {"5.0.conv_dw.weight", "5.0.bn1.weight", "bn2.running_mean"} & stages
    heads = set(moved) - {f"stages.{name}" for name in stages}
    assert heads == {
        "learned.heads.image.weight", "learned.heads.image.bias", "learned.heads.skip.weight",
        "learned.logit_scale",
    }  # fmt: skip
    for name, one in network.state_dict().items():  # the network's own, and no copy of it
        assert torch.equal(one, untouched[name]) == (name.removeprefix("blocks.") not in stages)


def test_what_is_kept_of_it_is_what_learns(network: Any, states: States) -> None:
    _, both = tuned(network, states)
    kept = {name.partition(".")[0] for name in both.state_dict()}
    assert kept == {"stages", "learned"}  # mean, deviation and axes follow from the features
    assert not both.stages["bn2"].training
