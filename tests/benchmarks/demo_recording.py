"""The pictures of the demo in the docs: a talk of four turns as a GIF, and two screenshots.

    python tests/benchmarks/demo_recording.py ADDRESS [FOLDER]

ADDRESS is of a demo of the atelier (`cimaise demo`) where `cimaise-student` and `graph-student`
are ready: museum-core's pictures are not ours to publish. Writes demo.gif, demo-desktop.jpg and
demo-phone.jpg to FOLDER (docs/assets).
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.browsing import chromium

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 780}
_SHOWN = 860
"""Pixels of the GIF's width."""


def settled(page: Page) -> None:
    page.wait_for_timeout(300)
    page.wait_for_selector(".q-linear-progress", state="detached")
    page.wait_for_function("[...document.images].every(one => one.complete)")
    page.wait_for_timeout(500)


def said(page: Page, text: str) -> None:
    page.fill("footer input", text)
    page.press("footer input", "Enter")
    settled(page)


class Film:
    """Screenshots of a page, each with how long it is shown (ms)."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.frames: list[Image.Image] = []
        self.times: list[int] = []

    def shot(self, time: int) -> None:
        image = Image.open(io.BytesIO(self._page.screenshot())).convert("RGB")
        height = image.height * _SHOWN // image.width
        self.frames.append(image.resize((_SHOWN, height), Image.Resampling.LANCZOS))
        self.times.append(time)

    def save(self, path: Path) -> None:
        small = [one.quantize(96, dither=Image.Dither.NONE) for one in self.frames]
        small[0].save(
            path, save_all=True, append_images=small[1:], duration=self.times, loop=0, optimize=True
        )


def talk(page: Page, film: Film) -> None:
    """Four turns: asked, refined, pointed at, and asked with the graph beside."""
    page.fill("footer input", "a boat on the sea")
    film.shot(1200)
    said(page, "a boat on the sea")
    film.shot(2200)
    page.click(".card:nth-child(2) [aria-label^='Like']")
    page.click(".card:nth-child(4) [aria-label^='Not this']")
    page.fill("footer input", "at night")
    settled(page)
    film.shot(1800)
    said(page, "at night")
    film.shot(2200)
    page.click(".card:nth-child(3) [aria-label^='More like this']")
    settled(page)
    film.shot(2200)
    page.click(".q-toggle")
    settled(page)
    said(page, "with a lighthouse")
    page.locator(".answer:nth-child(2) summary").first.click()
    settled(page)
    film.shot(3500)


def main() -> None:
    address = sys.argv[1]
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else "docs/assets")
    with chromium() as browser:
        page = browser.new_page(viewport=WIDE)
        page.goto(address)
        page.wait_for_selector(".about:has-text('·')")
        film = Film(page)
        talk(page, film)
        film.save(folder / "demo.gif")
        page.screenshot(path=folder / "demo-desktop.jpg", type="jpeg", quality=60)
        page = browser.new_page(viewport=NARROW)
        page.goto(address)
        page.wait_for_selector(".about:has-text('·')")
        page.click("text=FR")
        page.wait_for_selector("text=Chercher")
        said(page, "un bateau sur la mer")
        page.screenshot(path=folder / "demo-phone.jpg", type="jpeg", quality=60)
        browser.close()
    for name in ("demo.gif", "demo-desktop.jpg", "demo-phone.jpg"):
        print(f"{name}: {(folder / name).stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
