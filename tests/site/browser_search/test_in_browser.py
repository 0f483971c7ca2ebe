"""The search box in a real Chromium: what it reads, what it finds, what it asks for."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmark.adapters.onnx import PICTURES, TEXTS, OnnxEncoder, _opened
from benchmark.collections.registry import find
from benchmark.errors import BadInput
from benchmark.queries import load as queries
from benchmark.records import Query
from benchmark.results.store import Store
from benchmark.scorers.measures import MAIN
from benchmark.site.browser_search.box import MODEL, box
from benchmark.site.browser_search.packed_encoders import ngrams, transformer
from benchmark.site.build import build
from benchmark.site.leaderboard import Leaderboard
from benchmark.workspace import Workspace
from tests.browsing import IN_CHROMIUM, served
from tests.site.browser_search.conftest import ATELIER
from tests.site.browser_search.conftest import PICTURES as SCENES
from tests.site.browser_search.odd_texts import odd_texts
from tests.site.laid_docs import ROOT
from tests.site.test_browser import opened, until

pytestmark = IN_CHROMIUM
HOME = ROOT / "submissions" / MODEL
SCRIPTS = ROOT / "docs" / "javascripts" / "find"
LINE = "document.querySelector('#find-status').textContent"
EVERY = 7
"""One text in so many is read to its vector, which takes long; pieces are told of all."""
READ = """async ([pack, texts, encoded]) => {
  const { unpacked } = await import("./javascripts/find/pack.js");
  const { Encoder } = await import("./javascripts/find/encoder.js");
  const answer = await fetch(pack);
  const encoder = new Encoder(await unpacked(await answer.arrayBuffer()));
  const wanted = new Set(encoded);
  return texts.map((text, at) => {
    const { ids, known, cut } = encoder.tokenizer.read(text);
    const vector = wanted.has(at) ? Array.from(encoder.encode(text).vector) : null;
    return { ids, known, cut, vector };
  });
}"""
FIND = """async ([folder, texts]) => {
  const { unpacked } = await import("./javascripts/find/pack.js");
  const { Encoder } = await import("./javascripts/find/encoder.js");
  const { Gallery } = await import("./javascripts/find/gallery.js");
  const pack = async (name) => unpacked(await (await fetch(`${folder}/${name}.bin`)).arrayBuffer());
  const encoder = new Encoder(await pack("encoder"));
  const gallery = new Gallery(await pack("gallery"));
  return texts.map((text) =>
    gallery.best(encoder.encode(text).vector, 10).map(([one, score]) => [one.id, score]));
}"""


@pytest.fixture(scope="module")
def site(scenes: Workspace) -> Path:
    """The built site, with a pack of each encoder beside its pages."""
    built = build(scenes, scenes.root / "site")
    (built / "ngrams.bin").write_bytes(ngrams(HOME).pack)
    (built / "transformer.bin").write_bytes(transformer(HOME / "drawn").pack)
    return built


@pytest.fixture(scope="module")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page on a server that the site has but a folder of."""
    root = tmp_path_factory.mktemp("host")
    (root / "of").mkdir()
    (root / "of" / "somebody").symlink_to(site)
    with served(root) as host:
        yield f"{host}of/somebody/"


def at_the_box(browser: Any, address: str, **more: Any) -> tuple[Any, list[str], list[str]]:
    """The page, its troubles (foreign requests among them), and all that it asks for."""
    page, troubles = opened(browser, address, **more)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(address + "find.html")
    return page, troubles, asked


def typed(page: Any, words: str, line: str) -> str:
    """What the box says of words, once that holds `line`."""
    page.locator("#find-words").fill(words)
    until(page, f"{LINE}.includes({json.dumps(line)})")
    return page.evaluate(LINE)


@pytest.mark.parametrize("width", [390, 1280])
def test_it_loads_when_somebody_types_and_finds(browser: Any, address: str, width: int) -> None:
    size = {"width": width, "height": 800}
    page, troubles, asked = at_the_box(browser, address, viewport=size)
    until(page, f"{LINE} === 'The model is loaded when you first type.'")
    page.locator("#find-words").click()
    page.wait_for_timeout(400)
    assert [
        one for one in asked if "find/" in one and not one.endswith(("box.js", "picture.js"))
    ] == []
    said = typed(page, "a horse in the snow", "on your machine")
    assert said.startswith("Cimaise student, 0.6 MB in 8 bits (loaded in ")
    assert f"ordered {SCENES} paintings in " in said
    assert page.locator("#find-results li").count() == 20
    assert "<b>Scene</b>" in page.locator("#find-results li").first.inner_text()
    until(page, "document.querySelector('#find-results img').naturalWidth > 0")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    before = len(asked)
    typed(page, "a boat", "on your machine")
    page.wait_for_timeout(400)
    assert [one for one in asked[before:] if not one.endswith(".webp")] == []
    assert sum(one.endswith(".bin") for one in asked) == 2
    assert troubles == []


def test_what_cannot_be_searched_is_said_in_a_line(browser: Any, address: str) -> None:
    page, troubles, _ = at_the_box(browser, address)
    for words in ("日本の絵", "🐕", "ж"):
        assert "stands under Queries" in typed(page, words, "The model knows no word of this")
        assert page.locator("#find-results").is_hidden()
    said = typed(page, "a cat and a dog " * 2000, "on your machine")
    assert said.endswith("It read the beginning alone, for the text is long.")
    typed(page, "   ", "Nothing is asked")
    assert page.locator("#find-results").is_hidden()
    assert troubles == []


