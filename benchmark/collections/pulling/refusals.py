"""What can be between us and a picture: its own fault, the server's for now, or the end."""

from __future__ import annotations


class Unfit(Exception):
    """This picture is not to be had, and asking again would not help. One line: why."""


class Unavailable(Exception):
    """The server does not give it, after all the tries it was worth. One line: why."""


class Again(Exception):
    """Worth another try, after so many seconds at least."""

    def __init__(self, why: str, after: float = 0.0) -> None:
        super().__init__(why)
        self.after = after


class Ended(Exception):
    """Nothing more can be asked now: what was pulled is kept. One line: why."""
