"""`train`: make a submission's weights anew."""

from __future__ import annotations

from pathlib import Path

from benchmark.commands.console import bars, out
from benchmark.errors import BadInput, SubmissionFailed
from benchmark.workspace import Workspace


def train(name: str, device: str, pictures: Path | None) -> None:
    """Train from the submission's recipe.toml and say what comes next."""
    from benchmark.training.train import train as make

    workspace = Workspace.find()
    folder = workspace.submissions / name
    if not folder.is_dir():
        raise BadInput(name, f"no such submission in {workspace.submissions}")
    with bars() as progress:
        try:
            weights = make(folder, workspace.cache, device, progress(name), pictures)
        except FloatingPointError as error:
            raise SubmissionFailed(f"{folder / 'recipe.toml'}: {error}") from None
    out.print(f"{weights.relative_to(workspace.root)} written; score it with: cimaise run {name}")
