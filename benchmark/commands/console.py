"""The terminal: one console for results, one for progress, and bars with rate and time left."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

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

out = Console(soft_wrap=True)
"""Results, to standard output."""

notes = Console(stderr=True, soft_wrap=True)
"""Progress and remarks, to standard error, so that output can be piped."""

_SHOWN_AFTER = 2.0
"""Seconds a stage may take before it is worth a bar."""


def print_json(value: object) -> None:
    """JSON for a script, on standard output."""
    print(json.dumps(value, indent=1, ensure_ascii=False))


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f}/s" if task.speed else "")


@contextmanager
def bars() -> Iterator[Callable[[str], Callable[[str, int, int], None]]]:
    """Progress bars; gives `of(name)`, which gives the callback (stage, done, of) for one name.

    A stage appears once it has lasted two seconds. Without a terminal, one plain line tells that
    such a stage has begun.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    # On a terminal bars and results share one console, which keeps them out of each other's way.
    console = out if out.is_terminal else notes
    plain = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=plain) as progress:
        task = progress.add_task("", visible=False)
        stage_now, began, told = "", 0.0, False

        def of(name: str) -> Callable[[str, int, int], None]:
            def update(stage: str, done: int, total: int) -> None:
                nonlocal stage_now, began, told
                label = f"{name}: {stage}"
                now = time.monotonic()
                if stage_now != label:
                    stage_now, began, told = label, now, False
                    progress.reset(task, description=label, total=total, visible=False)
                # A stage of one step says nothing until it ends, so it is shown at once.
                late = now - began > _SHOWN_AFTER or total == 1
                progress.update(task, completed=done, total=total, visible=late and done < total)
                if late and not told and plain and total > 1:
                    notes.print(f"{label}: {total} ...")
                    told = True

            return update

        yield of
