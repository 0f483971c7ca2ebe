"""The menu by which a submission is chosen; what is not ready is named with its remedy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from benchmark.demo.phrases import Language, word
from benchmark.demo.preparing import Preparing


def chooser(
    label: str,
    chosen: str | None,
    preparing: Preparing,
    language: Language,
    choose: Callable[[str], Any],
) -> None:
    """A button with the submission's name, which opens the menu; `choose` is told another."""
    name = chosen or "…"
    button = ui.button(name, icon="expand_more").props("outline no-caps").classes("chooser")
    button.props["aria-label"] = f"{label}: {name}"
    with button, ui.menu().classes("offers"):
        for offer in preparing.offers:
            if not offer.missing:
                with ui.menu_item(on_click=lambda _, name=offer.name: choose(name)):
                    _two_lines(offer.name, offer.title)
        if not preparing.known.is_set():
            ui.item_label(word("looking", language)).props("header")
        lacking = [offer for offer in preparing.offers if offer.missing]
        if lacking:
            ui.separator()
            ui.item_label(word("not ready", language)).props("header")
        for offer in lacking:
            with ui.menu_item().props("disable"):
                _two_lines(offer.name, offer.missing)


def _two_lines(first: str, second: str) -> None:
    with ui.item_section():
        ui.item_label(first)
        ui.item_label(second).props("caption")
