"""A manifest that is refused, in one line that names file, field and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.manifests import refusal, rewritten

CHANGES: list[tuple[str, str, str]] = [
    (
        "licence =",
        'batch_size = "big"\nlicence =',
        "mine/submission.toml: batch_size: is a whole number from 1 to 4096, "
        "or \"auto\", not 'big'",
    ),
    (
        "licence =",
        "search = { similarity = 'dot' }\nlicence =",
        "mine/submission.toml: search.similarity: Input should be 'inner product', 'cosine', "
        "'euclidean', 'kullback-leibler', 'jensen-shannon', 'jaccard' or 'overlap', not 'dot'",
    ),
    (
        "licence =",
        "search = { temperature = 1 }\nlicence =",
        "mine/submission.toml: search.temperature: unknown key; known: similarity",
    ),
    (
        "[model]",
        "[search]\nsimilarity = 'cosine'\n[pipeline]\nfirst = 'other'\n[model]",
        "mine/submission.toml: search: a pipeline has its stages' lists: remove the table",
    ),
    (
        "licence =",
        "license =",
        "mine/submission.toml: license: unknown key; did you mean 'licence'?",
    ),
    ('licence = "Apache-2.0"', "", "mine/submission.toml: licence: missing; add it"),
    (
        'title = "Mine"',
        'title = "Mine"\ntitel = "x"',
        "mine/submission.toml: titel: unknown key; did you mean 'title'?",
    ),
    (
        '"baseline"',
        '"student"',
        "mine/submission.toml: role: Input should be 'teacher', 'distilled', 'fine-tuned', "
        "'hybrid' or 'baseline', not 'student'",
    ),
    (
        '"baseline"',
        '"distilled"',
        "mine/submission.toml: teacher: a distilled model names the submission it learned from",
    ),
    (
        'role = "baseline"',
        'role = "distilled"\nteacher = "nobody"',
        "mine/submission.toml: teacher: no submission is named 'nobody'",
    ),
    (
        "licence =",
        'training_data = "LAION-2B"\nlicence =',
        "mine/submission.toml: training_data: Input should be a valid list, not 'LAION-2B'",
    ),
    (
        "licence =",
        f'training_data = ["atelier", "{"x" * 201}"]\nlicence =',
        "mine/submission.toml: training_data.1: String should have at most 200 characters, not "
        f"'{'x' * 201}'",
    ),
    (
        "licence =",
        'training_data = ["a\\u202eb"]\nlicence =',
        "mine/submission.toml: training_data.0: has control or invisible characters, "
        "not 'a\\u202eb'",
    ),
    (
        "licence =",
        'training_data = [""]\nlicence =',
        "mine/submission.toml: training_data.0: String should have at least 1 character, not ''",
    ),
    (
        'role = "baseline"',
        'role = "distilled"\nteacher = "mine"',
        "mine/submission.toml: teacher: names the submission itself",
    ),
    (
        'role = "baseline"',
        'role = "fine-tuned"\nbase = "nobody"',
        "mine/submission.toml: base: no submission is named 'nobody'",
    ),
    (
        'name = "mine"',
        'name = "elsewhere"',
        "mine/submission.toml: name: 'elsewhere'; use the folder's name 'mine'",
    ),
    (
        'name = "mine"',
        'name = "Mine!"',
        "mine/submission.toml: name: String should match pattern '^[a-z0-9][a-z0-9-]{0,79}$', "
        "not 'Mine!'",
    ),
    (
        '["image"]',
        '["sound"]',
        "mine/submission.toml: inputs.0: Input should be 'image', 'metadata' or 'graph', "
        "not 'sound'",
    ),
    (
        'title = "Mine"',
        f'title = "{"x" * 201}"',
        "mine/submission.toml: title: String should have at most 200 characters, not "
        f"'{'x' * 201}'",
    ),
    (
        'title = "Mine"',
        'title = "Mi\\u202ene"',
        "mine/submission.toml: title: has control or invisible characters, not 'Mi\\u202ene'",
    ),
    (
        "licence =",
        'links = ["javascript:alert(1)"]\nlicence =',
        "mine/submission.toml: links.0: String should match pattern "
        "'^https?://[A-Za-z0-9._~:/?#@!$&()*+,;=%-]+$', not 'javascript:alert(1)'",
    ),
    (
        "licence =",
        f"authors = {['a'] * 51}\nlicence =",
        "mine/submission.toml: authors: List should have at most 50 items after validation, "
        f"not 51, not {['a'] * 51}",
    ),
    (
        "licence =",
        '"\\u001b[31m\\n" = 1\nlicence =',
        "mine/submission.toml: \\x1b[31m\\n: unknown key; known: authors, base, batch_size, "
        "inputs, licence, limits, links, model, name, pipeline, requires, role, search, summary, "
        "teacher, title, training_data",
    ),
    (
        'role = "baseline"',
        'role = "fine-tuned"\nbase = "../mine"',
        "mine/submission.toml: base: String should match pattern '^[a-z0-9][a-z0-9-]{0,79}$', "
        "not '../mine'",
    ),
    (
        "[model]",
        "[limits]\nscratch_gb = 17\n[model]",
        "mine/submission.toml: limits.scratch_gb: Input should be less than or equal to 16, not 17",
    ),
    (
        "[model]",
        "[limits]\nmemory_gb = nan\n[model]",
        "mine/submission.toml: limits.memory_gb: Input should be a finite number, not nan",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), CHANGES)
def test_refused_in_one_line(folder: Path, old: str, new: str, message: str) -> None:
    assert rewritten(folder, old, new) == message


def test_not_toml(folder: Path) -> None:
    assert rewritten(folder, 'name = "mine"', "name = ").startswith(
        "mine/submission.toml: not valid TOML (Invalid value (at line 1"
    )


def test_not_utf8(folder: Path) -> None:
    (folder / "submission.toml").write_bytes(b'name = "\xff"')
    assert refusal(folder).startswith("mine/submission.toml: not valid TOML ('utf-8' codec")


def test_no_manifest(folder: Path) -> None:
    (folder / "submission.toml").unlink()
    assert refusal(folder) == (
        "mine/submission.toml: missing; make one with: cimaise new NAME --adapter open_clip"
    )


def test_no_card(folder: Path) -> None:
    (folder / "README.md").unlink()
    assert refusal(folder) == "mine/README.md: missing; every submission has a model card"


def test_two_of_one_name(folder: Path) -> None:
    other = folder.parent / "other"
    assert rewritten(folder, 'name = "mine"', 'name = "other"') == (
        f"mine/submission.toml: name: 'other', which is already "
        f"{other.name}; use the folder's name 'mine'"
    )
