"""A catalogue graph that fits on a page, a thesaurus of five rows, and a searcher of both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from benchmark.graph_search import thesaurus
from benchmark.graph_search.searcher import GraphSearcher
from benchmark.graph_search.thesaurus import Thesaurus
from benchmark.graph_search.weights import GUESS, Weights
from benchmark.records import Painting

PREFIXES = """
@prefix s: <https://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix crm: <http://www.cidoc-crm.org/cidoc-crm/> .
@prefix cim: <urn:cimaise:> .
@prefix : <urn:x:> .
"""
GRAPH = """
:animal skos:prefLabel "animal"@en, "animal"@fr .
:dog skos:prefLabel "dog"@en, "chien"@fr ; skos:broader :animal .
:hound skos:prefLabel "hunting dog"@en, "chien de chasse"@fr ; skos:broader :dog .
:lion skos:prefLabel "lion"@en, "lion"@fr ; skos:broader :animal .
:church skos:prefLabel "church"@en, "église"@fr ; skos:altLabel "kirk"@en .
:cypress skos:prefLabel "cypress"@en, "cyprès"@fr .
:woman skos:prefLabel "woman"@en, "femme"@fr .
:landscape skos:prefLabel "landscape"@en, "paysage"@fr .
:baroque skos:prefLabel "Baroque"@en, "baroque"@fr .
:jerome rdfs:label "Saint Jerome"@en, "saint Jérôme"@fr ; cim:attribute :lion .
:gogh rdfs:label "Vincent van Gogh" .
:steen rdfs:label "Jan Steen" ; crm:P107i_is_current_or_former_member_of :leiden .
:vois rdfs:label "Ary de Vois" ; cim:pupilOf :steen .
:leiden rdfs:label "Leiden school"@en, "école de Leyde"@fr .

:p1 s:identifier "p-hound" ; s:name "The Red Gate" ; s:creator :gogh ; s:dateCreated "1888" ;
    crm:P62_depicts :hound, :cypress ; cim:genre :landscape .
:p2 s:identifier "p-lion" ; s:name "Noon in the Desert" ; s:creator :steen ;
    s:dateCreated "1660" ; crm:P62_depicts :lion ; cim:style :baroque .
:p3 s:identifier "p-jerome" ; s:name "The Penitent" ; s:creator :vois ; s:dateCreated "1675-06" ;
    crm:P62_depicts :jerome .
:p4 s:identifier "p-church" ; s:name "Soir d'été"@fr, "Summer Evening"@en ;
    s:dateCreated "1875" ; crm:P62_depicts :church, :woman .
:p5 s:identifier "p-elsewhere" ; s:name "The Red Dog" ; s:creator :gogh ;
    s:dateCreated "1889" ; crm:P62_depicts :dog .
"""
IDS = ("p-church", "p-hound", "p-jerome", "p-lion")
"""What hangs: the graph knows one painting more."""

THESAURUS = """\
concept,broader,en,fr
animal,,animal|beast,animal|bête
dog,animal,dog|tyke,chien|toutou
cat,animal,cat|mouser,chat
building,,building,bâtiment
church,building,church|chapel,église|chapelle
"""


def store(turtle: str = GRAPH) -> ox.Store:
    found = ox.Store()
    found.load((PREFIXES + turtle).encode(), format=ox.RdfFormat.TURTLE)
    return found


def words(table: str = THESAURUS) -> Thesaurus:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "thesaurus.csv"
        path.write_text(table, encoding="utf-8")
        return thesaurus.read(path)


def searcher(
    turtle: str = GRAPH,
    ids: Sequence[str] = IDS,
    weights: Weights = GUESS,
    table: str = THESAURUS,
) -> GraphSearcher:
    made = GraphSearcher(words(table), weights)
    made.graph(store(turtle))
    made.index([Painting(id=one, metadata={}, image=None) for one in ids])
    return made


def found(made: GraphSearcher, text: str) -> list[str]:
    """The paintings found for a text, best first."""
    return made.search([text], 10)[0][0]
