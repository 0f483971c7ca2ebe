"""Reading the knowledge graph of a gallery: as a store for SPARQL, and as plain facts."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from benchmark.collections.atelier.pins import GRAPH
from benchmark.collections.atelier.terms import ATTRIBUTES, PREFIXES
from benchmark.collections.atelier.vocabulary import CONCEPTS, RELATIONS
from benchmark.errors import BadInput

_HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
_WHOLE = """SELECT ?id ?verb ?value WHERE {
  ?painting schema:identifier ?id ; ?verb ?concept . ?concept skos:notation ?value }"""
_MADE = """SELECT ?id ?painter ?school ?year WHERE {
  ?painting schema:identifier ?id ; schema:creator ?who ; schema:dateCreated ?year .
  ?who rdfs:label ?painter ; crm:P107i_is_current_or_former_member_of/rdfs:label ?school }"""
_THINGS = """SELECT ?id ?order ?concept ?colour ?count WHERE {
  ?painting schema:identifier ?id ; crm:P65_shows_visual_item ?thing .
  ?thing crm:P138_represents/skos:notation ?concept ; cim:count ?count ; cim:order ?order .
  OPTIONAL { ?thing cim:colour/skos:notation ?colour } }"""
_MAIN = """SELECT ?id ?main WHERE {
  ?painting schema:identifier ?id ; cim:main/crm:P138_represents/skos:notation ?main }"""
_RELATED = """SELECT ?id ?first ?verb ?second WHERE {
  ?painting schema:identifier ?id ; crm:P65_shows_visual_item ?a .
  ?a ?verb ?b ; cim:order ?first . ?b cim:order ?second }"""


def load(folder: Path) -> ox.Store:
    """The graph of a gallery's folder in memory. Raises BadInput when it is missing or broken."""
    path = folder / GRAPH
    if not path.is_file():
        raise BadInput(path, "missing", "only a collection with a graph can be asked about it")
    store = ox.Store()
    try:
        store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise BadInput(path, f"is not Turtle ({error})") from None
    return store


def select(store: ox.Store, query: str) -> list[dict[str, str]]:
    """The rows of a SPARQL SELECT, with the graph's prefixes already declared."""
    found = store.query(_HEAD + query)
    assert isinstance(found, ox.QuerySolutions), "only SELECT is meant here"
    names = [variable.value for variable in found.variables]
    return [{n: str(row[n].value) for n in names if row[n] is not None} for row in found]  # type: ignore[union-attr]


def facts(store: ox.Store) -> dict[str, dict[str, Any]]:
    """Painting id -> its facts, in the shape that a scene gives them (`Scene.facts`)."""
    paintings: dict[str, dict[str, Any]] = defaultdict(lambda: dict.fromkeys(_WORDS, ""))
    verbs = {PREFIXES["cim"] + kind: kind for kind in (*ATTRIBUTES, "figure")}
    for row in select(store, _WHOLE):
        if row["verb"] in verbs:
            paintings[row["id"]][verbs[row["verb"]]] = row["value"]
    for row in select(store, _MADE):
        year = int(row["year"])
        paintings[row["id"]] |= {
            "painter": row["painter"],
            "school": row["school"],
            "year": year,
            "century": f"{year // 100 + 1}th",
            "relations": [],
        }
    things: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
    for row in select(store, _THINGS):
        things[row["id"]][int(row["order"])] = {
            "concept": row["concept"],
            "broader": list(CONCEPTS[row["concept"]].broader),
            "colour": row.get("colour", ""),
            "count": int(row["count"]),
        }
    for name, numbered in things.items():
        paintings[name]["objects"] = [numbered[i] for i in sorted(numbered)]
    for row in select(store, _MAIN):
        paintings[row["id"]]["main"] = row["main"]
    named = {PREFIXES["cim"] + relation.replace(" ", "-"): relation for relation in RELATIONS}
    for row in select(store, _RELATED):
        if row["verb"] in named:
            triple = [int(row["first"]), named[row["verb"]], int(row["second"])]
            paintings[row["id"]]["relations"].append(triple)
    for painting in paintings.values():
        painting["relations"].sort()
    return dict(paintings)


_WORDS = (*ATTRIBUTES, "figure")
