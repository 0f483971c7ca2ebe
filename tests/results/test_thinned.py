from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.records import Interval
from benchmark.results.thinned import Thinned, read, write

ROWS = [
    Thinned(
        collection="atelier",
        submission=name,
        checkpoint="c0ffee",
        share=0.3,
        draws=3,
        found=Interval(mean=0.4, low=0.3, high=0.5),
        gain=gain,
    )
    for name, gain in (("graph-search", None), ("both", Interval(mean=0.1, low=0, high=0.2)))
]


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    assert read(tmp_path) == []
    write(tmp_path, ROWS)
    assert read(tmp_path) == ROWS


def test_a_damaged_study_is_one_line(tmp_path: Path) -> None:
    write(tmp_path, ROWS)
    path = tmp_path / "studies" / "thinned-catalogue.json"
    path.write_text(path.read_text().replace('"share":0.3', '"share":3').replace("0.3,", "3,", 1))
    with pytest.raises(BadInput) as caught:
        read(tmp_path)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith("python tests/benchmarks/thinned_catalogue.py")
    path.write_text("")
    with pytest.raises(BadInput, match=r"catalogue\.json: Invalid JSON"):
        read(tmp_path)
