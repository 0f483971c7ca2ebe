"""Galleries in 8 bits."""

from __future__ import annotations

import json
import zlib

import numpy as np

from benchmark.site.browser_search.gallery import gallery
from benchmark.site.works import Work


def test_numbers_have_one_scale_and_cards_say_what_is_known() -> None:
    card = {"id": "a", "title": "T", "by": "", "src": "", "width": 0, "height": 0, "work": Work()}
    other = {**card, "id": "b", "by": "B, 1900", "work": Work(wikidata="https://w/Q1")}
    pack = gallery([card, other], np.array([[0.5, 0.1], [-0.25, 0]], np.float32), 0.5)
    size = int.from_bytes(pack[:4], "little")
    head = json.loads(zlib.decompress(pack[4 : 4 + size]))
    assert head["paintings"] == [
        {"id": "a", "title": "T"},
        {"id": "b", "title": "T", "by": "B, 1900", "wikidata": "https://w/Q1"},
    ]
    assert head["length"] == 0.5
    assert abs(head["scale"] - 0.5 / 127) < 1e-9
    numbers = np.frombuffer(zlib.decompress(pack[4 + size :]), np.int8)
    assert numbers.tolist() == [127, 25, -64, 0]
