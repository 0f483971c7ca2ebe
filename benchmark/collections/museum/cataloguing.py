"""The graphs of a gallery, as RDF in Turtle: the catalogue, and the facts that grades follow from.

Terms are those museums use, CIDOC-CRM (as Linked Art does), schema.org and SKOS; `cim:style` and
`cim:genre` are the benchmark's own, as in the atelier. A painting is the same as Wikidata's item
of its id. A name becomes an address as in the atelier, so that Claude Monet is one painter in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from benchmark.collections import graph
from benchmark.collections.atelier.terms import (
    CRM,
    OWN,
    PREFIXES,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
    concept_iri,
    painting_iri,
)
from benchmark.collections.museum.admission import Work
from benchmark.collections.museum.cleaning import latin
from benchmark.collections.museum.manifest import french

OWL = "http://www.w3.org/2002/07/owl#"
WIKIDATA = "http://www.wikidata.org/entity/"
_A = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_OBJECT = ox.NamedNode(f"{CRM}E22_Human-Made_Object")
_MEANINGS = {"genre": "The genre of a painting.", "style": "A movement that a painting is of."}
Pair = tuple[str, ox.NamedNode | ox.Literal]


def write(works: Iterable[Work], path: Path, *, holdings: bool, depictions: bool) -> None:
    """Write the graph of the works: with what each is made of and where it is kept, and with what
    it depicts, only where asked for."""
    prefixes = PREFIXES | {"owl": OWL, "wd": WIKIDATA}
    graph.write(_triples(list(works), holdings, depictions), path, prefixes)


def _triples(works: list[Work], holdings: bool, depictions: bool) -> Iterator[ox.Triple]:
    """Terms first, in the order of their names, then the works in theirs."""
    for name, meaning in _MEANINGS.items():
        yield from _said(OWN + name, (f"{RDFS}comment", _text(meaning)))
    yield from _said(f"{SCHEMA}Painting", (f"{RDFS}subClassOf", _OBJECT))
    yield from _concepts("style", (value for work in works for value in work.movements))
    yield from _concepts("genre", (value for work in works for value in work.genres))
    if depictions:
        yield from _concepts("concept", (value for work in works for value in work.depicts))
    if holdings:
        yield from _concepts("material", (value for work in works for value in work.materials))
        yield from _museums(works)
    yield from _painters(works)
    for work in works:
        said = [*_painting(work)]
        said += _holdings(work) if holdings else ()
        said += _depictions(work) if depictions else ()
        yield from _said(painting_iri(work.row.qid).value, *said)


def _said(subject: str, *pairs: Pair) -> Iterator[ox.Triple]:
    for verb, value in pairs:
        yield ox.Triple(ox.NamedNode(subject), ox.NamedNode(verb), value)


def _text(value: str) -> ox.Literal:
    return ox.Literal(value, language="en")


def _year(year: int) -> ox.Literal:
    return ox.Literal(f"{year:04}", datatype=ox.NamedNode(f"{XSD}gYear"))


def _concepts(kind: str, names: Iterable[str]) -> Iterator[ox.Triple]:
    for name in sorted(set(names)):
        yield from _said(
            concept_iri(kind, name).value,
            (_A.value, ox.NamedNode(f"{SKOS}Concept")),
            (f"{SKOS}prefLabel", _text(name)),
        )


def _museums(works: Iterable[Work]) -> Iterator[ox.Triple]:
    for museum in sorted({museum for work in works for museum in work.museums}):
        yield from _said(
            concept_iri("museum", museum).value,
            (_A.value, ox.NamedNode(f"{CRM}E74_Group")),
            (f"{RDFS}label", ox.Literal(museum)),
        )


def _painters(works: Iterable[Work]) -> Iterator[ox.Triple]:
    named = {
        artist: life
        for work in works
        for artist, life in zip(work.artists, work.lives, strict=False)  # one life where no artist
    }
    for artist, life in sorted(named.items()):
        years = (("birthDate", life.born), ("deathDate", life.died))
        yield from _said(
            concept_iri("painter", artist).value,
            (_A.value, ox.NamedNode(f"{CRM}E21_Person")),
            (_A.value, ox.NamedNode(f"{SCHEMA}Person")),
            (f"{RDFS}label", ox.Literal(artist)),
            *((SCHEMA + verb, _year(year)) for verb, year in years if year is not None),
        )


def _painting(work: Work) -> Iterator[Pair]:
    title, french_title = work.row.title, french().get(work.row.qid)
    yield _A.value, ox.NamedNode(f"{SCHEMA}Painting")
    yield f"{SCHEMA}identifier", ox.Literal(work.row.qid)
    yield f"{SCHEMA}name", _text(title) if latin(title) else ox.Literal(title)
    if french_title:
        yield f"{SCHEMA}name", ox.Literal(french_title, language="fr")
    for artist in work.artists:
        yield f"{SCHEMA}creator", concept_iri("painter", artist)
    if work.years:
        yield f"{SCHEMA}dateCreated", _year(work.years[0])
    for movement in work.movements:
        yield f"{OWN}style", concept_iri("style", movement)
    for genre in work.genres:
        yield f"{OWN}genre", concept_iri("genre", genre)


def _holdings(work: Work) -> Iterator[Pair]:
    yield f"{OWL}sameAs", ox.NamedNode(WIKIDATA + work.row.qid)
    for material in work.materials:
        yield f"{CRM}P45_consists_of", concept_iri("material", material)
    for museum in work.museums:
        yield f"{CRM}P49_has_former_or_current_keeper", concept_iri("museum", museum)


def _depictions(work: Work) -> Iterator[Pair]:
    """In the order of their names, so that no order tells the main subject."""
    for tag in sorted(work.depicts):
        yield f"{CRM}P62_depicts", concept_iri("concept", tag)
