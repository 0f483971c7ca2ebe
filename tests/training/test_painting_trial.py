from __future__ import annotations

import math

import numpy as np
import pytest

from benchmark.training.painting_requests import Request
from benchmark.training.painting_trial import PaintingTrial

SEEN = [{"cat": 2}, {"cat": 1}, {"boat": 2}, {"boat": 2, "cat": 1}]
REQUESTS = [
    Request(("cat", "chat"), (("cat",),)),
    Request(("boat and cat", "bateau et chat"), (("boat",), ("cat",))),
    Request(("boat", "bateau"), (("boat",),)),
]


def test_what_two_paintings_answer_is_asked_in_each_language() -> None:
    trial = PaintingTrial(REQUESTS, SEEN, (0, 1))
    assert trial.texts == ["cat", "chat", "boat", "bateau"]  # one alone shows a boat with a cat
    cats, boats = {"000000": 3, "000001": 2, "000003": 2}, {"000002": 3, "000003": 3}
    assert trial.grades == {"0-0": cats, "0-1": cats, "2-0": boats, "2-1": boats}
    assert PaintingTrial(REQUESTS, SEEN, (0,)).texts == ["cat", "boat"]
    assert PaintingTrial(REQUESTS, SEEN[:1], (0, 1)).texts == []


def test_found_is_the_mean_of_ndcg() -> None:
    trial = PaintingTrial(REQUESTS, SEEN, (0,))
    pictures = np.eye(4, dtype=np.float32)
    best = np.array([[0.9, 0.5, 0, 0.4], [0, 0, 0.9, 0.8]], np.float32)
    assert trial.found(best, pictures) == 1
    worst = np.array([[0.1, 0.2, 0.4, 0.3], [0.9, 0.8, 0.1, 0.2]], np.float32)
    gains = [[2, 2, 3], [3, 3]]  # cats second to fourth; boats third and fourth
    values = []
    for found, start in zip(gains, (1, 2), strict=True):
        worth = sum(gain / math.log2(start + at + 2) for at, gain in enumerate(found))
        ideal = sum(gain / math.log2(at + 2) for at, gain in enumerate(sorted(found)[::-1]))
        values.append(worth / ideal)
    assert trial.found(worst, pictures) == pytest.approx(np.mean(values), abs=1e-4)
    assert trial.by_request(worst, pictures) == pytest.approx(
        dict(zip("02", values, strict=True)), abs=1e-6
    )


def test_a_request_in_two_languages_counts_once() -> None:
    trial = PaintingTrial(REQUESTS[:1], SEEN, (0, 1))
    best, worst = [0.9, 0.5, 0, 0.4], [0.1, 0.2, 0.4, 0.3]
    texts = np.array([best, worst], np.float32)
    both = [
        trial.by_request(np.array([one, one], np.float32), np.eye(4, dtype=np.float32))["0"]
        for one in (best, worst)
    ]
    assert both[0] == 1 > both[1]
    found = trial.by_request(texts, np.eye(4, dtype=np.float32))
    assert found == {"0": pytest.approx(np.mean(both))}
