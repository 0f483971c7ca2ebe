from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from benchmark.graph_search.relations import paintings, triples
from tests.graph_search import small

DEPICTS = "<http://www.cidoc-crm.org/cidoc-crm/P62_depicts>"
ATTRIBUTE = "<urn:cimaise:attribute>"


def met(term: str, turtle: str = small.GRAPH) -> list[tuple[str, str, str, int]]:
    """Painting, how the term was widened, of what kind, in how many triples."""
    store, address = small.store(turtle), f"urn:x:{term}"
    return sorted(
        (
            painting.removeprefix("urn:x:"),
            way,
            kind,
            len(triples(store, address, painting, way, kind)),
        )
        for painting, way, kind in set(paintings(store, address))
    )


def test_a_painting_names_the_term_itself_or_what_is_narrower() -> None:
    assert met("dog") == [("p1", "narrower", "depicts", 2), ("p5", "itself", "depicts", 1)]
    assert met("animal") == [
        ("p1", "narrower", "depicts", 3),
        ("p2", "narrower", "depicts", 2),
        ("p5", "narrower", "depicts", 2),
    ]
    assert met("hound") == [("p1", "itself", "depicts", 1), ("p5", "broader", "depicts", 2)]


def test_saints_and_their_attributes_stand_for_one_another() -> None:
    assert met("jerome") == [("p2", "attribute", "depicts", 2), ("p3", "itself", "depicts", 1)]
    assert met("lion") == [("p2", "itself", "depicts", 1), ("p3", "known by", "depicts", 2)]
    assert triples(small.store(), "urn:x:lion", "urn:x:p3", "known by", "depicts") == [
        ("<urn:x:p3>", DEPICTS, "<urn:x:jerome>"),
        ("<urn:x:jerome>", ATTRIBUTE, "<urn:x:lion>"),
    ]


def test_painters_stand_for_their_school_and_pupils_for_their_master() -> None:
    assert met("leiden") == [("p2", "school", "creator", 2)]
    assert met("steen") == [("p2", "itself", "creator", 1), ("p3", "pupil", "creator", 2)]
    assert met("landscape") == [("p1", "itself", "genre", 1)]
    assert met("baroque") == [("p2", "itself", "style", 1)]


def test_what_is_not_known_to_be_said_of_paintings_is_another_kind() -> None:
    assert met("here", ':p1 s:identifier "a" ; :hangs :here .') == [("p1", "itself", "other", 1)]


def test_circles_of_broader_concepts_end() -> None:
    ring = ":a skos:broader :b . :b skos:broader :c . :c skos:broader :a . "
    said = ring + ':p1 s:identifier "a" ; crm:P62_depicts :a .'
    assert met("b", said) == [("p1", "narrower", "depicts", 2)]
    assert met("c", said) == [("p1", "broader", "depicts", 2), ("p1", "narrower", "depicts", 3)]
    assert met("a", said)[0] == ("p1", "itself", "depicts", 1)
    itself = ':a skos:broader :a . :p1 s:identifier "a" ; crm:P62_depicts :a .'
    assert met("a", itself)[-1] == ("p1", "narrower", "depicts", 1)


def test_texts_and_nameless_things_stand_for_nothing() -> None:
    odd = """
    :p1 s:identifier "a" ; crm:P62_depicts "dog", [ skos:broader :dog ] .
    [] s:identifier "b" ; crm:P62_depicts :dog .
    :p3 crm:P62_depicts :dog .
    :lion skos:broader "dog" .
    """
    assert met("dog", odd) == []


NAMES = "abcd"
EDGES = st.sets(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=8)


@given(EDGES, st.sets(st.sampled_from(NAMES)), st.sampled_from(NAMES))
def test_what_is_narrower_agrees_with_walking_all_triples(
    edges: set[tuple[str, str]], depicted: set[str], term: str
) -> None:
    """The oracle: the closure of pairs, by brute force."""
    below = set(edges)
    for _ in NAMES:
        below |= {(a, d) for (a, b), (c, d) in product(below, below) if b == c}
    turtle = " ".join(f":{a} skos:broader :{b} ." for a, b in edges)
    turtle += " ".join(
        f':p{one} s:identifier "{one}" ; crm:P62_depicts :{one} .' for one in depicted
    )
    store = small.store(turtle)
    found = {one for one, way, _ in paintings(store, f"urn:x:{term}") if way == "narrower"}
    assert found == {f"urn:x:p{one}" for one in depicted if (one, term) in below}
    said = {tuple(str(part) for part in quad.triple) for quad in store}  # type: ignore[attr-defined]
    for one in found:
        why = triples(store, f"urn:x:{term}", one, "narrower", "depicts")
        assert set(why) <= said
        assert len(why) == len(set(why)) <= 1 + len(NAMES)


def test_an_address_of_odd_signs_is_asked_as_it_is() -> None:
    turtle = ':p1 s:identifier "a" ; crm:P62_depicts <urn:x:%41?term(é)> .'
    address, store = "urn:x:%41?term(é)", small.store(turtle)
    assert list(paintings(store, address)) == [("urn:x:p1", "itself", "depicts")]
    ((_, _, value),) = triples(store, address, "urn:x:p1", "itself", "depicts")
    assert value == f"<{address}>"
