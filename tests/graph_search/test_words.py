from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from benchmark.graph_search.words import fold, folded, key, keys, words


def test_letters_are_small_and_without_accents() -> None:
    assert fold("Église d'ÉTÉ, Cœur, Æneas, Straße") == "eglise d'ete, coeur, aeneas, strasse"
    assert folded("L’Œuvre à l'eau: 1888!") == ["l", "oeuvre", "a", "l", "eau", "1888"]


def test_places_count_all_words_and_what_says_nothing_is_passed_over() -> None:
    found = words("a picture of the churches of l'Été")
    assert [(word.place, word.folded) for word in found] == [(4, "churches"), (7, "ete")]
    assert found[0].stems == {"en": "church", "fr": "church", "": "churches"}


def test_inflections_have_one_key() -> None:
    for several in (
        ("church", "churches", "Church's"),
        ("horse", "horses"),
        ("painter", "painters"),
    ):
        assert {key(one, "en") for one in several} == {key(several[0], "en")}
    for several in (("église", "églises", "l'église"), ("paysage", "paysages"), ("beau", "beaux")):
        assert {key(one, "fr") for one in several} == {key(several[0], "fr")}
    assert key("Van Goghs", "") == ("van", "goghs")  # names are not bent


def test_a_label_has_a_second_key_where_accents_change_its_stem() -> None:
    assert keys("cyprès", "fr") == [("cypres",), ("cypr",)]
    assert keys("paysage", "fr") == [("paysag",)]
    assert keys("the of", "en") == keys("", "en") == keys("🎨", "fr") == []


def test_summer_is_a_word() -> None:
    """Regression: "été" was passed over, as if it were always "been"."""
    assert key("un soir d'été", "fr") == ("soir", "ete")


def test_other_scripts_are_words_and_signs_are_none() -> None:
    assert folded("海の絵 🌊 картина") == ["海の絵", "картина"]
    assert words("🎨 — … !") == words("") == []


@given(st.text(max_size=40))
def test_any_text_is_folded_once_and_for_all(text: str) -> None:
    """Regression: letters of mathematics stayed capitals."""
    for word in words(text):
        assert word.folded == fold(word.folded)
        assert folded(text)[word.place] == word.folded
