"""The page as a simulated visitor sees it, without a browser."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.testing.user import User
from nicegui.testing.user_simulation import user_simulation

from benchmark.demo.live_search import Search
from benchmark.demo.preparing import Preparing
from benchmark.demo.tab import Tab
from benchmark.demo.tab_page import Page


def visited(
    search: Search, visit: Callable[[User], Awaitable[None]], chosen: str = "healthy"
) -> None:
    """Have a visitor come once all is known."""
    preparing = Preparing(search)
    preparing.start()
    assert preparing.known.wait(60)

    def root() -> None:
        tab = Tab(search, preparing)
        tab.choose(0, chosen)
        Page(tab).build()

    async def come() -> None:
        async with user_simulation(root) as user:
            await user.open("/")
            await visit(user)

    asyncio.run(come())


async def said(user: User, text: str) -> None:
    user.find(ui.input).clear().type(text).trigger("keydown.enter")
    until = time.monotonic() + 20
    while _there(user, ui.linear_progress):
        assert time.monotonic() < until
        await asyncio.sleep(0.05)


def _there(user: User, kind: type) -> bool:
    try:
        return bool(user.find(kind).elements)
    except AssertionError:
        return False


def test_a_talk_of_two_turns_in_two_languages(search: Search) -> None:
    async def visit(user: User) -> None:
        await user.should_see("Nothing leaves this machine.")
        await user.should_see("colours · 8 paintings")
        await said(user, "a red field")
        await user.should_see("A red field", retries=50)
        await user.should_see("1 · a red field")
        await said(user, "blue")
        await user.should_see("2 · blue", retries=50)
        (toggle,) = user.find(ui.toggle).elements
        toggle.set_value("fr")
        await user.should_see("Chercher")
        await user.should_see("colours · 8 tableaux")

    visited(search, visit)


def test_empty_words_are_said_to_be_empty(search: Search) -> None:
    async def visit(user: User) -> None:
        await said(user, "   ")
        await user.should_see("Say what to look for.")
        await said(user, "x" * 100_000)
        await user.should_see("Only the first 2,000 characters were read.")

    visited(search, visit)


def test_a_failure_is_one_line(search: Search) -> None:
    async def visit(user: User) -> None:
        await said(user, "die")
        await user.should_see("dying: its process ended (exit 3) without an answer", retries=50)

    visited(search, visit, "dying")
