from __future__ import annotations

from pathlib import Path

from benchmark.site.training_log import training_log


def test_a_log_that_is_vast_or_nested_says_nothing(tmp_path: Path) -> None:
    """Regression: a log of any size was read whole."""
    folder = tmp_path / "mine"
    folder.mkdir()
    path = folder / "training.json"
    path.write_text('{"top_1_before": {"train": 0.5}}')
    assert training_log(folder).before == {"train": 0.5}
    with path.open("wb") as stream:
        stream.truncate(2**40)
    assert training_log(folder).before == {}
    path.write_text("[" * 100_000)
    assert training_log(folder).before == {}
