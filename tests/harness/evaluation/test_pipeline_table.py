"""Pipelines that are refused, in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.submission import load
from benchmark.workspace import Workspace
from tests.toys import TITLES

Submit = Callable[..., Path]


@pytest.mark.parametrize(
    ("table", "inputs", "message"),
    [
        ('fuse = ["healthy", "nobody"]', None,
         "pipeline.fuse: no submission is named 'nobody'; mend the name, or add it"),
        ('fuse = ["healthy", "mine"]', None,
         "pipeline.fuse: goes in a circle (mine > mine); name another stage"),
        ('fuse = ["healthy", "ring"]', None,
         "pipeline.fuse: goes in a circle (mine > ring > mine); name another stage"),
        ('fuse = ["healthy", "healthy"]', None, "pipeline: fuse names a submission twice"),
        ('fuse = ["healthy"]', None, "pipeline.fuse: List should have at least 2 items..."),
        ('fuse = ["healthy", "titles"]', '["image"]',
         "inputs: lacks \"metadata\", which its stage 'titles' sees; add it"),
        ('fuse = ["healthy", "titles"]\ndepth = 5', None,
         "pipeline: depth goes with first, constant and weights with fuse"),
        ('first = "healthy"\nweights = [1.0]\n[model]\nadapter = "python"', None,
         "pipeline: depth goes with first, constant and weights with fuse"),
        ('fuse = ["healthy", "titles"]\nweights = [1.0, 2.0]\nconstant = 60', None,
         "pipeline: constant is of ranks, weights of scores: name one of them"),
        ('fuse = ["healthy", "titles"]\nweights = [1.0]', None,
         "pipeline: weights: name one for each of fuse"),
        ('fuse = ["healthy", "titles"]\nweights = []', None,
         "pipeline: weights: name one for each of fuse"),
        ('fuse = ["healthy", "titles"]\nweights = [1.0, 0.0]', None,
         "pipeline.weights.1: Input should be greater than 0, not 0.0"),
        ('fuse = ["healthy", "titles"]\nweights = [inf, 1.0]', None,
         "pipeline.weights.0: Input should be a finite number, not inf"),
        ('fuse = ["healthy", "titles"]\nweights = [1.0, 2e6]', None,
         "pipeline.weights.1: Input should be less than or equal to 1000000, not 2000000.0"),
        ('fuse = ["healthy", "titles"]\nweights = ["much", 1.0]', None,
         "pipeline.weights.0: Input should be a valid number..."),
        ('first = "healthy"\nfuse = ["healthy", "titles"]', None,
         "pipeline: name exactly one of first, fuse"),
        ('fuze = ["healthy", "titles"]', None,
         "pipeline.fuze: unknown key; did you mean 'fuse'?"),
        ('first = "healthy"', None, "model: missing; add it"),
        ('fuse = ["healthy", "titles"]\n[model]\nadapter = "python"', None,
         "model: a fusion has no model of its own: remove the table"),
        ('first = "titles"\n[model]\nadapter = "python"', '["metadata"]',
         'inputs: a re-ranker sees pictures: add "image"'),
    ],
)  # fmt: skip
def test_a_bad_pipeline_is_refused_in_one_line(
    workspace: Workspace, submit: Submit, fusion: Callable[..., Path],
    table: str, inputs: str | None, message: str,
) -> None:  # fmt: skip
    submit("titles", TITLES, "metadata")
    fusion("ring", 'fuse = ["titles", "mine"]')
    folder = fusion("mine", table, inputs or '["image", "metadata"]')
    with pytest.raises(BadInput) as caught:
        load(folder)
    said = str(caught.value)
    assert "\n" not in said
    at = "ring" if "ring >" in message else "mine"
    head = f"{workspace.submissions / at / 'submission.toml'}: "
    assert said.startswith(head)
    wanted, dots, _ = message.partition("...")
    assert said.removeprefix(head).startswith(wanted) if dots else said == head + message
