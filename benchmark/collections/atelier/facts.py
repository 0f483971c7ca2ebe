"""What the exhaustive graph of a gallery says of each painting, as plain facts."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from benchmark.collections.atelier.paths import graph_of
from benchmark.collections.atelier.terms import ATTRIBUTES, PREFIXES
from benchmark.collections.atelier.vocabulary import CONCEPTS, RELATIONS
from benchmark.collections.graph import Graph, load

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


def published(split: str) -> dict[str, dict[str, Any]]:
    """Painting id -> its facts, of a published gallery."""
    return facts(load(graph_of(split)))


def facts(graph: Graph) -> dict[str, dict[str, Any]]:
    """Painting id -> its facts, in the shape that a scene gives them (`Scene.facts`)."""
    paintings: dict[str, dict[str, Any]] = defaultdict(lambda: dict.fromkeys(_WORDS, ""))
    verbs = {PREFIXES["cim"] + kind: kind for kind in (*ATTRIBUTES, "figure")}
    for row in graph.select(_WHOLE):
        if row["verb"] in verbs:
            paintings[row["id"]][verbs[row["verb"]]] = row["value"]
    for row in graph.select(_MADE):
        year = int(row["year"])
        paintings[row["id"]] |= {
            "painter": row["painter"],
            "school": row["school"],
            "year": year,
            "century": f"{year // 100 + 1}th",
            "relations": [],
        }
    things: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
    for row in graph.select(_THINGS):
        things[row["id"]][int(row["order"])] = {
            "concept": row["concept"],
            "broader": list(CONCEPTS[row["concept"]].broader),
            "colour": row.get("colour", ""),
            "count": int(row["count"]),
        }
    for name, numbered in things.items():
        paintings[name]["objects"] = [numbered[i] for i in sorted(numbered)]
    for row in graph.select(_MAIN):
        paintings[row["id"]]["main"] = row["main"]
    named = {PREFIXES["cim"] + relation.replace(" ", "-"): relation for relation in RELATIONS}
    for row in graph.select(_RELATED):
        if row["verb"] in named:
            triple = [int(row["first"]), named[row["verb"]], int(row["second"])]
            paintings[row["id"]]["relations"].append(triple)
    for painting in paintings.values():
        painting["relations"].sort()
    return dict(paintings)


_WORDS = (*ATTRIBUTES, "figure")
