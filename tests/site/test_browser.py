"""The site in a real Chromium, with JavaScript and without."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here"),
    pytest.mark.slow,
]


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(site))

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


def opened(browser: Any, address: str, **more: Any) -> tuple[Any, list[str]]:
    """A page at the front, and the list its troubles are added to."""
    page = browser.new_context(**more).new_page()
    troubles: list[str] = []
    page.on("console", lambda message: message.type == "error" and troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    # Leaving a page aborts what it still loads: no trouble. What is missing answers with 404.
    page.on(
        "requestfailed",
        lambda request: request.failure != "net::ERR_ABORTED" and troubles.append(request.url),
    )
    page.on("response", lambda answer: answer.status >= 400 and troubles.append(answer.url))
    page.on(
        "request",
        lambda request: (
            request.url.startswith((address, "data:", "blob:"))
            or troubles.append(f"foreign: {request.url}")
        ),
    )
    page.goto(address)
    return page, troubles


def names(page: Any) -> list[str]:
    return page.locator("table.board tbody th a").all_inner_texts()


def test_the_front_page_loads_clean_and_sorts(browser: Any, address: str) -> None:
    page, troubles = opened(browser, address)
    before = names(page)
    page.get_by_role("button", name="submission").click()
    assert names(page) == sorted(before) == ["constant", "healthy"]
    heading = page.locator("th", has_text="submission")
    assert heading.get_attribute("aria-sort") == "ascending"
    page.get_by_role("button", name="submission").press("Enter")
    assert names(page) == ["healthy", "constant"]
    page.get_by_role("button", name="recall-l2@100").click()
    assert page.url.endswith("#sort=recall-l2@100")
    assert troubles == []


def test_a_shared_address_sorts_at_once(browser: Any, address: str) -> None:
    page, troubles = opened(browser, address)
    page.goto(address + "index.html#sort=recall-l2@100")
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("recall-l2@100")
    page.goto(address + "index.html#sort=-recall-l2@100")
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("recall-l2@100")
    page.goto(address + "index.html#%")
    assert troubles == []


def test_what_is_unknown_comes_last_either_way(browser: Any, address: str) -> None:
    page, _ = opened(browser, address)
    for order in ("ascending", "descending"):
        page.get_by_role("button", name="M param.").click()
        assert page.locator("th[data-key=parameters]").get_attribute("aria-sort") == order
        assert names(page) == ["healthy", "constant"]


def test_the_table_stands_without_javascript(browser: Any, address: str) -> None:
    page, _ = opened(browser, address, java_script_enabled=False)
    assert sorted(names(page)) == ["constant", "healthy"]
    assert page.locator("table.board svg.bar").count() == 2


def test_from_the_board_to_a_query_and_its_pictures(browser: Any, address: str) -> None:
    page, troubles = opened(browser, address)
    page.get_by_role("link", name="See the queries and what each model found").click()
    page.get_by_role("link", name="a red field").click()
    pictures = page.locator("ol.top img")
    assert pictures.count() == 16
    pictures.last.scroll_into_view_if_needed()
    page.wait_for_function(
        "[...document.querySelectorAll('ol.top img')].every(i => i.complete && i.naturalWidth > 0)"
    )
    page.get_by_role("link", name="healthy").click()
    assert page.locator("h1").inner_text().startswith("healthy")
    assert troubles == []


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_scrolls_sideways(browser: Any, address: str, width: int) -> None:
    page, _ = opened(browser, address, viewport={"width": width, "height": 800})
    for path in (
        "index.html",
        "queries/index.html",
        "queries/colours/q1.html",
        "submissions/colours/healthy.html",
    ):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
