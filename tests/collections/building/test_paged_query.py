from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.collections.building import paged_query
from benchmark.errors import BadInput

QUERY = "PREFIX ex: <http://example.org/>\nSELECT ?painting ?title WHERE { ?painting ex:t ?title }"


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.rq"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_page_has_a_total_order(tmp_path: Path) -> None:
    query = paged_query.load(written(tmp_path, QUERY))
    assert query.columns == ("title",)
    assert query.page(20, 10) == QUERY + "\nORDER BY ?painting ?title\nLIMIT 10\nOFFSET 20\n"


def test_what_is_within_stays_ones_own(tmp_path: Path) -> None:
    inner = (
        "{ SELECT ?painting (MAX(?t) AS ?title) { ?painting ?p ?t } GROUP BY ?painting LIMIT 5 }"
    )
    text = f'SELECT * WHERE {{ {inner} FILTER(?title != "LIMIT 5") }} # LIMIT 5'
    assert paged_query.load(written(tmp_path, text)).columns == ("title",)
    grouped = "SELECT ?painting (MAX(?t) AS ?title) { ?painting ?p ?t } GROUP BY ?painting"
    assert paged_query.load(written(tmp_path, grouped)).columns == ("title",)


OWN = "has LIMIT, OFFSET, ORDER BY or VALUES of its own at its end; "


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (QUERY + " LIMIT 5", OWN),
        (QUERY + " offset 5", OWN),
        (QUERY + " ORDER BY ?title", OWN),
        (QUERY + " VALUES ?title { 1 }", OWN),
        ("SELECT ?painting WHERE { ?painting ex:t ?title }", "is not SPARQL 1.1 (error at 1:"),
        ("SELECT ?painting ?title WHERE " + "{" * 3000 + "}" * 3000, "is nested too deeply; "),
        (QUERY[:-1] + f"FILTER({'! ' * 3000} ?title) }}", "is nested too deeply; "),
        (QUERY + "#" * (16 << 10), "is larger than 16 KB; "),
        ("ASK { ?painting ?p ?title }", "is no SELECT; "),
        ("CONSTRUCT { ?painting ?p ?t } WHERE { ?painting ?p ?t }", "is no SELECT; "),
        ("SELECT ?item ?title { ?item ?p ?title }", "selects no ?painting; "),
        ("SELECT ?painting { ?painting ?p ?title }", "selects ?painting alone; "),
        ("SELECT ?painting ?titel { ?painting ?p ?titel }", "selects ?titel, which is no column; "),
        ("", "is not SPARQL 1.1 (error at 1:1"),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(BadInput) as caught:
        paged_query.load(path)
    assert str(caught.value).startswith(f"{path}: {problem}")
    assert "\n" not in str(caught.value)


def test_not_text(tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput, match=r"is not SPARQL 1\.1"):
        paged_query.load(path)
    with pytest.raises(BadInput, match=r"none\.rq: missing"):
        paged_query.load(tmp_path / "none.rq")


def test_nobody_is_asked(tmp_path: Path) -> None:
    text = "SELECT * { SERVICE <http://127.0.0.1:1/> { ?painting ?p ?title } }"
    with pytest.raises(BadInput, match=r"selects \?p, which is no column"):
        paged_query.load(written(tmp_path, text))
