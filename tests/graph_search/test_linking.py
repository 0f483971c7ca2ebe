from __future__ import annotations

from benchmark.graph_search.labels import Labels
from benchmark.graph_search.linking import Linked, link
from tests.graph_search import small


def linked(text: str, turtle: str = small.GRAPH) -> Linked:
    return link(text, Labels(small.store(turtle), small.words()))


def meant(text: str, turtle: str = small.GRAPH) -> list[tuple[str, dict[str, str], bool]]:
    """What is said, ends of addresses with how they were met, whether it is negated."""
    return [
        (
            one.said,
            {term.removeprefix("urn:x:"): how for term, how in one.terms.items()},
            one.negated,
        )
        for one in linked(text, turtle).mentions
    ]


def test_a_letter_left_out_or_added_or_taken_for_another_passes() -> None:
    """Regression: words as typed were compared with stems of labels, and "landscpe" failed."""
    for said in ("landscpe", "landscaape", "landscabe", "paysagge", "paysge"):
        assert meant(said) == [(said, {"landscape": "spelling"}, False)]
    horses = ':horses skos:prefLabel "glasses"@en .'
    assert meant("glases", horses) == [("glases", {"horses": "spelling"}, False)]


def test_short_words_and_other_words_are_not_taken_for_misspelt_ones() -> None:
    for said in ("dig", "cherch", "lions den", "landing"):
        assert all("spelling" not in terms.values() for _, terms, _ in meant(said))


def test_a_date_is_negated_by_the_word_before_it() -> None:
    """Regression: "not of the 17th century" found the 17th century first."""
    for text in ("a lion, not of the 17th century", "un lion, pas du XVIIe siècle"):
        found = linked(text)
        assert [(one.first, one.last) for one in found.other_dates] == [(1600, 1699)]
        assert found.dates == ()
    found = linked("no people, 1888, not painted before 1800")
    assert [(one.first, one.last) for one in found.dates] == [(1888, 1888)]
    assert [(one.first, one.last) for one in found.other_dates] == [(0, 1799)]


def test_words_of_what_is_not_wanted_are_sought_in_no_title() -> None:
    """Regression: "without a gate" was worth something to "The Red Gate"."""
    assert [word.folded for word in linked("a church without a red gate").words] == ["church"]


def test_the_longest_run_of_words_is_meant() -> None:
    assert meant("a hunting dog") == [("hunting dog", {"hound": "label"}, False)]
    assert meant("un chien de chasse") == [("chien chasse", {"hound": "label"}, False)]
    assert [one for one, _, _ in meant("saint Jérôme et un lion")] == ["saint jerome", "lion"]


def test_words_apart_are_no_run() -> None:
    assert [one for one, _, _ in meant("hunting a red dog")] == ["dog"]
    assert [word.folded for word in linked("hunting a red dog").unknown] == ["hunting", "red"]


def test_a_negation_governs_up_to_a_stop_or_but() -> None:
    def negated(text: str) -> dict[str, bool]:
        return {said: no for said, _, no in meant(text)}

    assert negated("a church without a dog") == {"church": False, "dog": True}
    assert negated("no dog or lion. A church") == {"dog": True, "lion": True, "church": False}
    assert negated("not a dog but a lion") == {"dog": True, "lion": False}
    assert negated("pas de chien mais un lion") == {"chien": True, "lion": False}
    assert negated("ni chien ni lion; une église") == {
        "chien": True,
        "lion": True,
        "eglise": False,
    }
    assert negated("une église sans chien") == {"eglise": False, "chien": True}


def test_what_is_not_known_is_said_so() -> None:
    for text in ("", "🎨 🌊", "the of", "!?"):
        found = linked(text)
        assert found.nothing and found.unknown == found.words == ()
    found = linked("unicorn 海の絵")
    assert found.nothing
    assert [word.folded for word in found.unknown] == ["unicorn", "海の絵"]
    assert linked("the 1880s").unknown == ()
    assert not linked("the 1880s").nothing


def test_a_graph_without_labels_links_nothing() -> None:
    assert linked("a dog", "").nothing
