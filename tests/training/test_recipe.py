from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.training import recipe
from benchmark.training.recipe import kind, kinds, load

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


def test_kinds_are_the_files_of_the_folder() -> None:
    folder = ROOT / "benchmark" / "training" / "recipes"
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert set(kinds().values()) == files
    assert kinds() == {
        "contrastive": "contrastive", "fine-tuning": "fine_tuning",
        "graph-weights": "graph_weights", "heads": "heads",
        "int8": "int8", "student": "student", "towers": "towers",
    }  # fmt: skip
    taking = {name for name in kinds() if kind(name).takes_pictures}
    assert taking == {"fine-tuning", "heads", "student"}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("batch = 256", "batch = 1"), ": batch: Input should be greater than or equal to 2"),
        (
            ("batch = 256", "bach = 256"),
            ": bach: unknown key; did you mean 'batch'?",
        ),
        (("batch = 256", ""), ": batch: missing; add it"),
        (
            ('kind = "contrastive"', 'kind = "guess"'),
            ": kind: 'guess' is no kind of recipe; "
            "one of contrastive, fine-tuning, graph-weights, heads, int8, student, towers",
        ),
        (
            ('kind = "contrastive"', ""),
            ": kind: missing; one of contrastive, fine-tuning, graph-weights, heads, int8, "
            "student, towers",
        ),
        (
            ('kind = "contrastive"', 'kind = ["int8"]'),
            ": kind: ['int8'] is no kind of recipe; one of",
        ),
        (
            ("tokenizer = ", "vocabulary = 400\ntokenizer = "),
            ": name exactly one of vocabulary, tokenizer",
        ),
        (("seed = 0", "seed = "), ": not valid TOML (Invalid value (at line 10, column 8))"),
        (('["other"]', "[]"), ": distillation.teachers: List should have at least 1 item"),
        (
            ("feature", "fetaure"),
            ": distillation.fetaure: unknown key; did you mean 'feature'?",
        ),
        (
            ("seed = 0", "colour = 0"),
            ": colour: unknown key; known: batch, captions, distillation, ",
        ),
    ],
)
def test_a_wrong_recipe_names_its_field(
    tmp_path: Path, change: tuple[str, str], complaint: str
) -> None:
    (tmp_path / "recipe.toml").write_text(GOOD.replace(*change))
    with pytest.raises(BadInput) as caught:
        load(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path / 'recipe.toml'}{complaint}")


def test_a_submission_without_a_recipe_cannot_be_trained(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"recipe\.toml: missing; only submissions with a recipe"):
        load(tmp_path)


def test_twins_differ_by_their_teacher_alone() -> None:
    (_, alone), (_, taught) = (
        load(ROOT / "submissions" / f"atelier-student-{name}") for name in ("scratch", "distilled")
    )
    assert taught.distillation is not None and alone.distillation is None
    assert taught.model_copy(update={"distillation": None}) == alone


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "broken.py: RECIPE: missing; define RECIPE as a Recipe"),
        ("RECIPE = 3", "broken.py: RECIPE: is a int; define RECIPE as a Recipe"),
        ("import nothing_here", "broken.py: ModuleNotFoundError: No module named 'nothing_here'"),
    ],
)
def test_a_file_with_a_mistake_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, complaint: str
) -> None:
    package = tmp_path / f"kinds_{len(text)}"  # imported once, so each has a name of its own
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "broken.py").write_text(text)
    (tmp_path / "recipe.toml").write_text('kind = "broken"')
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(recipe, "KINDS", package.name)
    with pytest.raises(BadInput) as caught:
        load(tmp_path)
    assert str(caught.value).startswith(f"{package}/{complaint}")
