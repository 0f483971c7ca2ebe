"""Whom the servers that we ask can write to: the operator's address or page, a setting."""

from __future__ import annotations

import os
import re
from importlib.metadata import version

from benchmark import __version__
from benchmark.errors import BadInput

CONTACT = "CIMAISE_CONTACT"
"""The environment variable that has it."""
_SHAPE = re.compile(r"(?=.*@|https?://)[!-'*-~]{5,200}")
"""No spaces, and no brackets, which stand around it in the user agent."""


def contact() -> str:
    """An e-mail address or a page. Raises BadInput where the variable has none."""
    said = os.environ.get(CONTACT, "")
    if not _SHAPE.fullmatch(said):
        problem = f"is '{said}', no address or page" if said else "is not set"
        remedy = f"servers ask whom to write to: export {CONTACT}=you@example.org, or your page"
        raise BadInput(CONTACT, problem, remedy)
    return said


def user_agent(contact: str) -> str:
    """What we call ourselves: program, version, whom to write to, and the library that asks."""
    return f"Cimaise/{__version__} ({contact}) urllib3/{version('urllib3')}"
