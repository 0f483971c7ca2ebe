from __future__ import annotations

import pyoxigraph as ox

from benchmark.graph_search.labels import Labels, Terms
from benchmark.graph_search.thesaurus import Thesaurus
from benchmark.graph_search.words import LANGUAGES, stems, words
from tests.graph_search import small


def meaning(said: str, labels: Labels) -> Terms:
    """The terms that some words mean, by the ends of their addresses."""
    run = words(said)
    found = labels.meaning({language: stems(run, language) for language in LANGUAGES})
    return {term.removeprefix("urn:x:"): how for term, how in found.items()}


def test_a_word_of_two_concepts_is_no_narrower_word_of_either() -> None:
    """Regression: which of the two came first was decided by how Python hashes their names."""
    table = small.THESAURUS + "".join(
        f"upper {n},,pet{n},\nlower {n},upper {n},dog|pet{n},\n" for n in range(12)
    )
    labels = Labels(small.store(), small.words(table))
    for n in range(12):
        assert meaning(f"pet{n}", labels) == {"dog": "other word"}


def test_accents_may_be_left_out() -> None:
    """Regression: a French stemmer takes "cypres" and "cyprès" for different endings."""
    labels = Labels(small.store(), small.words())
    for said in ("cyprès", "cypres", "CYPRES", "un cypres"):
        assert meaning(said, labels) == {"cypress": "label"}
    assert meaning("eglise", labels) == meaning("Églises", labels) == {"church": "label"}
    other = Labels(
        small.store(':river skos:prefLabel "rivière"@fr .'),
        small.words("concept,broader,en,fr\nriver,,stream,rivière\n"),
    )
    assert meaning("stream", other) == {"river": "other word"}
    assert meaning("rivieres", other) == meaning("rivières", other) == {"river": "label"}


def test_labels_are_met_in_their_language_and_inflected() -> None:
    labels = Labels(small.store(), small.words())
    assert labels.languages == {"en", "fr", ""}
    assert meaning("churches", labels) == meaning("kirk", labels) == {"church": "label"}
    assert meaning("chiens", labels) == {"dog": "label", "hound": "part"}
    assert meaning("dog", labels) == {"dog": "label", "hound": "part"}
    assert (
        meaning("hunting dogs", labels) == meaning("chiens de chasse", labels) == {"hound": "label"}
    )
    assert meaning("chasse", labels) == meaning("hunting", labels) == {}
    assert meaning("unicorn", labels) == meaning("海の絵", labels) == {}


def test_painters_are_met_by_a_part_of_their_name_that_is_theirs_alone() -> None:
    more = ':other rdfs:label "Vincent Adams" . :jan rdfs:label "Jan Lys" .'
    labels = Labels(small.store(small.GRAPH + more), small.words())
    assert meaning("Vincent van Gogh", labels) == {"gogh": "label"}
    assert meaning("van Gogh", labels) == meaning("Gogh", labels) == {"gogh": "name"}
    assert meaning("Vincent", labels) == {}  # of two
    assert meaning("Steen", labels) == {"steen": "name"}
    assert meaning("Jan", labels) == meaning("Lys", labels) == {}  # too short for a name


def test_other_words_and_narrower_ones_are_the_thesaurus() -> None:
    labels = Labels(small.store(), small.words())
    assert meaning("toutou", labels) == {"dog": "other word"}
    assert meaning("beast", labels) == {"animal": "other word", "dog": "narrower word"}
    assert meaning("bâtiments", labels) == {"church": "narrower word"}
    assert meaning("mouser", labels) == {}  # no cat in the graph


def test_a_language_without_labels_is_served_by_the_thesaurus() -> None:
    labels = Labels(small.store(':dog skos:prefLabel "dog"@en .'), small.words())
    assert labels.languages == {"en"}
    assert meaning("chien", labels) == {"dog": "other word"}
    assert meaning("Hund", labels) == {}


def test_labels_that_are_none_are_passed_over() -> None:
    odd = """
    :a skos:prefLabel :b ; rdfs:label "Hund"@de, "", "🎨", "the"@en .
    [] skos:prefLabel "nameless"@en .
    :p1 s:identifier "p" ; rdfs:label "a painting's own label"@en .
    """
    labels = Labels(small.store(odd), small.words())
    assert labels.languages == set()
    assert meaning("Hund", labels) == meaning("nameless", labels) == meaning("label", labels) == {}
    assert Labels(small.store(""), small.words()).languages == set()


def test_a_plain_word_of_a_name_does_not_stand_for_it() -> None:
    """ "at night" asked for a school called "Night tram group"."""
    turtle = (
        '<urn:s> <http://www.w3.org/2000/01/rdf-schema#label> "Night tram group" . '
        '<urn:m> <http://www.w3.org/2000/01/rdf-schema#label> "Claude Monet" .'
    )
    store = ox.Store()
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    known = Thesaurus()
    known.labels["night"] = [("en", ("night",))]
    known.named["en", ("night",)].add("night")
    known.labels["style"] = [("en", ("monet",))]
    known.named["en", ("monet",)].add("style")
    labels = Labels(store, known)
    assert labels.meaning({"en": ("night",), "fr": ("night",), "": ("night",)}) == {}
    assert labels.meaning({"en": ("monet",), "fr": ("monet",), "": ("monet",)}) == {"urn:m": "name"}
