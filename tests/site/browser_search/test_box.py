"""What a gallery needs to have a search box."""

from __future__ import annotations

import numpy as np
import pytest

from benchmark.errors import BadInput
from benchmark.site.browser_search.box import MODEL, _lengths, box
from benchmark.site.generate import boards
from benchmark.workspace import Workspace


def test_a_drawn_gallery_is_read_by_the_expert_for_drawings(scenes: Workspace) -> None:
    (board,), _ = boards(scenes, lambda path, content: None)
    made = box(scenes, board)
    assert made.result.submission == MODEL
    assert len(made.encoder) < 600_000 and len(made.gallery) < 10_000


def test_what_a_gallery_lacks_is_said(scenes: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    (board,), _ = boards(scenes, lambda path, content: None)
    half = np.zeros((24, 640), np.float32)
    half[:12, 0] = half[12:, 639] = 1
    monkeypatch.setattr("benchmark.site.browser_search.box.embeddings", lambda *_: half)
    with pytest.raises(BadInput, match="50% of it is drawn and the rest is not; the box serves"):
        box(scenes, board)
    many = np.zeros((45_000, 640), np.float32)
    many[:, 639] = 1
    monkeypatch.setattr("benchmark.site.browser_search.box.embeddings", lambda *_: many)
    with pytest.raises(BadInput, match=r"6\.3 MB would be sent to a reader; the box serves"):
        box(scenes, board)
    monkeypatch.setattr("benchmark.site.browser_search.box.MODEL", "another")
    with pytest.raises(BadInput, match="scenes: no current result of another; cimaise run another"):
        box(scenes, board)


def test_lengths_are_those_of_the_adapter() -> None:
    assert _lengths(2, 3) == pytest.approx((0.2**0.5, 0.8**0.5))
