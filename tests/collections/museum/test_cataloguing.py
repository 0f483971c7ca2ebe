from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.collections import graph
from benchmark.collections.museum import cataloguing
from benchmark.collections.museum.admission import clean
from benchmark.collections.museum.source_table import Row

WORKS = [
    clean(Row("Q12418", "Mona Lisa", "1503", ("Leonardo da Vinci",), ("High Renaissance",),
              ("Portrait",), ("Poplar panel",), ("Louvre",), ("Sky", "Lisa del Giocondo"), "")),
    clean(Row("Q7", "Вечер", "50", (), (), (), (), (), (), "")),
]  # fmt: skip


@pytest.fixture
def whole(tmp_path: Path) -> graph.Graph:
    cataloguing.write(WORKS, tmp_path / "g.ttl", holdings=True, depictions=True)
    return graph.load(tmp_path / "g.ttl")


def values(of: graph.Graph, pattern: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for painting, value in of.said(pattern):
        found.setdefault(painting, []).append(value)
    return {painting: sorted(said) for painting, said in found.items()}


def test_a_painting_is_wikidatas_item(whole: graph.Graph) -> None:
    assert values(whole, "?painting owl:sameAs ?value") == {
        "Q12418": ["http://www.wikidata.org/entity/Q12418"],
        "Q7": ["http://www.wikidata.org/entity/Q7"],
    }


def test_titles_have_their_language_where_it_is_known(whole: graph.Graph) -> None:
    said = 'BIND(CONCAT(STR(?name), "@", LANG(?name)) AS ?value)'
    assert values(whole, f"?painting schema:name ?name {said}") == {
        "Q12418": ["La Joconde@fr", "Mona Lisa@en"],
        "Q7": ["Вечер@"],
    }


def test_a_painter_has_a_name_and_years(whole: graph.Graph) -> None:
    for property_, value in {
        "rdfs:label": "Leonardo da Vinci",
        "schema:birthDate": "1452",
        "schema:deathDate": "1519",
    }.items():
        found = values(whole, f"?painting schema:creator/{property_} ?value")
        assert found == {"Q12418": [value]}


def test_a_year_has_four_digits(whole: graph.Graph) -> None:
    found = values(whole, "?painting schema:dateCreated ?value")
    assert found == {"Q12418": ["1503"], "Q7": ["0050"]}


@pytest.mark.parametrize(
    ("path", "labels"),
    [
        ("cim:style/skos:prefLabel", ["High Renaissance"]),
        ("cim:genre/skos:prefLabel", ["Portrait"]),
        ("crm:P45_consists_of/skos:prefLabel", ["Poplar panel"]),
        ("crm:P49_has_former_or_current_keeper/rdfs:label", ["Louvre"]),
        ("crm:P62_depicts/skos:prefLabel", ["Lisa del Giocondo", "Sky"]),
    ],
)
def test_what_is_said_has_a_label(whole: graph.Graph, path: str, labels: list[str]) -> None:
    assert values(whole, f"?painting {path} ?value") == {"Q12418": labels}


def test_what_is_not_asked_for_is_not_told(tmp_path: Path) -> None:
    cataloguing.write(WORKS, tmp_path / "catalogue.ttl", holdings=True, depictions=False)
    cataloguing.write(WORKS, tmp_path / "facts.ttl", holdings=False, depictions=True)
    catalogue, facts = (
        (tmp_path / "catalogue.ttl").read_text(),
        (tmp_path / "facts.ttl").read_text(),
    )
    assert "Giocondo" in facts and "Louvre" not in facts
    assert "Louvre" in catalogue and "Giocondo" not in catalogue and "P62" not in catalogue
