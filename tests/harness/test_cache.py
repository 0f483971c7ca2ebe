from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmark.harness import cache as caches
from benchmark.harness.cache import Cache
from benchmark.harness.job import IMAGES, REPORT, TEXTS, Report


def report(**fields: object) -> str:
    table = {
        "kind": "encoder",
        "device": "cpu",
        "load_s": 1.0,
        "parameters": {},
        "weight_bytes": 0,
        "weights_commit": None,
        "pictures_per_s": 5.0,
        "batch_size": 4,
        "left_out": [],
    }
    return Report.model_validate(table | fields).model_dump_json()


def fill(folder: Path, images: bool = True, **fields: object) -> None:
    if images:
        (folder / IMAGES).write_bytes(b"pictures")
    (folder / TEXTS).write_bytes(b"texts")
    (folder / REPORT).write_text(report(**fields))


def test_an_entry_is_complete_once_its_report_is_there(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    entry = cache.entry("s", "f", "cpu", "t" * 64)
    assert not entry.complete
    with cache.scratch() as scratch:
        fill(scratch, left_out=["wd:Q1: is missing", "b: no: really"])
        cache.keep(entry, scratch)
    assert not scratch.exists()
    assert entry.complete
    assert entry.has_images
    assert entry.left_out() == ["wd:Q1", "b"]


def test_other_texts_find_the_pictures(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    with cache.scratch() as scratch:
        fill(scratch)
        cache.keep(cache.entry("s", "f", "cpu", "t" * 64), scratch)
    other = cache.entry("s", "f", "cpu", "u" * 64)
    assert other.has_images
    assert not other.complete
    with cache.scratch() as scratch:
        fill(scratch, images=False, pictures_per_s=None)
        cache.keep(other, scratch)
    assert other.complete
    assert other.image_report().pictures_per_s == 5.0
    assert other.report().pictures_per_s is None


def test_every_part_of_the_key_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    parts = [("s", "f", "cpu", "t"), ("r", "f", "cpu", "t"), ("s", "g", "cpu", "t")]
    parts += [("s", "f", "cuda", "t"), ("s", "f", "cpu", "u")]
    keys = [cache.entry(*part).texts for part in parts]
    monkeypatch.setattr(caches, "encode_code", lambda: "other")
    keys.append(cache.entry("s", "f", "cpu", "t").texts)
    monkeypatch.undo()
    monkeypatch.setattr(caches, "libraries", lambda: {"torch": "0"})
    keys.append(cache.entry("s", "f", "cpu", "t").texts)
    assert len(set(keys)) == len(keys)


def test_scratch_is_gone_after_a_failure(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    with pytest.raises(RuntimeError), cache.scratch() as scratch:
        fill(scratch)
        raise RuntimeError
    assert list((tmp_path / "scratch").iterdir()) == []


def test_the_longest_unused_entries_go_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    entries = [cache.entry(name, "f", "cpu", "t" * 64) for name in ("one", "two", "three")]
    for age, entry in enumerate(entries):
        with cache.scratch() as scratch:
            (scratch / IMAGES).write_bytes(bytes(100_000))
            (scratch / REPORT).write_text(report())
            cache.keep(entry, scratch)
        os.utime(entry.images, (1_000 + age, 1_000 + age))
    entries[0].used()
    assert cache.evict(10**9) == []
    assert cache.evict(250_000) == [entries[1].images.name]
    assert entries[0].has_images
    assert entries[2].has_images
    assert cache.evict(0) == [entries[2].images.name, entries[0].images.name]
