from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.training.recipe import load

ROOT = Path(__file__).parent.parent.parent
GOOD = (ROOT / "submissions/atelier-small/recipe.toml").read_text()


def test_the_recipe_of_atelier_small_is_valid() -> None:
    recipe = load(ROOT / "submissions" / "atelier-small")
    assert (recipe.batch, recipe.seed) == (256, 0)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("batch = 256", "batch = 1"), "batch: Input should be greater than or equal to 2"),
        (("batch = 256", "bach = 256"), "batch: Field required"),
        (("seed = 0", "seed = "), "not valid TOML"),
    ],
)
def test_a_wrong_recipe_names_its_field(
    tmp_path: Path, change: tuple[str, str], complaint: str
) -> None:
    (tmp_path / "recipe.toml").write_text(GOOD.replace(*change))
    with pytest.raises(BadInput, match=complaint) as caught:
        load(tmp_path)
    assert str(caught.value).startswith(str(tmp_path / "recipe.toml"))
