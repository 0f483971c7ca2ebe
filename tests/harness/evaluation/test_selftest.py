from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmark.errors import SubmissionFailed
from benchmark.harness.evaluation.selftest import selftest
from benchmark.harness.evaluation.session import Session
from benchmark.submission import load
from tests.conftest import CONSTANT, HEALTHY

Submit = Callable[..., Path]
Open = Callable[..., Session]


def told(folder: Path, session: Session) -> list[str]:
    """What a submission is found good at."""
    return [what for what, _ in selftest(folder, load(folder), session, lambda *stage: None)]


def failure(folder: Path, session: Session) -> str:
    with pytest.raises(SubmissionFailed) as caught:
        told(folder, session)
    return str(caught.value)


def test_a_healthy_one_keeps_the_protocol(submit: Submit, session: Open) -> None:
    assert told(submit("mine"), session()) == ["loads", "encodes", "repeats itself"]


def test_constant_pictures(submit: Submit, session: Open) -> None:
    line = failure(submit("mine", CONSTANT), session())
    assert line == "encode_images gives every picture the same embedding"


CONSTANT_TEXTS = """
import numpy as np


class Encoder:
    def encode_images(self, images):
        return np.stack([np.asarray(i.resize((1, 1)), np.float32).ravel() for i in images])

    def encode_texts(self, texts):
        return np.ones((len(texts), 3), np.float32) + NOISE
"""


@pytest.mark.parametrize("noise", ["0", "1e-7 * np.arange(len(texts) * 3).reshape(-1, 3) / 15"])
def test_constant_texts(submit: Submit, session: Open, noise: str) -> None:
    # The template of `new` was such a one, and passed.
    line = failure(submit("mine", CONSTANT_TEXTS.replace("NOISE", noise)), session())
    assert line == "encode_texts gives every text the same embedding"


def test_what_depends_on_its_batch(submit: Submit, session: Open) -> None:
    code = HEALTHY.replace("return unit([np.asarray", "return len(images) * unit([np.asarray")
    assert code != HEALTHY
    assert failure(submit("mine", code), session()).startswith(
        "the same picture gets another embedding in another batch or process (they differ by "
    )
