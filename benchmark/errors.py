"""The two errors people meet: their input is wrong, or a submission failed."""

from __future__ import annotations


class BadInput(Exception):
    """Something a person gave is wrong. One line: where (file, field), what, and the remedy."""

    def __init__(self, where: object, problem: str, remedy: str = "") -> None:
        super().__init__(f"{where}: {problem}" + (f"; {remedy}" if remedy else ""))


class SubmissionFailed(Exception):
    """A submission could not be run to the end. One line: why. The other submissions go on."""
