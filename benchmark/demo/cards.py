"""What an answer looks like: its line of figures, and a card for each painting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nicegui import ui

from benchmark.collections.triples_in_words import Why
from benchmark.demo.joules import Gauge, Spent
from benchmark.demo.live_search import Found
from benchmark.demo.phrases import Language, word
from benchmark.demo.turns import Turn
from benchmark.errors import plain

_LONGEST = 120
"""Characters of a title."""


@dataclass(frozen=True)
class Reactions:
    """What is called when something is done to a painting, given its id."""

    like: Callable[[str], None]
    reject: Callable[[str], None]
    more: Callable[[str], object]


def figures(spent: Spent, gauge: Gauge, language: Language) -> str:
    """Latency and energy of an answer: "12 ms · 48 mJ (estimated)"."""
    shown = f"{spent.seconds * 1000:.0f} ms"
    if (joules := gauge.joules(spent)) is not None:
        amount = f"{joules * 1000:.0f} mJ" if joules < 1 else f"{joules:.1f} J"
        if language == "fr":
            amount = amount.replace(".", ",")
        shown += f" · {amount} ({word(gauge.method, language)})"
    return shown


def card(
    found: Found, place: int, metadata: Mapping[str, str], why: Why, turn: Turn,
    language: Language, reactions: Reactions,
) -> None:  # fmt: skip
    """One painting of an answer. All that a collection says is text, never markup."""
    title = short(metadata.get("title", "")) or word("untitled", language)
    liked, rejected = found.painting in turn.liked, found.painting in turn.rejected
    state = " liked" * liked + " rejected" * rejected
    with ui.element("article").classes(f"card{state}"):
        picture = ui.element("img").classes("picture")
        picture.props["src"] = f"/picture/{found.row}"
        picture.props["alt"] = title
        with ui.element("div").classes("caption"):
            ui.label(title).classes("title")
            by = ", ".join(short(metadata[k]) for k in ("artist", "date") if metadata.get(k))
            ui.label(by).classes("by")
            with ui.element("div").classes("line"):
                score = f"{found.score:.3f}".replace(".", "," if language == "fr" else ".")
                ui.label(f"{place} · {word('score', language)} {score}").classes("score")
                with ui.element("div").classes("buttons"):
                    _button("favorite", "like", liked, language, title,
                            lambda: reactions.like(found.painting))  # fmt: skip
                    _button("block", "reject", rejected, language, title,
                            lambda: reactions.reject(found.painting))  # fmt: skip
                    _button("add_photo_alternate", "more", None, language, title,
                            lambda: reactions.more(found.painting))  # fmt: skip
            _reasons(why, language)


def _reasons(why: Why, language: Language) -> None:
    if not why.lines:
        return
    with ui.element("div").classes("concepts"):
        for concept in why.concepts[:4]:
            ui.label(concept).classes("concept")
    with ui.element("details").classes("why"):
        with ui.element("summary"):
            ui.label(word("why", language))
        with ui.element("ul"):
            for line in why.lines:
                with ui.element("li"):
                    ui.label(line)


def _button(
    icon: str, name: str, pressed: bool | None, language: Language, title: str,
    act: Callable[[], object],
) -> None:  # fmt: skip
    button = ui.element("button").on("click", act, args=[])  # 36 of them: plain ones are quick
    button.props["type"] = "button"
    button.props["title"] = word(name, language)
    button.props["aria-label"] = f"{word(name, language)}: {title}"
    if pressed is not None:
        button.props["aria-pressed"] = "true" if pressed else "false"
    with button:
        ui.label(icon).classes("material-icons").props["aria-hidden"] = "true"


def short(text: str) -> str:
    """What a collection says, in one line that can be read, cut where it is long."""
    shown = plain(" ".join(text.split()))
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
