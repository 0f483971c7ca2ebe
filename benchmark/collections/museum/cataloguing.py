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
from benchmark.collections.museum.cleaning import language
from benchmark.collections.museum.manifest import french
from benchmark.collections.museum.selection import Work

OWL = "http://www.w3.org/2002/07/owl#"
WIKIDATA = "http://www.wikidata.org/entity/"
_A = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_SCHEME = ox.NamedNode(f"{OWN}museum-vocabulary")
_MEANINGS = {"genre": "The genre of a painting.", "style": "A movement that a painting is of."}
Pair = tuple[str, ox.NamedNode | ox.Literal]


def write(works: Iterable[Work], path: Path, depictions: bool) -> None:
    """Write the graph of the works, what they depict only where asked for."""
    prefixes = PREFIXES | {"owl": OWL, "wd": WIKIDATA}
    graph.write(triples(list(works), depictions), path, prefixes)


def triples(works: list[Work], depictions: bool) -> Iterator[ox.Triple]:
    """Terms first, in the order of their names, then the works in theirs."""
    for name, meaning in _MEANINGS.items():
        yield from _said(OWN + name, (f"{RDFS}comment", _text(meaning)))
    yield from _said(_SCHEME.value, (_A.value, ox.NamedNode(f"{SKOS}ConceptScheme")))
    for kind, field in (("style", "movements"), ("genre", "genres"), ("material", "materials")):
        yield from _concepts(kind, (value for work in works for value in getattr(work, field)))
    if depictions:
        yield from _concepts("concept", (tag for work in works for tag in work.depicts))
    for museum in sorted({museum for work in works for museum in work.museums}):
        yield from _said(
            concept_iri("museum", museum).value,
            (_A.value, ox.NamedNode(f"{CRM}E74_Group")),
            (f"{RDFS}label", ox.Literal(museum)),
        )
    yield from _painters(works)
    for work in works:
        yield from _said(painting_iri(work.row.qid).value, *_painting(work, depictions))


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
            (f"{SKOS}inScheme", _SCHEME),
            (f"{SKOS}prefLabel", _text(name)),
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


def _painting(work: Work, depictions: bool) -> Iterator[Pair]:
    yield _A.value, ox.NamedNode(f"{CRM}E22_Human-Made_Object")
    yield _A.value, ox.NamedNode(f"{SCHEMA}Painting")
    yield f"{SCHEMA}identifier", ox.Literal(work.row.qid)
    yield f"{OWL}sameAs", ox.NamedNode(WIKIDATA + work.row.qid)
    spoken = language(work.row.title)
    yield f"{SCHEMA}name", _text(work.row.title) if spoken else ox.Literal(work.row.title)
    if title := french().get(work.row.qid):
        yield f"{SCHEMA}name", ox.Literal(title, language="fr")
    for artist in work.artists:
        yield f"{SCHEMA}creator", concept_iri("painter", artist)
    if work.years:
        yield f"{SCHEMA}dateCreated", _year(work.years[0])
    for movement in work.movements:
        yield f"{OWN}style", concept_iri("style", movement)
    for genre in work.genres:
        yield f"{OWN}genre", concept_iri("genre", genre)
    for material in work.materials:
        yield f"{CRM}P45_consists_of", concept_iri("material", material)
    for museum in work.museums:
        yield f"{CRM}P50_has_current_keeper", concept_iri("museum", museum)
    for tag in sorted(work.depicts) if depictions else ():
        yield f"{CRM}P62_depicts", concept_iri("concept", tag)
