"""`cimaise check` of pipelines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmark.harness.evaluation.session import Session
from benchmark.harness.selftest.selftest import selftest
from benchmark.submission import load
from benchmark.workspace import Workspace
from tests.harness.pipelines import quiet
from tests.toys import TITLES

Submit = Callable[..., Path]
Make = Callable[..., Session]


def test_check_tries_the_whole_then_its_own_model(
    workspace: Workspace, session: Make, reranker: Path
) -> None:
    every = list(selftest(reranker, load(reranker), session(), quiet))
    assert all(one.passed for one in every), every
    assert [(one.what, one.detail) for one in every if one.of == "pipeline"] == [
        ("stands on", "healthy"),
        ("8 texts", "8 of 8 found any of 8 paintings"),
        ("empty text", "1 of 1 found any of 8 paintings"),
        ("500 words", "1 of 1 found any of 8 paintings"),
        ("emoji", "1 of 1 found any of 8 paintings"),
    ]
    assert {one.of for one in every} == {"pipeline", "", "Reranker, pictures", "Reranker, texts"}


def test_check_names_the_stage_that_fails(
    workspace: Workspace, session: Make, submit: Submit, fusion: Callable[..., Path]
) -> None:
    code = TITLES.replace(
        "lists, scores = [], []", "assert all(texts)\n        lists, scores = [], []"
    )
    submit("titles", code, "metadata")
    both = fusion("both", 'fuse = ["healthy", "titles"]')
    (only,) = [one for one in selftest(both, load(both), session(), quiet) if not one.passed]
    assert only.what == "empty text"
    assert only.detail.startswith("its stage 'titles': AssertionError")
