"""The demo in a real Chromium: nothing from elsewhere, nothing that acts, two tabs, a phone."""

from __future__ import annotations

import io
import json
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmark.workspace import Workspace
from tests.browsing import IN_CHROMIUM, errors_of
from tests.demo.conftest import encoded
from tests.demo.test_server import served

pytestmark = IN_CHROMIUM
ATTACK = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>{{ran=1}}\u202e'


@pytest.fixture(scope="module")
def address(made: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo of a gallery whose every word is an attack."""
    home = tmp_path_factory.mktemp("hostile")
    shutil.copytree(made[0], home / "checkout")
    workspace, gallery = Workspace(home / "checkout"), home / "colours"
    shutil.copytree(made[1], gallery)
    (workspace.cache / "collections.json").unlink()
    rows = [json.loads(line) for line in (gallery / "metadata.jsonl").read_text().splitlines()]
    hostile = [row | {"title": row["title"] + ATTACK, "artist": ATTACK} for row in rows]
    (gallery / "metadata.jsonl").write_text("".join(json.dumps(row) + "\n" for row in hostile))
    for name in ("healthy", "dying"):
        encoded(workspace, gallery, name)
    with served(workspace, gallery, "--port", "0") as (_, address):
        yield address


def opened(browser: Any, address: str, **more: Any) -> tuple[Any, list[str]]:
    """A page, and the list its troubles are added to: errors, and requests to elsewhere."""
    page = browser.new_context(**more).new_page()
    troubles = errors_of(page)
    own = (address, address.replace("http", "ws"), "data:", "blob:")
    page.on("request", lambda one: one.url.startswith(own) or troubles.append(one.url))
    page.on("websocket", lambda one: one.url.startswith(own) or troubles.append(one.url))
    page.goto(address)
    page.wait_for_selector("text=colours · 8 paintings")
    return page, troubles


def ask(page: Any, text: str) -> None:
    page.fill("footer input", text)
    page.press("footer input", "Enter")
    page.wait_for_selector(".turn.shown")
    settled(page)


def settled(page: Any) -> None:
    page.wait_for_selector(".card, .failed, .note")
    page.wait_for_selector(".q-linear-progress", state="detached")


def choose(page: Any, name: str, place: int = 0) -> None:
    page.locator(".chooser").nth(place).click()
    page.click(f".q-menu .q-item:has-text('{name}')")
    page.wait_for_selector(f".chooser:has-text('{name}')")


def titles(page: Any) -> list[str]:
    return [one.partition(" field")[0] for one in page.locator(".title").all_inner_texts()]


def test_a_talk_with_likes_rejections_and_pointing(browser: Any, address: str) -> None:
    page, troubles = opened(browser, address, accept_downloads=True)
    choose(page, "healthy")
    ask(page, "a red field")
    assert titles(page)[0] == "A red" and len(titles(page)) == 8
    page.click(".card:nth-child(1) [aria-label^='Not this']")
    page.wait_for_selector(".card.rejected:nth-child(1)")
    page.click(".card:nth-child(3) [aria-label^='Like']")
    page.wait_for_selector(".card.liked:nth-child(3)")
    ask(page, "a field")
    page.wait_for_function("document.querySelectorAll('.card').length == 7")
    assert "A red" not in titles(page)
    page.click(".card:nth-child(2) [aria-label^='More like this']")
    page.wait_for_selector(".turn:nth-child(3).shown")
    page.click(".turn:nth-child(1)")
    page.wait_for_selector(".card.rejected:nth-child(1)")
    assert titles(page)[0] == "A red"
    with page.expect_download() as download:
        page.click("[aria-label='Download this talk']")
    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as archive:
        qrels = archive.read("conversations/qrels/test.tsv").decode()
    assert "\tp-red\t0\n" in qrels and qrels.count("\t2\n") == 1
    assert troubles == []


def test_nothing_that_a_collection_or_a_visitor_says_acts(browser: Any, address: str) -> None:
    page, troubles = opened(browser, address)
    choose(page, "healthy")
    ask(page, "a red field " + ATTACK)
    page.click(".card:nth-child(2) [aria-label^='More like this']")
    page.wait_for_selector(".turn:nth-child(2).shown")
    settled(page)
    assert page.evaluate("window.ran") is None
    assert page.locator("img[src=x], .page script").count() == 0
    assert "<script>window.ran=1</script>" in page.locator(".title").first.inner_text()
    assert "\u202e" not in page.inner_text(".page")
    assert troubles == []


@pytest.mark.parametrize(
    "text", ["船 в море 🚣 مرحبا", "x" * 100_000, "'; DROP TABLE--", "\\u0000%s"]
)
def test_any_text_is_answered(browser: Any, address: str, text: str) -> None:
    page, troubles = opened(browser, address)
    choose(page, "healthy")
    ask(page, text)
    page.wait_for_function("document.querySelectorAll('.card').length == 8")
    assert troubles == []


def test_an_empty_text_is_said_to_be_empty(browser: Any, address: str) -> None:
    page, troubles = opened(browser, address)
    page.press("footer input", "Enter")
    page.wait_for_selector("text=Say what to look for.")
    assert troubles == []


def test_a_model_that_dies_is_one_line_beside_another_that_works(
    browser: Any, address: str
) -> None:
    page, troubles = opened(browser, address)
    choose(page, "healthy")
    page.click(".q-toggle")
    page.wait_for_selector(".chooser >> nth=1")
    choose(page, "dying", 1)
    ask(page, "die, red")
    page.wait_for_selector(".failed")
    assert "its process ended (exit 3) without an answer" in page.inner_text(".failed")
    assert page.locator(".answer").first.locator(".card").count() == 8
    ask(page, "red")
    assert troubles == []


def test_two_tabs_have_talks_of_their_own(browser: Any, address: str) -> None:
    (one, a), (two, b) = opened(browser, address), opened(browser, address)
    for page in (one, two):
        choose(page, "healthy")
    for page, text in ((one, "a red field"), (two, "a blue field")):
        page.fill("footer input", text)
        page.press("footer input", "Enter")
    for page, title in ((one, "A red"), (two, "A blue")):
        page.wait_for_selector(".card")
        assert titles(page)[0] == title
        assert page.locator(".turn").count() == 1
    assert a == [] and b == []


def test_french_and_what_is_not_ready(browser: Any, address: str) -> None:
    page, troubles = opened(browser, address)
    page.click("text=FR")
    page.wait_for_selector("text=Rien ne quitte cette machine.")
    assert page.evaluate("document.documentElement.lang") == "fr"
    page.locator(".chooser").first.click()
    offer = page.locator(".q-menu .q-item:has-text('cimaise run new --collection')")
    offer.wait_for()
    assert "disabled" in (offer.get_attribute("class") or "")
    assert page.locator("text=Pas prêtes sur cette machine").count() == 1
    assert troubles == []


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_screen(browser: Any, address: str, width: int) -> None:
    page, troubles = opened(browser, address, viewport={"width": width, "height": 740})
    choose(page, "healthy")
    page.click(".q-toggle")
    ask(page, "a red field")
    time.sleep(0.3)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator("footer input").bounding_box()
    assert box["y"] + box["height"] <= 740  # the line to write in stays in sight
    assert troubles == []
