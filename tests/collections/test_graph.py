from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from benchmark.collections import graph
from benchmark.errors import BadInput

TURTLE = """
@prefix schema: <https://schema.org/> .
@prefix : <urn:x:> .
:a schema:identifier "a" ; schema:creator :ann ; :shows [ :what :boat ; :colour :red ] .
:b schema:identifier "b" ; schema:creator :bob , :ann ; :shows [ :what :boat ] .
:ann schema:creator :nobody .
"""


@pytest.fixture
def small(tmp_path: Path) -> graph.Graph:
    (tmp_path / "x.ttl").write_text(TURTLE)
    return graph.load(tmp_path / "x.ttl")


def test_prefixes_are_those_of_the_file(small: graph.Graph) -> None:
    assert small.prefixes == {"schema": "https://schema.org/", "": "urn:x:"}
    rows = small.select("SELECT ?id { ?p schema:creator :bob ; schema:identifier ?id }")
    assert rows == [{"id": "b"}]


def test_what_is_unbound_is_left_out(small: graph.Graph) -> None:
    rows = small.select(
        "SELECT ?id ?c { ?p schema:identifier ?id ; :shows ?s OPTIONAL { ?s :colour ?c } }"
        "ORDER BY ?id"
    )
    assert rows == [{"id": "a", "c": "urn:x:red"}, {"id": "b"}]


def test_what_is_said_of_paintings(small: graph.Graph) -> None:
    """Of paintings only, each thing once, a pair as one."""
    assert sorted(small.said("?painting schema:creator ?value")) == [
        ("a", "urn:x:ann"), ("b", "urn:x:ann"), ("b", "urn:x:bob"),
    ]  # fmt: skip
    pairs = list(small.said("?painting :shows [ :what ?value ; :colour ?with ]"))
    assert pairs == [("a", "urn:x:boat urn:x:red")]


def test_missing_broken_and_unaskable_are_one_line(tmp_path: Path, small: graph.Graph) -> None:
    with pytest.raises(BadInput, match=r"none\.ttl: missing"):
        graph.load(tmp_path / "none.ttl")
    (tmp_path / "broken.ttl").write_text("this is no Turtle")
    with pytest.raises(BadInput, match=r"broken\.ttl: is not Turtle"):
        graph.load(tmp_path / "broken.ttl")
    with pytest.raises(BadInput, match=r"^cannot be asked of x\.ttl: ") as caught:
        small.select("SELECT ?x { ?x nobody:knows ?y }")
    assert "\n" not in str(caught.value)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    triple = ox.Triple(ox.NamedNode("urn:x:a"), ox.NamedNode(graph.IDENTIFIER), ox.Literal("a"))
    graph.write([triple], tmp_path / "y.ttl", {"x": "urn:x:"})
    assert (tmp_path / "y.ttl").read_text() == (
        '@prefix x: <urn:x:> .\nx:a <https://schema.org/identifier> "a" .\n'
    )
    assert graph.load(tmp_path / "y.ttl").select("SELECT ?id { x:a ?v ?id }") == [{"id": "a"}]
