"""The folders that `new` writes: complete, untrained, passing `check` without a network."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from benchmark.adapters import adapters
from benchmark.errors import BadInput
from benchmark.parsing import shown
from benchmark.submission_files import CARD, MANIFEST
from benchmark.tables import NAME

_MANIFEST = """\
name = "{name}"
title = "{name}"
summary = "One sentence for the board."
role = "baseline"          # teacher, distilled, fine-tuned, hybrid or baseline
# teacher = "..."          # the submission a distilled model learned from
# base = "..."             # the submission a fine-tuned model started from
{inputs:<26} # what the model may look at: image, metadata, graph
licence = "Apache-2.0"
# training_data = ["..."]  # data sets that it learned from; [] for none

{model}"""

_CARD = """\
# {name}

What the model is, what it was trained on, for how long and on what machine, what it is good and
bad at, and where to read more.
"""


def scaffold(folder: Path, adapter: str) -> None:
    """Make `folder` with a whole submission in it, or nothing. Raises BadInput."""
    if not re.fullmatch(NAME, folder.name):
        remedy = "use small letters, digits and hyphens, at most 80"
        raise BadInput(shown(folder.name), "is no name", remedy)
    if adapter not in adapters():
        remedy = "use " + ", ".join(adapters())
        raise BadInput("--adapter", f"'{shown(adapter)}' is unknown", remedy)
    if folder.exists():
        raise BadInput(folder, "is there already", "choose another name")
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as place:
        draft = Path(place) / folder.name
        draft.mkdir()
        made = adapters()[adapter]
        looks_at, model = getattr(made.table, "looks_at", "image"), made.scaffold(draft)
        inputs = f'inputs = ["{looks_at}"]'
        manifest = _MANIFEST.format(name=folder.name, inputs=inputs, model=model)
        (draft / MANIFEST).write_text(manifest, encoding="utf-8")
        (draft / CARD).write_text(_CARD.format(name=folder.name), encoding="utf-8")
        shutil.move(draft, folder)
