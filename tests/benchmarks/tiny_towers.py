"""Which of its towers the tiny student lacks size in: each is swapped for that of the student.

    python tests/benchmarks/tiny_towers.py [STEPS]

Four models by the recipe of `atelier-student-tiny`, all else alike: tiny's picture and text tower,
one or the other of `atelier-student-distilled`, and both of it. Prints ndcg@10 on both galleries.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from benchmark.abilities import Encoder
from benchmark.adapters import load
from benchmark.adapters.open_clip import CONFIG
from benchmark.collections.registry import find
from benchmark.queries.load import of
from benchmark.scorers.relevance import relevance
from benchmark.search.exact import exact_search
from benchmark.submission import load as load_submission
from benchmark.submission_files import MANIFEST, RECIPE
from benchmark.training.train import train
from benchmark.workspace import Workspace

TINY, STUDENT, TEACHER = "atelier-student-tiny", "atelier-student-distilled", "atelier-teacher"
SPLITS = ("atelier", "atelier-dev")


def main(steps: int) -> None:
    workspace = Workspace(Path.cwd())
    config = {
        name: json.loads((workspace.submissions / name / CONFIG).read_text(encoding="utf-8"))
        for name in (TINY, STUDENT)
    }
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        (home / TEACHER).symlink_to(workspace.submissions / TEACHER)
        for pictures in (TINY, STUDENT):
            for texts in (TINY, STUDENT):
                towers = {
                    "embed_dim": config[TINY]["model_cfg"]["embed_dim"],
                    "custom_text": True,
                    "vision_cfg": config[pictures]["model_cfg"]["vision_cfg"],
                    "text_cfg": config[texts]["model_cfg"]["text_cfg"],
                }
                folder = _folder(home, workspace, {**config[TINY], "model_cfg": towers}, steps)
                train(folder, workspace.cache, "cpu", lambda *_: None)
                found = {split: _found(folder, workspace, split) for split in SPLITS}
                print(f"pictures {pictures}, texts {texts}: {found}", flush=True)


def _folder(home: Path, workspace: Workspace, config: dict[str, Any], steps: int) -> Path:
    """A submission like tiny, with another config and number of steps."""
    folder = home / TINY
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in (MANIFEST, "README.md"):
        shutil.copyfile(workspace.submissions / TINY / name, folder / name)
    (folder / CONFIG).write_text(json.dumps(config), encoding="utf-8")
    changed = {"steps": steps, "vocabulary": config["model_cfg"]["text_cfg"]["vocab_size"]}
    lines = (workspace.submissions / TINY / RECIPE).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        key = line.split(" = ")[0]
        if key in changed:
            lines[number] = f"{key} = {changed[key]}"
    (folder / RECIPE).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _found(folder: Path, workspace: Workspace, split: str) -> float:
    place = find(split, workspace)
    collection = place.open()
    asked = of(place, collection)
    model = load(folder, load_submission(folder).model, None, "cpu")
    assert isinstance(model, Encoder)
    pictures = np.concatenate(
        [model.encode_images([collection.image(row)]) for row in range(len(collection))]
    )
    ids = [query.id for query in asked.queries]
    texts = model.encode_texts([query.text for query in asked.queries])
    run = exact_search(ids, np.asarray(texts), collection.ids, pictures, 100)
    answered = [one for one in ids if one not in set(asked.unanswered)]
    return round(float(np.mean(list(relevance(run, asked.qrels, answered)["ndcg@10"].values()))), 4)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 800)
