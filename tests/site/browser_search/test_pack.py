"""Packs: read back here by hand, and by the site's own JavaScript in test_in_browser.py."""

from __future__ import annotations

import json
import zlib

import numpy as np
import pytest

from benchmark.site.browser_search.pack import packed


def test_a_pack_holds_its_head_and_its_arrays() -> None:
    small = np.arange(-3, 3, dtype=np.int8).reshape(2, 3)
    whole = np.array([1.5, -2], np.float32)
    pack = packed({"kind": "é"}, {"small": small.T, "whole": whole})
    size = int.from_bytes(pack[:4], "little")
    head = json.loads(zlib.decompress(pack[4 : 4 + size]))
    assert head["kind"] == "é"
    first, second = head["parts"]
    assert (first["name"], first["kind"], first["at"]) == ("small", "int8", 0)
    body = pack[4 + size :]
    assert zlib.decompress(body[: first["length"]]) == bytes([253, 0, 254, 1, 255, 2])
    assert second["at"] + second["length"] == len(body)
    assert np.frombuffer(zlib.decompress(body[second["at"] :]), "<f4").tolist() == [1.5, -2.0]


def test_weights_that_do_not_repeat_and_zeros_are_both_small() -> None:
    weights = np.random.default_rng(0).normal(0, 20, 100_000).round().clip(-127, 127)
    entropy_bytes = 100_000 * np.log2(20 * np.sqrt(2 * np.pi * np.e)) / 8
    assert len(packed({}, {"w": weights.astype(np.int8)})) < 1.01 * entropy_bytes + 200
    assert len(packed({}, {"w": np.zeros(100_000, np.int8)})) < 400


def test_other_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="w: float64 is none of int8, float32"):
        packed({}, {"w": np.zeros(1)})
