"""The encoders themselves, each opened once."""

from __future__ import annotations

from typing import Any

import pytest

from benchmark.pretrained import efficientnet
from benchmark.pretrained.sentences import MiniLM, Multilingual


@pytest.fixture(scope="session")
def use() -> Multilingual:
    return Multilingual()


@pytest.fixture(scope="session")
def minilm() -> MiniLM:
    return MiniLM()


@pytest.fixture(scope="session")
def network() -> Any:
    return efficientnet.network()


@pytest.fixture
def once(network: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is made of the network is made of the one that is open."""
    monkeypatch.setattr(efficientnet, "network", lambda: network)
