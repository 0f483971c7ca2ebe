"""The site in a real Chromium, with JavaScript and without."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmark.site.policy import protect
from tests.browsing import IN_CHROMIUM, errors_of, served
from tests.site.laid_docs import ROOT
from tests.site.strangers import PAYLOADS, RUNS

pytestmark = IN_CHROMIUM


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


def opened(browser: Any, address: str, **more: Any) -> tuple[Any, list[str]]:
    """A page at the front, and the list its troubles are added to."""
    page = browser.new_context(**more).new_page()
    troubles = errors_of(page)
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


SAID = "document.querySelector('.md-search-result__meta').innerText"
"""What the search box says of what it found."""


def until(page: Any, true: str) -> None:
    """Wait for an expression to hold; Playwright's own waiting is `eval`, which no page allows."""
    ends = time.monotonic() + 10
    while not page.evaluate(true):
        assert time.monotonic() < ends, true
        page.wait_for_timeout(20)


def names(page: Any) -> list[str]:
    return page.locator("table.board tbody th a").all_inner_texts()


def test_the_front_page_loads_clean_and_sorts(browser: Any, address: str) -> None:
    page, troubles = opened(browser, address)
    before = names(page)
    page.get_by_role("button", name="submission").click()
    assert names(page) == sorted(before) == ["constant", "healthy"]
    heading = page.locator("table.board th", has_text="submission")
    assert heading.get_attribute("aria-sort") == "ascending"
    page.get_by_role("button", name="submission").press("Enter")
    assert names(page) == ["healthy", "constant"]
    page.get_by_role("button", name="recall(rel=2)@100").click()
    assert page.url.endswith("#sort=recall(rel=2)@100")
    assert troubles == []


def test_a_shared_address_sorts_at_once(browser: Any, address: str) -> None:
    page, troubles = opened(browser, address)
    page.goto(address + "index.html#sort=recall(rel=2)@100")
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("recall(rel=2)@100")
    page.goto(address + "index.html#sort=-recall(rel=2)@100")
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("recall(rel=2)@100")
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
    pictures.first.wait_for()
    assert pictures.count() == 16
    pictures.last.scroll_into_view_if_needed()
    until(
        page,
        "[...document.querySelectorAll('ol.top img')].every(i => i.complete && i.naturalWidth > 0)",
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


@pytest.mark.parametrize("width", [390, 1280])
def test_both_boards_together_load_clean_sort_and_fit(browser: Any, two: Path, width: int) -> None:
    with served(two) as address:
        size = {"width": width, "height": 800}
        page, troubles = opened(browser, address, viewport=size)
        page.goto(address + "worlds.html")
        assert names(page)[0] == "seer"
        page.get_by_role("button", name="painted ndcg@10").click()
        assert names(page)[0] == "drawer"
        assert page.locator(".chart img").evaluate("i => i.decode().then(() => i.width)")
        for path in ("worlds.html", "index.html", "queries/hall/q0.html"):
            page.goto(address + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert troubles == []


def search(page: Any, words: str) -> Any:
    """What the search box finds."""
    box = page.locator(".md-search__input")
    for typed in ("", words):
        box.fill(typed)
        box.press("End")  # the theme looks when a key comes up
        until(page, f"{'/document/' if typed else '/Type to/'}.test({SAID})")
    return page.locator(".md-search-result__item")


def test_search_and_palette_work_under_the_policy(browser: Any, address: str) -> None:
    page, troubles = opened(browser, address)
    search(page, "healthy").first.wait_for()
    page.keyboard.press("Escape")
    scheme = "document.body.getAttribute('data-md-color-scheme')"
    before = page.evaluate(scheme)
    page.locator("label[title=Dark]:visible, label[title=Light]:visible").first.click()
    until(page, f"{scheme} !== '{before}'")
    page.goto(address + "forgotten/index.html")
    assert page.locator('img[src$=".svg"]').first.evaluate("i => i.decode().then(() => i.width)")
    assert troubles == []


def test_nothing_that_a_stranger_says_runs(browser: Any, hostile: Path) -> None:
    """Regression: a submission's title ran as a script on its own page."""
    with served(hostile) as address:
        page, troubles = opened(browser, address)
        for path in sorted(hostile.rglob("*.html")):
            place = path.relative_to(hostile)
            ours = (ROOT / "docs" / place.with_suffix(".md")).is_file()  # no stranger speaks there
            if path.name != "404.html" and not ours:  # its addresses begin at the host's root
                page.goto(address + place.as_posix())
                assert page.evaluate("window.__pwned") is None, path
        page.goto(address)
        found, foreign = 0, ".md-search-result :is(script, img, b, i, [onclick], [onload])"
        for payload in (*PAYLOADS, "python"):
            found += search(page, payload.replace("\n", " ")).count()
            assert page.locator(foreign).count() == 0, payload
            assert page.evaluate("window.__pwned") is None, payload
        assert found > 0
        assert troubles == []


def test_the_policy_stops_what_slips_through(browser: Any, site: Path, tmp_path: Path) -> None:
    """A script that is not the theme's gets no hash, although it stands in the page."""
    bare = (site / "404.html").read_text()
    policy = re.search(r"\n    <meta http-equiv=[^>]*>", bare)
    assert policy is not None
    theme = bare.replace(policy[0], "")
    (tmp_path / "404.html").write_text(theme)
    far = f"<img src=x onerror={RUNS}><a href='javascript:{RUNS}'>x</a><base href=//x.example>"
    slipped = f"<script>{RUNS}</script>{far}</body>"
    (tmp_path / "page.html").write_text(theme.replace("</body>", slipped))
    with served(tmp_path) as address:
        page, _ = opened(browser, address + "page.html")
        assert page.evaluate("window.__pwned") == 1
        protect(tmp_path)
        page, troubles = opened(browser, address + "page.html")
        page.locator("a", has_text="x").last.dispatch_event("click")
        assert page.evaluate("window.__pwned") is None
        assert sum("Content Security Policy" in trouble for trouble in troubles) >= 3
        assert page.evaluate("typeof __md_get") == "function"


def test_the_site_opens_as_files(browser: Any, site: Path) -> None:
    """All but search, which reads its index and starts a worker: browsers refuse that to files."""
    page, troubles = opened(browser, "about:blank")
    troubles.clear()
    page.goto((site / "index.html").as_uri())
    page.get_by_role("button", name="submission").click()
    assert names(page) == ["constant", "healthy"]
    assert page.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0)")
    assert not [trouble for trouble in troubles if not trouble.startswith("foreign: file:")]
