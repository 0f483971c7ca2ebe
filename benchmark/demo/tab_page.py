"""The page of one tab: what is done to it, and the answers to the turn that is shown."""

from __future__ import annotations

import asyncio
from pathlib import Path

from nicegui import run, ui

from benchmark.collections.triples_in_words import InWords, Why
from benchmark.demo.cards import Reactions, card, figures
from benchmark.demo.exported_talk import exported
from benchmark.demo.frame import Actions, footer, header
from benchmark.demo.live_search import Answer
from benchmark.demo.phrases import Language, says, word
from benchmark.demo.tab import Tab
from benchmark.demo.turns import Question, Talk, cleaned

_STYLE = (Path(__file__).parent / "demo.css").read_text("utf-8")


class Page:
    """Draws a tab, anew wherever something was done to it."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._input: ui.input | None = None
        self._known: tuple[str | None, bool] = None, False
        self._actions = Actions(
            self._ask, self._back, self._choose, self._two, self._speak, self._anew, self._export
        )
        self._reactions = Reactions(self._like, self._reject, self._more)

    def build(self) -> None:
        """Draw it into the client that asks for it."""
        ui.add_css(_STYLE)
        ui.colors(primary="#7c2d3a")
        with ui.element("div").classes("page"):
            self._head = ui.element("header")
            with ui.element("div").classes("body"):
                self._results = ui.element("div").classes("results")
            self._foot = ui.element("footer")
        self._draw()
        if not self._tab.preparing.known.is_set():
            self._timer = ui.timer(0.3, self._look)

    def _draw(self) -> None:
        header(self._head, self._tab, self._actions)
        self._go_on()

    def _go_on(self) -> None:
        """Draw the turns, the line to write in, and what was found."""
        self._input = footer(self._foot, self._tab, self._actions, self._typed)
        self._show()

    @property
    def _typed(self) -> str:
        return (self._input.value or "") if self._input is not None else ""

    def _look(self) -> None:
        """Fill in what was not known when the page was drawn; what is typed stays."""
        preparing = self._tab.preparing
        known = preparing.first, preparing.known.is_set()
        if known != self._known:
            self._known = known
            header(self._head, self._tab, self._actions)
            self._show()
        if preparing.known.is_set():
            self._timer.deactivate()

    async def _ask(self) -> None:
        words, cut = cleaned(self._typed)
        if cut:
            ui.notify(self._say("cut"))
        if not words:
            ui.notify(self._say("empty"))
            return
        await self._turned(self._tab.talk.saying(words))

    async def _more(self, painting: str) -> None:
        words, _ = cleaned(self._typed)
        await self._turned(self._tab.talk.saying(words, painting))

    async def _back(self, at: int) -> None:
        await self._turned(self._tab.talk.back_to(at))

    async def _turned(self, talk: Talk) -> None:
        self._tab.talk, self._input = talk, None
        self._go_on()
        await self._find()

    async def _choose(self, place: int, name: str) -> None:
        self._tab.choose(place, name)
        await self._chosen()

    async def _two(self, two: bool) -> None:
        self._tab.side_by_side(two)
        await self._chosen()

    async def _chosen(self) -> None:
        """Draw anew all but the line to write in, in which somebody may be writing."""
        header(self._head, self._tab, self._actions)
        self._show()
        await self._find()

    def _speak(self, language: Language) -> None:
        self._tab.language = language
        ui.run_javascript(f"document.documentElement.lang = '{language}'")
        self._draw()

    def _anew(self) -> None:
        self._tab.talk = Talk()
        self._go_on()

    def _export(self) -> None:
        if not self._tab.talk.at:
            ui.notify(self._say("empty"))
            return
        data = exported(self._tab.talk, self._tab.language, self._tab.names)
        ui.download.content(data, "conversation.zip", "application/zip")

    def _like(self, painting: str) -> None:
        self._tab.talk = self._tab.talk.liking(painting)
        self._show()

    def _reject(self, painting: str) -> None:
        self._tab.talk = self._tab.talk.rejecting(painting)
        self._show()

    async def _find(self) -> None:
        """Ask what was not asked yet, both submissions at once, and show what comes."""
        await run.io_bound(self._tab.preparing.chosen.wait)

        async def one(name: str, question: Question) -> None:
            await run.io_bound(self._tab.find, name, question)
            if not self._results.is_deleted:  # the tab may be closed by now
                self._show()

        await asyncio.gather(*(one(*asked) for asked in self._tab.pending()))

    def _say(self, name: str) -> str:
        return word(name, self._tab.language)

    def _show(self) -> None:
        """Draw the answers to the turn that is shown."""
        tab = self._tab
        self._results.clear()
        with self._results:
            if tab.preparing.problem or (tab.preparing.known.is_set() and not tab.names):
                ui.label(tab.preparing.problem or self._say("none ready")).classes("failed")
            elif not tab.talk.at:
                ui.label(self._say("choose")).classes("welcome")
            else:
                for name in tab.names:
                    with ui.element("section").classes("answer"):
                        self._answer(name, tab.answer(name))

    def _answer(self, name: str, answer: Answer | None) -> None:
        tab = self._tab
        with ui.element("div").classes("rail"):
            ui.label(name).classes("submission")
            if answer is None:
                ui.label(self._say("searching")).classes("figures")
            elif not answer.failed:
                shown = figures(answer.spent, tab.search.gauge, tab.language)
                ui.label(shown).classes("figures")
        if answer is None:
            ui.linear_progress(show_value=False).props("indeterminate")
            return
        question = tab.talk.question()
        if answer.failed:
            ui.label(answer.failed).classes("failed")
        elif not answer.found:
            ui.label(self._say("nothing")).classes("note")
        elif not answer.moved and (question.pointed or question.liked):
            ui.label(self._say("unmoved")).classes("note")
        graph = tab.search.graph if any(found.reasons for found in answer.found) else None
        words = InWords(graph, says) if graph is not None else None
        with ui.element("div").classes("grid"):
            for place, found in enumerate(answer.found, 1):
                why = words.why(found.reasons, tab.language) if words else Why()
                metadata = tab.search.session.collection.metadata[found.row]
                card(found, place, metadata, why, tab.talk.shown, tab.language, self._reactions)
