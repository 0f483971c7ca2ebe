"""A trained open_clip submission as ONNX graphs in 8 bits."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from benchmark.training.recipe import Job, Log, Recipe
from benchmark.training.settings import Seeded


class Int8(Seeded):
    """A trained open_clip submission as ONNX graphs in 8 bits."""

    pairs: int = Field(ge=1, description="rendered pictures that ranges are found on")


def _check(job: Job, recipe: Int8) -> None:
    from benchmark.adapters.onnx import Onnx
    from benchmark.errors import BadInput
    from benchmark.submission_files import MANIFEST
    from benchmark.training import preflight

    own, home = preflight.base(job, "quantised")
    if not isinstance(own.model, Onnx):
        where = f"{job.folder / MANIFEST}: model.adapter"
        raise BadInput(where, "is not onnx", 'adapter = "onnx"')
    preflight.drawn_for(home)
    preflight.room_for(job, recipe.pairs, recipe.seed)


def _train(job: Job, recipe: Int8) -> tuple[Path, Log]:
    """Writes the graphs, and what the ONNX adapter reads them by."""
    from benchmark.adapters.onnx import PICTURES
    from benchmark.training import preflight
    from benchmark.training.quantisation import of_submission

    _, home = preflight.base(job, "quantised")
    of_submission(home, recipe.pairs, recipe.seed, job, job.folder)
    return job.folder / PICTURES, {"quantised": home.name, "calibrated_on": recipe.pairs}


RECIPE = Recipe(table=Int8, check=_check, train=_train)
