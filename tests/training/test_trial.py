from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from benchmark.training.rendered_pairs import Pairs, pixels
from benchmark.training.tags import tags, touched
from benchmark.training.trial import Trial, told

DOMAIN = ["genre:landscape", "genre:marine"]
LEARNED = [1, 7, 40]


class Seer:
    """Knows every scene by its picture and every query by what answers it; `blind` knows none."""

    def __init__(self, trial: Trial, blind: bool = False) -> None:
        self._pictures = pixels(trial.pictures).flatten(1)
        self._names = trial.names
        self._answers = {text: grades for asked in trial.queries.values() for text, grades in asked}
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
    return Trial(pairs.facts, pairs.pictures(64), DOMAIN, LEARNED)


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


def test_queries_are_sorted_by_the_domain(trial: Trial, pairs: Pairs) -> None:
    for sort, asked in trial.queries.items():
        for _, grades in asked:
            found = [pairs.facts[int(name)] for name in grades]
            assert found  # no query is without an answer
            if sort == "own":
                assert set.intersection(*map(tags, found)) & set(DOMAIN)
            else:  # what is learned of the domain answers none of these
                assert not any(touched(one, DOMAIN) for one in found)


def test_scenes_that_were_learned_from_are_left_out(trial: Trial, pairs: Pairs) -> None:
    assert trial.names == [f"{row:06d}" for row in range(64) if row not in LEARNED]
    np.testing.assert_array_equal(trial.pictures, np.delete(pairs.pictures(64), LEARNED, 0))
    others = sum(not touched(one, DOMAIN) for n, one in enumerate(pairs.facts) if n not in LEARNED)
    scenes = {sort: size["scenes"] for sort, size in trial.sizes().items()}
    assert scenes == {"own": 61, "everything_else": others}


def test_a_trial_of_too_little_says_nothing(pairs: Pairs) -> None:
    every = Trial(pairs.facts, pairs.pictures(64), ["genre:"], [])
    assert set(every.sizes()) == {"own"}
    none = Trial(pairs.facts, pairs.pictures(64), ["genre:"], list(range(64)))
    found = none.found(Seer(none))  # type: ignore[arg-type]
    assert (none.sizes(), found) == ({}, {})
    assert told(found, found)["ndcg@10_gain"] == {}


def test_two_equal_models_gain_nothing(trial: Trial, pairs: Pairs) -> None:
    seen = trial.found(Seer(trial))  # type: ignore[arg-type]
    none = {"mean": 0.0, "low": 0.0, "high": 0.0}
    assert told(seen, seen)["ndcg@10_gain"] == {"own": none, "everything_else": none}
