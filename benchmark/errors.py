"""The two errors people meet: their input is wrong, or a submission failed."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST = 500
"""Characters of an error line."""

HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # C0 with ESC, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of writing
    "\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"  # ends of lines, marks, halves of a character
)
"""Characters that act on a terminal or a page instead of being read."""


def plain(text: str) -> str:
    """What a stranger wrote, with each character that would act shown as its escape (`\\x1b`)."""
    return HIDDEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def _line(text: str) -> str:
    """The same as one line of at most 500 characters."""
    shown = plain(text)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


class BadInput(Exception):
    """Something a person gave is wrong. One line: where (file, field), what, and the remedy."""

    def __init__(self, where: object, problem: str, remedy: str = "") -> None:
        super().__init__(_line(f"{where}: {problem}" + (f"; {remedy}" if remedy else "")))


class SubmissionFailed(Exception):
    """A submission could not be run to the end. One line: why. The other submissions go on."""

    def __init__(self, line: str) -> None:
        super().__init__(_line(line))


@contextmanager
def one_line() -> Iterator[None]:
    """Ends the program with one line on stderr and exit code 2 on bad input, not a traceback."""
    try:
        yield
    except BadInput as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
