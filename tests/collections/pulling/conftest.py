"""A stand-in of Wikidata and Commons for each test, and pulls from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.collections.pulling.stand_in import Pull, Reply, StandIn, painted, puller


@pytest.fixture
def wikimedia() -> Iterator[StandIn]:
    """Three paintings, each with a file."""
    stand_in = StandIn()
    for number, colour in enumerate([(200, 30, 30), (30, 200, 30), (30, 30, 200)], 1):
        stand_in.hang(f"Q{number}", f"Painting {number}.jpg", Reply(painted(colour)))
    yield stand_in
    stand_in.close()


@pytest.fixture
def pull(wikimedia: StandIn, tmp_path: Path) -> Pull:
    return puller(wikimedia, tmp_path)
