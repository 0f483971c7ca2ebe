"""The two errors people meet: their input is wrong, or a submission failed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


class BadInput(Exception):
    """Something a person gave is wrong. One line: where (file, field), what, and the remedy."""

    def __init__(self, where: object, problem: str, remedy: str = "") -> None:
        super().__init__(f"{where}: {problem}" + (f"; {remedy}" if remedy else ""))


class SubmissionFailed(Exception):
    """A submission could not be run to the end. One line: why. The other submissions go on."""


@contextmanager
def one_line() -> Iterator[None]:
    """Ends the program with one line on stderr and exit code 2 on bad input, not a traceback."""
    try:
        yield
    except BadInput as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
