from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmark.errors import SubmissionFailed
from benchmark.harness.evaluation import cache as caches
from benchmark.harness.evaluation.cache import Cache, Entry, write_report
from benchmark.harness.evaluation.report import CHUNKS, IMAGES, Report


def report(**fields: object) -> Report:
    table = {
        "kind": "encoder",
        "device": "cpu",
        "load_s": 1.0,
        "parameters": {},
        "counted": False,
        "weight_bytes": 0,
        "weights_commit": None,
        "pictures_per_s": 5.0,
        "batch_size": 4,
        "isolation": "sandbox",
        "left_out": [],
    }
    return Report.model_validate(table | fields)


def fill(cache: Cache, entry: Entry, images: int = 8, **fields: object) -> None:
    """As a run does: pictures in a place of their own, then texts, their report last."""
    if images:
        with cache.workplace(entry, fresh=False) as place:
            (place / IMAGES).write_bytes(bytes(images))
            cache.keep_images(entry, place, report(**fields))
    entry.texts.mkdir(parents=True)
    write_report(entry.texts, report(**fields))


def test_an_entry_is_complete_once_its_report_is_there(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    entry = cache.entry("s", "code", "f", "cpu", "t" * 64)
    assert not entry.complete
    fill(cache, entry, left_out=["wd:Q1: is missing", "b: no: really"])
    assert list((tmp_path / "partial").iterdir()) == []
    assert entry.complete
    assert entry.has_images
    assert entry.left_out() == ["wd:Q1", "b"]


def test_other_texts_find_the_pictures(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    fill(cache, cache.entry("s", "code", "f", "cpu", "t" * 64))
    other = cache.entry("s", "code", "f", "cpu", "u" * 64)
    assert other.has_images
    assert not other.complete
    fill(cache, other, images=0, pictures_per_s=None)
    assert other.complete
    assert other.image_report().pictures_per_s == 5.0
    assert other.report().pictures_per_s is None


def test_every_part_of_the_key_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    first = ("s", "code", "f", "cpu", "t")
    changes = ("r", "other", "g", "cuda", "u")
    parts = [first, *((*first[:at], new, *first[at + 1 :]) for at, new in enumerate(changes))]
    keys = [cache.entry(*part).texts for part in parts]
    monkeypatch.setattr(caches, "libraries", lambda: {"torch": "0"})
    keys.append(cache.entry("s", "code", "f", "cpu", "t").texts)
    assert len(set(keys)) == len(keys)


def test_what_is_half_done_is_gone_after_a_failure_and_kept_after_a_stop(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    entry = cache.entry("s", "code", "f", "cpu", "t" * 64)
    stops: list[tuple[BaseException, int]] = [(KeyboardInterrupt(), 1), (SubmissionFailed("x"), 0)]
    for error, left in stops:
        with pytest.raises(type(error)), cache.workplace(entry, fresh=False) as place:
            (place / CHUNKS).mkdir(exist_ok=True)
            raise error
        assert len(list((tmp_path / "partial").iterdir())) == left


def test_the_longest_unused_entries_go_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    entries = [cache.entry(name, "code", "f", "cpu", "t" * 64) for name in ("one", "two", "three")]
    for age, entry in enumerate(entries):
        fill(cache, entry, 100_000)
        os.utime(entry.images, (1_000 + age, 1_000 + age))
    entries[0].used()
    assert cache.evict(10**9) == []
    assert cache.evict(250_000) == [entries[1].images.name]
    assert entries[0].has_images
    assert entries[2].has_images
    assert cache.evict(0) == [entries[2].images.name, entries[0].images.name]
