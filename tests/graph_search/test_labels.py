from __future__ import annotations

from benchmark.graph_search.labels import Labels, Terms
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
