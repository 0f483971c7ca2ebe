from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.collections.one_at_a_time import one_at_a_time
from benchmark.errors import BadInput


def test_the_second_is_told_so(tmp_path: Path) -> None:
    lock, busy = tmp_path / "new" / ".lock", BadInput("pull", "is under way", "wait")
    with one_at_a_time(lock, busy):
        with pytest.raises(BadInput, match="pull: is under way; wait"), one_at_a_time(lock, busy):
            pass
        with one_at_a_time(tmp_path / ".lock", busy):
            pass
    with one_at_a_time(lock, busy):
        pass
