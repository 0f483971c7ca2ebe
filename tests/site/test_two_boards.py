"""Paintings whose pictures are pulled, on pages: with pictures at hand, without, and from
strangers."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmark.results.store import Store
from benchmark.site.generate import boards
from benchmark.site.page import Site, pages
from benchmark.site.templates import text
from benchmark.workspace import Workspace
from tests.site import two_boards
from tests.site.strangers import PAYLOADS
from tests.site.test_strangers import Reader

COMMONS = "https://commons.wikimedia.org/wiki/File:"
NAMES = ("front", "query_page", "submission_page")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with pytest.MonkeyPatch.context() as patch:
        yield two_boards.made(tmp_path_factory.mktemp("two"), patch)


@pytest.fixture(scope="module")
def bare(checkout: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return two_boards.without_pictures(checkout, tmp_path_factory.mktemp("bare") / "copy")


def drawn(workspace: Workspace, *names: str) -> dict[str, str]:
    """Pages of these kinds by path, as a browser reads them."""
    found, left_out = boards(workspace, lambda path, content: None)
    assert left_out == []
    site = Site(workspace, found)
    return {
        path: html.unescape(content)
        for name in names
        for path, content in pages()[name].draw(site)
        if isinstance(content, str)
    }


def test_the_front_page_leads_to_each_board_in_its_order(checkout: Workspace) -> None:
    page = drawn(checkout, "front")["index.md"]
    assert re.findall(r'<li><a href="([^"]+)">', page)[:3] == ["#hall", "#painted", "worlds.html"]
    assert re.findall(r'<h2 id="([^"]+)">', page) == ["hall", "painted"]
    assert "Five colours, pulled. 5 paintings (pictures: mirror, 512 px), " in page
    assert "Eight colours, drawn. 8 paintings, " in page


def test_with_pictures_each_says_whose_it_is(checkout: Workspace) -> None:
    found = drawn(checkout, *NAMES)
    whose = f'picture: Bob, CC BY 4.0, <a href="{COMMONS}A_scan.jpg">Commons</a>'
    for path, shown in (
        ("index.md", 5),
        ("queries/hall/q0.md", 4 * 5),
        ("submissions/hall/seer.md", 2 * 5),
    ):
        pictures = re.findall(r'<img src="[^"]*assets/hall/Q\d.webp"[^>]* alt="Title', found[path])
        assert (len(pictures), found[path].count(whose)) == (shown, shown), path
    assert "picture:" not in found["queries/painted/q0.md"]


def test_without_pictures_there_are_title_facts_and_links(bare: Workspace) -> None:
    found = drawn(bare, *NAMES)
    card = (
        '<span class="label"><span class="title"><a href="https://www.wikidata.org/wiki/Q1">'
        "Title Q1</a></span><span>Ann</span>"
        f'<span class="museums">Tate</span><a href="{COMMONS}A_file.jpg">Commons</a></span>'
    )
    for path, shown in (
        ("index.md", 1),
        ("queries/hall/q0.md", 4),
        ("submissions/hall/seer.md", 2),
    ):
        assert found[path].count(card) == shown, path
        assert "assets/hall" not in found[path]
    assert "cannot be read" not in "".join(found.values())
    assert "pictures: mirror, 512 px" in found["index.md"]  # the results are on these


def test_a_clone_without_pictures_builds_and_every_link_leads_somewhere(two: Path) -> None:
    for page in (two / "index.html", two / "worlds.html", *two.glob("*/*/*.html")):
        for link in re.findall(r'(?:src|href)="([^"#?:]+)["#?]', page.read_text()):
            assert (page.parent / link).exists(), f"{page}: {link}"


def test_what_distillation_forgets_leads_from_board_to_board(
    checkout: Workspace, tmp_path: Path
) -> None:
    workspace = two_boards.without_pictures(checkout, tmp_path / "copy")
    store = Store(workspace.leaderboard)
    for board in ("hall", "painted"):
        drawer = store.result(board, "drawer")
        assert drawer is not None
        about = drawer.about.model_copy(update={"role": "distilled", "teacher": "seer"})
        told = drawer.model_copy(update={"about": about})
        store.write(told, store.run(board, "drawer"), store.scores(board, "drawer"))
    found = drawn(workspace, "forgotten")
    first, other = found["forgotten/index.md"], found["forgotten/painted.md"]
    assert "Measured on hall" in first and "Measured on painted" in other
    assert 'The same on <a href="painted.html">painted</a>.' in first
    assert 'The same on <a href="index.html">hall</a>.' in other
    assert "A random order keeps 14 % (" in first  # 0.111 of 0.797


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_word_of_a_server_acts(checkout: Workspace, tmp_path: Path, payload: str) -> None:
    shutil.copytree(checkout.root, tmp_path / "copy", symlinks=True)
    workspace = Workspace(tmp_path / "copy")
    two_boards.note(workspace, {key: payload for key in two_boards.NOTED} | {"page": payload})
    found, _ = boards(workspace, lambda path, content: None)
    page = dict(pages()["front"].draw(Site(workspace, found)))["index.md"]
    assert isinstance(page, str)
    assert re.findall(r'<a href="(https://commons[^"]*)"', page)
    assert f"picture: {text(payload)}, {text(payload)}, <a href=" in page
    calm = dict(pages()["front"].draw(Site(checkout, boards(checkout, lambda *_: None)[0])))
    elements = [Reader(str(one)).elements for one in (page, calm["index.md"])]
    assert elements[0] == elements[1]
