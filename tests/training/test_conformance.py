"""What holds of every kind of recipe; each is a file of benchmark/training/recipes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pydantic.fields import FieldInfo

from benchmark.abilities import Encoder
from benchmark.adapters import load as model_of
from benchmark.errors import BadInput
from benchmark.submission import load as submission_of
from benchmark.tables import Table
from benchmark.training.recipe import Job, kind, kinds, load
from benchmark.training.train import train
from tests.training.conftest import TINY, Make, own_pictures, quiet

ROOT = Path(__file__).parents[2]
RECIPES = sorted(path.parent for path in (ROOT / "submissions").glob("*/recipe.toml"))
HEAVY = ("torch", "transformers", "timm", "open_clip", "onnxruntime", "datasets")
each = pytest.mark.parametrize("name", kinds())


def fields(table: type[Table], above: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Every key of a table, and of the tables within it, by its dotted name."""
    for name, field in table.model_fields.items():
        yield above + name, field
        for part in getattr(field.annotation, "__args__", (field.annotation,)):
            if isinstance(part, type) and issubclass(part, Table):
                yield from fields(part, f"{above}{name}.")


@each
def test_every_key_is_described(name: str) -> None:
    found = dict(fields(kind(name).table))
    assert found
    assert [key for key, field in found.items() if not field.description] == []


@each
def test_a_key_that_is_misspelt_or_unknown_is_one_line(name: str, tmp_path: Path) -> None:
    first = next(iter(kind(name).table.model_fields))
    where = f"{tmp_path / 'recipe.toml'}: "
    for key, remedy in ((first[:-1], f"did you mean '{first}'?"), ("zzzz", "known: ")):
        (tmp_path / "recipe.toml").write_text(f'kind = "{name}"\n{key} = 1\n')
        with pytest.raises(BadInput) as caught:
            load(tmp_path)
        assert str(caught.value).startswith(f"{where}{key}: unknown key; {remedy}")


@pytest.mark.parametrize("folder", RECIPES, ids=lambda folder: folder.name)
def test_every_recipe_here_is_valid_and_says_how_to_run_it(folder: Path) -> None:
    load(folder)
    first = (folder / "recipe.toml").read_text().splitlines()[0]
    assert first.removesuffix(" --folder PICTURES") == f"# cimaise train {folder.name}"


@each
def test_reading_a_recipe_imports_nothing_heavy(name: str) -> None:
    code = (
        "import sys; from benchmark.training.recipe import kind; "
        f"kind({name!r}); print([one for one in {HEAVY} if one in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (ran.stdout, ran.stderr) == ("[]\n", "")


@each
def test_checking_draws_and_writes_nothing(name: str, make: Make, tmp_path: Path) -> None:
    assert name in TINY, "say in tests/training/conftest.py how a tiny one is made"
    folder = TINY[name](make)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "submissions").rglob("*")}
    cache = tmp_path / "cache"
    cache.mkdir()

    def never(stage: str, done: int, of: int) -> None:
        pytest.fail(f"{stage} had begun")

    recipe, table = load(folder)
    recipe.check(Job(folder, cache, "cpu", never, own_pictures(folder)), table)
    assert not list(cache.iterdir())
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / "submissions").rglob("*")}
    assert after == before


@pytest.mark.slow
@each
def test_a_tiny_training_ends_in_a_submission_that_loads(
    name: str, make: Make, drawn: Path
) -> None:
    folder = TINY[name](make)
    weights = train(folder, drawn, "cpu", quiet, own_pictures(folder))
    assert weights.is_file() and weights.parent == folder
    assert json.loads((folder / "training.json").read_text())
    model = model_of(folder, submission_of(folder).model, None, "cpu")
    if not isinstance(model, Encoder):
        return
    texts = model.encode_texts(["a boat", "un lac"])
    pictures = model.encode_images([Image.new("RGB", (90, 70), "navy")])
    assert texts.shape == (2, pictures.shape[1])
    assert np.isfinite(texts).all() and np.isfinite(pictures).all()
