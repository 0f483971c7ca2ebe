"""The vocabulary, the painters and the sacred figures, as their tables have them."""

from __future__ import annotations

from collections import Counter

from benchmark.collections.atelier import cast
from benchmark.collections.atelier.forms.catalogue import FORMS
from benchmark.collections.atelier.grips import GRIPS
from benchmark.collections.atelier.painters import FIGURES, PAINTERS, SCHOOLS
from benchmark.collections.atelier.vocabulary import (
    COLOURS,
    CONCEPTS,
    DEPICTABLE,
    GENRES,
    SETTINGS,
    STYLES,
    is_a,
)


def test_the_world_is_as_large_as_promised() -> None:
    assert len(GENRES) == 12
    assert len(STYLES) == 12
    assert len(DEPICTABLE) == 125
    assert len(PAINTERS) == 40
    assert len(FIGURES) == 26
    assert len(SCHOOLS) == 12


def test_broader_concepts_are_concepts_without_a_circle() -> None:
    assert CONCEPTS["lemon"].broader == ("citrus fruit", "fruit", "food")
    assert is_a("lemon", "food")
    assert is_a("lemon", "lemon")
    assert not is_a("food", "lemon")
    for concept in CONCEPTS.values():
        assert set(concept.broader) <= set(CONCEPTS)
        assert concept.name not in concept.broader


def test_every_concept_has_its_words_colours_and_form() -> None:
    for name in DEPICTABLE:
        concept = CONCEPTS[name]
        assert concept.en_plural and concept.fr and concept.fr_plural
        assert set(concept.colours) <= {"", *COLOURS}
        assert 1 <= concept.most <= 7
        assert concept.height > 0
    assert set(FORMS) == set(DEPICTABLE)


def test_what_can_be_held_has_a_grip() -> None:
    assert set(cast.HELD) <= set(GRIPS)
    held = {figure.holds[0] for figure in FIGURES.values() if figure.holds}
    assert held - {"arrow"} <= set(GRIPS)  # arrows stick in a body instead


def test_painters_have_lived_and_learned_from_those_before_them() -> None:
    by_name = {painter.name: painter for painter in PAINTERS}
    assert len(by_name) == 40
    for painter in PAINTERS:
        assert 40 <= painter.died - painter.born <= 90, painter.name
        assert painter.style in STYLES
        assert painter.second in ("", *STYLES)
        assert set(painter.favourites) <= set(GENRES), painter.name
        if painter.master:
            master = by_name[painter.master]
            assert master.born < painter.born and master.school == painter.school
    assert min(Counter(painter.style for painter in PAINTERS).values()) == 3


def test_no_two_figures_look_alike() -> None:
    """Sex, dress and attributes tell every figure from every other."""
    looks = Counter((f.sex, f.holds, f.beside, f.dress) for f in FIGURES.values())
    assert looks.most_common(1)[0][1] == 1
    for figure in FIGURES.values():
        assert figure.holds or figure.beside
        assert figure.source.startswith("Hall, ")
        for attribute in (figure.holds, figure.beside):
            assert attribute is None or attribute[0] in DEPICTABLE


def test_every_genre_has_settings_hands_and_a_cast_that_exist() -> None:
    for genre in GENRES:
        assert set(cast.SETTINGS_OF[genre]) <= set(SETTINGS)
        assert set(cast.CASTS[genre]) <= set(DEPICTABLE)
        assert len(cast.HANDS_OF[genre]) >= 4, genre
        assert cast.ASPECTS[genre]
    assert set(cast.OFFERS) == set(cast.HORIZON) == set(SETTINGS)
    assert set(cast.settings_of("sacred", "tenebrist")) == {"chapel", "wall"}
