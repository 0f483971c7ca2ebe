"""The menu: the pages of the docs in `mkdocs.yml`, and among them those of `pages/`.

A hook of MkDocs.
"""

from __future__ import annotations

from typing import Any

from benchmark.site.page import Page, pages


def with_pages(docs: list[Any], drawn: list[Page]) -> list[Any]:
    """The entries of the docs, in their order, around the pages, each at its own place."""
    menu = list(docs)
    placed = [(page.menu, page.title, page.path) for page in drawn if page.menu is not None]
    for place, title, path in sorted(placed):
        menu.insert(place, {title: path})
    return menu


def on_config(config: Any) -> Any:
    """Called by MkDocs once its configuration is read."""
    config.nav = with_pages(config.nav or [], list(pages().values()))
    return config
