"""Every form by the name of its concept."""

from __future__ import annotations

from benchmark.collections.atelier.forms import (
    abstracts,
    arms,
    beasts,
    birds,
    boats,
    buildings,
    flowers,
    food,
    furniture,
    halls,
    household,
    music,
    nature,
    people,
    quadrupeds,
    structures,
    symbols,
    trees,
    vessels,
)
from benchmark.collections.atelier.forms.kinds import Form

_KINDS = (
    arms, beasts, birds, boats, buildings, flowers, food, furniture, abstracts, halls, household,
    nature, music, people, quadrupeds, structures, symbols, trees, vessels,
)  # fmt: skip
FORMS: dict[str, Form] = {name: form for kind in _KINDS for name, form in kind.SHAPES.items()}
