from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from benchmark.training.pictures import Pairs, pixels
from benchmark.training.retrieval import Trial, told
from benchmark.training.tags import tags


class Seer:
    """Knows every scene by its picture and every wish by what fulfils it; `blind` knows none."""

    def __init__(self, trial: Trial, blind: bool = False) -> None:
        self._pictures = pixels(trial._pictures).flatten(1)
        self._names = trial._names
        self._answers = {text: grades for _, text, grades in trial._wishes.values()}
        self._blind = blind

    def tokenize(self, texts: list[str]) -> list[str]:
        return texts

    def texts(self, texts: list[str]) -> Tensor:
        fits = [[float(name in self._answers[one]) for name in self._names] for one in texts]
        return torch.tensor(fits) * (-1 if self._blind else 1)

    def pictures(self, batch: Tensor) -> Tensor:
        rows = [(self._pictures == one.flatten()).all(1) for one in batch]
        return torch.stack(rows).float()


@pytest.fixture
def trial(pairs: Pairs) -> Trial:
    return Trial(pairs.facts, pairs.pictures(64), ["genre:landscape", "genre:marine"], [0, 1, 2])


def test_who_knows_all_finds_all_and_who_turns_from_it_finds_nothing(trial: Trial) -> None:
    def values(blind: bool) -> dict[str, dict[str, float]]:
        model = Seer(trial, blind)
        return trial.found(model)  # type: ignore[arg-type]

    seen, unseen = values(blind=False), values(blind=True)
    assert set(seen) == set(unseen) == {"own", "everything_else"}
    for sort in seen:
        assert set(seen[sort].values()) == {1.0}
        assert np.mean(list(unseen[sort].values())) < 0.3
    log = told(unseen, seen)
    assert log["ndcg@10_after"] == {"own": 1.0, "everything_else": 1.0}
    gain = log["ndcg@10_gain"]["own"]
    assert gain["mean"] == pytest.approx(1 - log["ndcg@10_before"]["own"], abs=1e-4)
    assert 0.5 < gain["low"] <= gain["mean"] <= gain["high"] <= 1


def test_wishes_are_sorted_by_the_domain_and_learned_scenes_are_left_out(
    trial: Trial, pairs: Pairs
) -> None:
    assert trial._names == [f"{row:06d}" for row in range(3, 64)]
    for sort, _, grades in trial._wishes.values():
        held = [tags(pairs.facts[int(name)]) for name in grades]
        assert held  # no wish is without an answer
        if sort == "own":
            assert set.intersection(*held) & {"genre:landscape", "genre:marine"}


def test_two_equal_models_gain_nothing(trial: Trial, pairs: Pairs) -> None:
    seen = trial.found(Seer(trial))  # type: ignore[arg-type]
    none = {"mean": 0.0, "low": 0.0, "high": 0.0}
    assert told(seen, seen)["ndcg@10_gain"] == {"own": none, "everything_else": none}
