"""The knowledge graph of a gallery, as RDF in Turtle.

Paintings, painters and concepts use the terms that museums use: CIDOC-CRM (as Linked Art does),
schema.org and SKOS. What those have no word for (a thing's colour, what stands left of what) is
in a small vocabulary of our own, described in the graph itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from benchmark.collections import graph
from benchmark.collections.atelier import vocabulary as words
from benchmark.collections.atelier.painters import FIGURES, PAINTERS, SCHOOLS
from benchmark.collections.atelier.scene import Scene
from benchmark.collections.atelier.terms import (
    AFTER,
    ATTRIBUTES,
    CRM,
    DCT,
    OWN,
    PREFIXES,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
    concept_iri,
    painting_iri,
    slug,
)

_A = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_SCHEME = ox.NamedNode(f"{OWN}vocabulary")
Term = ox.NamedNode | ox.Literal


def write(scenes: Iterable[tuple[str, str, Scene]], path: Path) -> None:
    """Write the graph of (id, title, scene) triples, whole or not at all."""
    facts = [*_vocabulary(), *_people(), *_own_terms()]
    for name, title, scene in scenes:
        facts += _painting(name, title, scene)
    graph.write(facts, path, PREFIXES)


def _text(value: str, language: str) -> ox.Literal:
    return ox.Literal(value, language=language)


def _year(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(f"{XSD}gYear"))


def _triples(subject: ox.NamedNode, *pairs: tuple[str, Term]) -> list[ox.Triple]:
    return [ox.Triple(subject, ox.NamedNode(verb), value) for verb, value in pairs]


def _concept(kind: str, name: str, en: str, fr: str, *more: tuple[str, Term]) -> list[ox.Triple]:
    return _triples(
        concept_iri(kind, name),
        (_A.value, ox.NamedNode(f"{SKOS}Concept")),
        (f"{SKOS}inScheme", _SCHEME),
        (f"{SKOS}notation", ox.Literal(name)),
        (f"{SKOS}prefLabel", _text(en, "en")),
        (f"{SKOS}prefLabel", _text(fr, "fr")),
        *more,
    )


def _vocabulary() -> Iterator[ox.Triple]:
    yield ox.Triple(_SCHEME, _A, ox.NamedNode(f"{SKOS}ConceptScheme"))
    for concept in words.CONCEPTS.values():
        above = [(f"{SKOS}broader", concept_iri("concept", kind)) for kind in concept.broader[:1]]
        yield from _concept("concept", concept.name, concept.en, concept.fr, *above)
    for name, colour in words.COLOURS.items():
        yield from _concept("colour", name, colour[1], colour[2])
    for kind, labels in ATTRIBUTES.items():
        for name, (en, fr) in labels.items():
            yield from _concept(kind, name, en, fr)
    for figure in FIGURES.values():
        attributes = [
            (f"{OWN}attribute", concept_iri("concept", attribute[0]))
            for attribute in (figure.holds, figure.beside)
            if attribute
        ]
        source = (f"{DCT}source", ox.Literal(f"{figure.source}; {AFTER}"))
        sort = (f"{OWN}kind", ox.Literal(figure.kind))
        yield from _concept(
            "figure", figure.name, figure.name, figure.fr, sort, *attributes, source
        )


def _people() -> Iterator[ox.Triple]:
    for school in SCHOOLS:
        yield from _triples(
            concept_iri("school", school),
            (_A.value, ox.NamedNode(f"{CRM}E74_Group")),
            (f"{RDFS}label", ox.Literal(school)),
        )
    for painter in PAINTERS:
        master = [(f"{OWN}pupilOf", concept_iri("painter", painter.master))]
        yield from _triples(
            concept_iri("painter", painter.name),
            (_A.value, ox.NamedNode(f"{CRM}E21_Person")),
            (_A.value, ox.NamedNode(f"{SCHEMA}Person")),
            (f"{RDFS}label", ox.Literal(painter.name)),
            (f"{SCHEMA}birthDate", _year(painter.born)),
            (f"{SCHEMA}deathDate", _year(painter.died)),
            (f"{CRM}P107i_is_current_or_former_member_of", concept_iri("school", painter.school)),
            *(master if painter.master else []),
        )


def _own_terms() -> Iterator[ox.Triple]:
    property_ = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#Property")
    meanings = {
        **{kind: f"The {kind} of a painting." for kind in (*ATTRIBUTES, "figure")},
        "main": "The thing that is a painting's main subject.",
        "colour": "The colour of a depicted thing; of a person, the clothes.",
        "count": "How many of a depicted thing there are; 0 means too many to count.",
        "order": "The place of a depicted thing in the painting's list of things.",
        "attribute": "What a sacred or mythological figure is known by.",
        "kind": "Whether a figure is a saint, a god or an allegory.",
        "pupilOf": "The master of a painter.",
        **{slug(name): f"One thing is {name} another, as seen." for name in words.RELATIONS},
    }
    for name, meaning in meanings.items():
        yield from _triples(
            ox.NamedNode(OWN + name),
            (_A.value, property_),
            (f"{RDFS}comment", _text(meaning, "en")),
        )


def _painting(name: str, title: str, scene: Scene) -> list[ox.Triple]:
    painting = painting_iri(name)
    facts = scene.facts()
    attributes = [
        (OWN + kind, concept_iri(kind, facts[kind]))
        for kind in (*ATTRIBUTES, "figure")
        if facts[kind]
    ]
    found = _triples(
        painting,
        (_A.value, ox.NamedNode(f"{CRM}E22_Human-Made_Object")),
        (_A.value, ox.NamedNode(f"{SCHEMA}Painting")),
        (f"{SCHEMA}identifier", ox.Literal(name)),
        (f"{SCHEMA}name", ox.Literal(title)),
        (f"{SCHEMA}creator", concept_iri("painter", scene.painter.name)),
        (f"{SCHEMA}dateCreated", _year(scene.year)),
        *attributes,
    )
    things = [ox.NamedNode(f"{painting.value}/thing/{i}") for i in range(len(scene.things))]
    found += _triples(painting, (f"{OWN}main", things[scene.main]))
    for i, (node, thing) in enumerate(zip(things, scene.things, strict=True)):
        concept = concept_iri("concept", thing.concept)
        colour = [(f"{OWN}colour", concept_iri("colour", thing.colour))] if thing.colour else []
        found += _triples(
            painting, (f"{CRM}P62_depicts", concept), (f"{CRM}P65_shows_visual_item", node)
        )
        found += _triples(
            node,
            (f"{CRM}P138_represents", concept),
            (f"{OWN}count", ox.Literal(thing.count)),
            (f"{OWN}order", ox.Literal(i)),
            *colour,
        )
    for first, relation, second in scene.relations:
        found += _triples(things[first], (OWN + slug(relation), things[second]))
    return found
