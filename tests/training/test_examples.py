from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmark.collections.atelier.training_scenes import training_scene
from benchmark.errors import BadInput
from benchmark.training import examples
from benchmark.training.examples import of_folder, scenes_of, split


def test_parts_are_disjoint_and_of_the_promised_size() -> None:
    parts = split(300, 0)
    assert {name: len(rows) for name, rows in parts.items()} == {
        "train": 210, "validation": 45, "test": 45,
    }  # fmt: skip
    assert sorted(row for rows in parts.values() for row in rows) == list(range(300))
    assert split(300, 0) == parts != split(300, 1)


def test_a_folder_that_says_too_little_is_refused(tmp_path: Path) -> None:
    rows = []
    for n in range(19):
        Image.new("RGB", (4, 3)).save(tmp_path / f"{n}.png")
        rows.append({"file_name": f"{n}.png", "id": f"p{n}", "title": "Red"})
    (tmp_path / "metadata.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    with pytest.raises(BadInput, match=r"19 pictures with a title.*; give 20 or more"):
        of_folder(tmp_path, np.asarray, tmp_path / "cache")


def test_scenes_of_a_domain_are_counted_without_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "DRAWN", 60)
    genres = [training_scene(index, 1).facts()["genre"] for index in range(60)]
    assert 0 < scenes_of(["genre:marine"]) == genres.count("marine") < 60
    assert scenes_of(["genre:"]) == 60
    assert scenes_of(["genre:nothing"]) == 0
