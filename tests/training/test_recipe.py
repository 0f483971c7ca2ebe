from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.training.recipe import Contrastive, load

ROOT = Path(__file__).parent.parent.parent
GOOD = """\
kind = "contrastive"
pairs = 64
tokenizer = "other"
captions = 0.15
batch = 256
steps = 10
learning_rate = 1e-3
warm_up = 2
weight_decay = 0.1
seed = 0

[distillation]
teachers = ["other"]
feature = 4.0
"""
RECIPES = sorted(path.parent for path in (ROOT / "submissions").glob("*/recipe.toml"))


@pytest.mark.parametrize("folder", RECIPES, ids=lambda folder: folder.name)
def test_every_recipe_here_is_valid_and_says_how_to_run_it(folder: Path) -> None:
    load(folder)
    first = (folder / "recipe.toml").read_text().splitlines()[0]
    assert first.startswith(f"# cimaise train {folder.name}")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("batch = 256", "batch = 1"), "toml: batch: Input should be greater than or equal to 2"),
        (
            ("batch = 256", "bach = 256"),
            "toml: bach: unknown key; benchmark/training/recipe.py has",
        ),
        (('kind = "contrastive"', 'kind = "guess"'), "Input tag 'guess' found using 'kind'"),
        (
            ("tokenizer = ", "vocabulary = 400\ntokenizer = "),
            "toml: name exactly one of vocabulary",
        ),
        (("seed = 0", "seed = "), "not valid TOML"),
        (('["other"]', "[]"), "distillation.teachers: List should have at least 1 item"),
    ],
)
def test_a_wrong_recipe_names_its_field(
    tmp_path: Path, change: tuple[str, str], complaint: str
) -> None:
    (tmp_path / "recipe.toml").write_text(GOOD.replace(*change))
    with pytest.raises(BadInput, match=complaint) as caught:
        load(tmp_path)
    assert str(caught.value).startswith(str(tmp_path / "recipe.toml"))


def test_twins_differ_by_their_teacher_alone() -> None:
    alone, taught = (
        load(ROOT / "submissions" / f"atelier-student-{name}") for name in ("scratch", "distilled")
    )
    assert isinstance(alone, Contrastive) and isinstance(taught, Contrastive)
    assert taught.distillation is not None and alone.distillation is None
    assert taught.model_copy(update={"distillation": None}) == alone
