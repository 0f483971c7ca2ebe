"""Whatever a stranger says, a page has the elements that it has with harmless words."""

from __future__ import annotations

import csv
import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

from benchmark.errors import HIDDEN
from tests.site import strangers

Skeleton = list[tuple[str, tuple[str, ...]]]


class Reader(HTMLParser):
    """The elements of a page with the names of their attributes, addresses apart, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: Skeleton = []
        self.addresses: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        for name, value in attrs:
            if name in ("href", "src", "action", "data", "content", "srcset", "xlink:href"):
                self.addresses.append(str(value))

    def handle_comment(self, data: str) -> None:
        self.elements.append(("comment", ()))

    def handle_data(self, data: str) -> None:
        self.text += data


def pages(site: Path) -> dict[str, Reader]:
    return {
        path.relative_to(site).as_posix(): Reader(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


def card(reader: Reader) -> int:
    """Where the card begins: its elements are its writer's, within what is allowed there."""
    ids = [at for at, element in enumerate(reader.elements) if element == ("h2", ("id",))]
    return ids[-1]


ALLOWED_IN_A_CARD = {
    "p", "a", "b", "i", "em", "strong", "code", "pre", "hr", "h2", "h3", "h4", "h5", "h6", "ul",
    "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "br", "div",
}  # fmt: skip


def test_no_element_and_no_attribute_comes_from_a_word(harmless: Path, hostile: Path) -> None:
    calm, attacked = pages(harmless), pages(hostile)
    assert calm.keys() == attacked.keys()
    for name, page in attacked.items():
        if name.startswith("submissions/"):
            ours, theirs = card(page), card(calm[name])
            assert page.elements[:ours] == calm[name].elements[:theirs], name
            tail = calm[name].elements[theirs + 4 :]  # heading, its link, the div, the paragraph
            assert page.elements[-len(tail) :] == tail, name
            inside = page.elements[ours + 2 : -len(tail)]
            assert {tag for tag, _ in inside} <= ALLOWED_IN_A_CARD, name
            assert {names for _, names in inside} <= {(), ("rel",), ("href", "rel")}, name
        else:
            assert page.elements == calm[name].elements, name
        assert page.elements.count(("script", ())) == 3, name
        for address in page.addresses:
            assert not re.match(r"\s*(javascript|data|vbscript):", address, re.I), name


def test_the_words_are_there_to_be_read(hostile: Path) -> None:
    for number in strangers.NUMBERS:
        page = Reader((hostile / f"submissions/gallery/s{number}.html").read_text("utf-8"))
        word = strangers.attack(number)
        shown = " ".join(HIDDEN.sub("", re.sub(r"[\t\n]+", " ", word)).split())
        text = re.sub(r"\\(x[0-9a-f]{2}|u20[0-9a-f]{2})", "", page.text)
        assert shown in " ".join(text.split()), number


def test_no_character_acts_on_a_page(hostile: Path) -> None:
    for path in hostile.rglob("*.html"):
        assert set(HIDDEN.findall(path.read_text(encoding="utf-8"))) <= {"\n"}, path


def test_the_search_index_holds_no_markup_but_that_of_texts(hostile: Path, harmless: Path) -> None:
    found = json.loads((hostile / "search/search_index.json").read_text())["docs"]
    calm = json.loads((harmless / "search/search_index.json").read_text())["docs"]
    assert len(found) == len(calm)
    for entry in found:
        assert "<" not in entry["title"], entry["title"]
        tags = set(re.findall(r"<[^>]*>", entry["text"]))
        assert tags <= {
            f"<{end}{tag}>"
            for end in ("", "/")
            for tag in ("p", "code", "pre", "li", "ol", "ul", "sub", "sup")
        }
    titles = {entry["title"] for entry in found}
    assert "&lt;img src=x onerror=window.__pwned=1&gt;" in {
        title.replace("&#61;", "=") for title in titles
    }


def test_charts_are_pictures_without_scripts(hostile: Path) -> None:
    charts = list((hostile / "charts").glob("*.svg"))
    assert charts
    for chart in charts:
        tags = {element.tag.partition("}")[2] for element in ET.parse(chart).getroot().iter()}
        assert tags <= {"svg", "g", "path", "text", "rect", "line", "defs", "clipPath", "tspan"}


def test_a_table_starts_no_formula_and_tells_what_is_self_reported(hostile: Path) -> None:
    rows = list(csv.DictReader((hostile / "data/gallery.csv").open(encoding="utf-8")))
    assert len(rows) == len(strangers.PAYLOADS)
    for row in rows:
        assert row["self_reported"] == "parameters flops_per_picture"
        for cell in row.values():
            assert not re.match(r"[=+@\t\r]|-(?!\d)", cell), cell
            assert not HIDDEN.search(cell)
    assert "'-->" in "".join(row["marks"] for row in rows)


def test_a_file_name_is_made_from_a_name(hostile: Path) -> None:
    for path in hostile.rglob("*"):
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", path.name), path


def test_what_is_self_reported_is_marked_and_in_no_front(harmless: Path, site: Path) -> None:
    """Nobody's parameters were counted on the one site, all were on the other."""
    board = (harmless / "index.html").read_text()
    assert board.count(">self-reported</span>") == len(strangers.PAYLOADS)
    own = Reader((harmless / "submissions/gallery/s1.html").read_text()).text
    for figure in ("parameters", "operations of one picture"):
        assert f"{figure}, self-reported" in own
    fronts = (harmless / "differences/gallery.html").read_text()
    assert '<th scope="row">ms a query</th>' in fronts
    assert '<th scope="row">parameters</th>' not in fronts
    assert "self-reported" not in (site / "index.html").read_text()
    assert '<th scope="row">parameters</th>' in (site / "differences/colours.html").read_text()
    assert (
        "parameters, self-reported" not in (site / "submissions/colours/healthy.html").read_text()
    )