def test_the_keyboard_suffices_and_the_box_has_a_name(browser: Any, address: str) -> None:
    page, _, _ = at_the_box(browser, address)
    box = page.get_by_label("What it shows")
    box.focus()
    page.keyboard.type("un bateau")
    page.keyboard.press("Enter")
    until(page, f"{LINE}.includes('on your machine')")
    assert page.locator("#find-status").get_attribute("role") == "status"
    assert page.url.endswith("find.html")


def test_it_needs_no_webassembly(browser: Any, address: str) -> None:
    page, _ = opened(browser, address)
    page.add_init_script("delete window.WebAssembly")
    page.goto(address + "find.html")
    assert page.evaluate("typeof WebAssembly") == "undefined"
    typed(page, "a boat", "on your machine")


def test_an_old_browser_and_a_file_are_told_what_still_works(
    browser: Any, address: str, site: Path
) -> None:
    page, _ = opened(browser, address)
    page.add_init_script("delete window.DecompressionStream")
    page.goto(address + "find.html")
    until(page, f"{LINE}.startsWith('This browser cannot unpack the model')")
    assert page.locator("#find-words").is_disabled()
    for more in ({}, {"java_script_enabled": False}):
        page = browser.new_context(**more).new_page()
        page.goto((site / "find.html").as_uri())
        told = page.locator("#find-status").inner_text()
        assert told.startswith("This box needs JavaScript and a page that comes from a server")
        assert page.locator("#find-words").is_disabled()


def test_a_model_that_does_not_come_may_come_later(browser: Any, address: str) -> None:
    page, _, _ = at_the_box(browser, address)
    page.route("**/encoder.bin", lambda route: route.fulfill(status=404))
    typed(page, "a boat", "The model did not come (find/scenes/encoder.bin: 404)")
    page.unroute("**/encoder.bin")
    typed(page, "a boat at sea", "on your machine")


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """All queries of both galleries, and odd ones."""
    asked = [query.text for name in ("atelier", "museum-core") for query in _queries(name)]
    return asked + odd_texts()


@pytest.mark.parametrize(
    ("pack", "folder", "least"), [("ngrams", ".", 0.985), ("transformer", "drawn", 0.99)]
)
def test_it_reads_as_the_adapter_does(
    browser: Any, address: str, texts: list[str], pack: str, folder: str, least: float
) -> None:
    """The same pieces of all texts; and of what has words, nearly the same vectors."""
    page, _ = opened(browser, address)
    asked = len(texts) - len(odd_texts())
    encoded = [*range(0, asked, EVERY), *range(asked, len(texts))]
    read = page.evaluate(READ, [f"{pack}.bin", texts, encoded])
    encoder = _opened(HOME / folder, {"pictures": PICTURES, "texts": TEXTS}, ".", "cpu")
    assert isinstance(encoder, OnnxEncoder)
    tokenizer = encoder._tokenizer
    tokenizer.no_padding()
    for text, one in zip(texts, read, strict=True):
        encoded = tokenizer.encode(text)
        assert one["ids"] == encoded.ids, text
        assert one["cut"] == bool(encoded.overflowing), text
    for text, one in zip(texts[:asked:EVERY], read[:asked:EVERY], strict=True):
        (vector,) = encoder.encode_texts([text])
        assert one["known"] and float(vector @ one["vector"]) > least, text


@pytest.mark.parametrize("name", ["atelier", "museum-core"])
def test_it_ranks_as_the_harness_does(browser: Any, address: str, site: Path, name: str) -> None:
    """All queries through the page's own modules, where this checkout keeps the embeddings."""
    board = Leaderboard(find(name, ATELIER), Store(ATELIER.leaderboard), lambda path, content: None)
    try:
        made = box(ATELIER, board)
    except BadInput as error:
        pytest.skip(str(error))
    folder = site / "find" / name
    folder.mkdir()
    (folder / "encoder.bin").write_bytes(made.encoder)
    (folder / "gallery.bin").write_bytes(made.gallery)
    code = sum(len(gzip.compress(one.read_bytes())) for one in SCRIPTS.glob("*.js"))
    assert len(made.encoder) + len(made.gallery) + code < 6_000_000
    asked = [query for query in _queries(name) if query.id in board.values[MODEL]]
    page, _ = opened(browser, address)
    found = page.evaluate(FIND, [f"find/{name}", [query.text for query in asked]])
    values = [
        _ndcg([painting for painting, _ in one], board.query_set.qrels[query.id])
        for query, one in zip(asked, found, strict=True)
    ]
    wanted = made.result.measures[MAIN.name].mean
    print(f"{name}: {MAIN} {np.mean(values):.4f}, the harness's {wanted:.4f}")
    assert abs(np.mean(values) - wanted) < 0.005
    run = board.runs[MODEL]
    first = [
        one[0][1] - run.scores[run.query_ids.index(query.id)][0]
        for query, one in zip(asked, found, strict=True)
    ]
    assert np.abs(first).mean() < 0.01


def _queries(name: str) -> tuple[Query, ...]:
    place = find(name, ATELIER)
    return queries.of(place, place.open()).queries


def _ndcg(ranked: list[str], grades: dict[str, int]) -> float:
    """nDCG@10 by its definition (Järvelin and Kekäläinen 2002), gain as the grade."""
    discount = 1 / np.log2(np.arange(2, 12))
    gains = [grades.get(painting, 0) for painting in ranked]
    best = sorted(grades.values(), reverse=True)[:10]
    return float(gains @ discount / (best @ discount[: len(best)]))
