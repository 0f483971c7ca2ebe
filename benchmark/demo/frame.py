"""What stands above and below the answers: choices and tools, the talk, the line to write in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from nicegui import ui

from benchmark.demo.cards import short
from benchmark.demo.choosing import chooser
from benchmark.demo.phrases import Language, count, word
from benchmark.demo.tab import Tab
from benchmark.demo.turns import Turn

_SHOWN = 60
"""Characters of a turn."""


@dataclass(frozen=True)
class Actions:
    """What is called when something is done to the page."""

    ask: Callable[[], Any]
    back: Callable[[int], Any]
    choose: Callable[[int, str], Any]
    two: Callable[[bool], Any]
    speak: Callable[[Language], Any]
    anew: Callable[[], Any]
    export: Callable[[], Any]


def header(place: ui.element, tab: Tab, actions: Actions) -> None:
    """The collection, the submissions, and the tools."""
    place.clear()
    with place:
        with ui.element("div").classes("name"):
            ui.label("Cimaise").classes("brand")
            ui.label(_about(tab)).classes("about")
        with ui.element("div").classes("choice"):
            for number, label in enumerate(("first", "second")[: 1 + tab.two]):
                name = tab.names[number] if number < len(tab.names) else None
                chooser(word(label, tab.language), name, tab.preparing, tab.language,
                        partial(actions.choose, number))  # fmt: skip
            ui.switch(
                word("beside", tab.language),
                value=tab.two,
                on_change=lambda event: actions.two(event.value),
            )
        with ui.element("div").classes("tools"):
            ui.toggle(
                {"en": "EN", "fr": "FR"},
                value=tab.language,
                on_change=lambda event: actions.speak(event.value),
            ).props("dense flat")
            _tool("restart_alt", "anew", tab, actions.anew)
            _tool("download", "export", tab, actions.export)


def footer(place: ui.element, tab: Tab, actions: Actions, typed: str) -> ui.input:
    """The turns, which lead back, and the line to write in, which is returned."""
    place.clear()
    with place:
        with ui.element("nav").classes("talk") as talk:
            talk.props["aria-label"] = word("talk", tab.language)
            for at, turn in enumerate(tab.talk.turns, 1):
                button = ui.button(
                    f"{at} · {_said(turn, tab)[:_SHOWN]}",
                    on_click=lambda _, at=at: actions.back(at),
                    color="primary" if at == tab.talk.at else "grey-8",
                ).props("flat dense no-caps")
                state = "shown" if at == tab.talk.at else "after" * (at > tab.talk.at)
                button.classes(f"turn {state}")
        with ui.element("div").classes("asking"):
            hint = word("go on" if tab.talk.turns else "hint", tab.language)
            line = ui.input(value=typed, placeholder=hint).props("outlined dense autofocus")
            line.props["aria-label"] = word("ask", tab.language)
            line.on("keydown.enter", actions.ask)
            ui.button(word("send", tab.language), icon="search", on_click=actions.ask).props(
                "no-caps"
            )
    return line


def _about(tab: Tab) -> str:
    session = tab.search.session
    if not tab.preparing.known.is_set() or tab.preparing.problem:
        return short(session.place.name)
    paintings = count(len(session.collection), tab.language)
    return f"{short(session.place.name)} · {paintings} {word('paintings', tab.language)}"


def _said(turn: Turn, tab: Tab) -> str:
    """A turn in words: what she pointed at, and what she said."""
    if turn.pointed is None:
        return turn.words
    metadata = tab.search.session.collection.metadata[tab.search.rows[turn.pointed]]
    title = short(metadata.get("title", "")) or turn.pointed
    pointed = f"{word('more', tab.language)}: {title}"
    return f"{pointed}, {turn.words}" if turn.words else pointed


def _tool(icon: str, name: str, tab: Tab, act: Callable[[], Any]) -> None:
    button = ui.button(icon=icon, on_click=act).props("flat round dense")
    button.props["aria-label"] = button.props["title"] = word(name, tab.language)
