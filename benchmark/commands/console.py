"""The terminal: one console for results, one for progress, and bars with rate and time left."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from benchmark.errors import HIDDEN, plain


class _Inert(Console):
    """A console on which no text acts: brackets are brackets, and escapes are shown, not sent.

    What is to have a colour is a `Text`, made by `coloured`.
    """

    def __init__(self, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, soft_wrap=True, markup=False, emoji=False, highlight=False)

    def render_str(self, text: str, **more: Any) -> Text:
        """Every text of every print and table comes through here."""
        return super().render_str(plain(text), **more)


def coloured(*parts: str | tuple[str, str]) -> Text:
    """A line of texts, and of texts with a style."""
    return Text.assemble(
        *(plain(part) if isinstance(part, str) else (plain(part[0]), part[1]) for part in parts)
    )


out = _Inert()
"""Results, to standard output."""

notes = _Inert(stderr=True)
"""Progress and remarks, to standard error, so that output can be piped."""

_SHOWN_AFTER = 2.0
"""Seconds a stage may take before it is worth a bar."""


def print_json(value: object) -> None:
    """JSON for a script, on standard output."""
    text = json.dumps(value, indent=1, ensure_ascii=False)
    print("\n".join(HIDDEN.sub(_escape, line) for line in text.split("\n")))


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"  # as JSON has it


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f}/s" if task.speed else "")


@contextmanager
def bars() -> Iterator[Callable[[str], Callable[[str, int, int], None]]]:
    """Progress bars; gives `of(name)`, which gives the callback (stage, done, of) for one name.

    Several may be shown at once, and told by several threads. A stage appears once it has lasted
    two seconds. Without a terminal, one plain line tells that such a stage has begun.
    """
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    # On a terminal bars and results share one console, which keeps them out of each other's way.
    console = out if out.is_terminal else notes
    piped = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=piped) as progress:

        def of(name: str) -> Callable[[str, int, int], None]:
            task = progress.add_task("", visible=False)
            stage_now, began, told = "", 0.0, False

            def update(stage: str, done: int, total: int) -> None:
                nonlocal stage_now, began, told
                label = plain(f"{name}: {stage}" if name else stage)
                now = time.monotonic()
                if stage_now != label:
                    stage_now, began, told = label, now, False
                    progress.reset(task, description=label, total=total, visible=False)
                # A stage of one step says nothing until it ends, so it is shown at once.
                late = now - began > _SHOWN_AFTER or total == 1
                progress.update(task, completed=done, total=total, visible=late and done < total)
                if late and not told and piped and total > 1:
                    notes.print(f"{label}: {total} ...")
                    told = True

            return update

        yield of
