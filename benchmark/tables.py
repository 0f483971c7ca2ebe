"""What the tables of strangers' TOML files are made of: bounded, seen, and no key unknown."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode's categories of what is not seen, and can make a line read otherwise than it is."""


def seen(text: str) -> str:
    """The text itself. Raises ValueError where it has characters that nobody sees."""
    if any(unicodedata.category(character) in _UNSEEN for character in text):
        raise ValueError("has control or invisible characters")
    return text


NAME = r"^[a-z0-9][a-z0-9-]{0,79}$"
Name = Annotated[str, Field(pattern=NAME)]
Text = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(seen)]
Link = Annotated[str, Field(max_length=500, pattern=r"^https?://[A-Za-z0-9._~:/?#@!$&()*+,;=%-]+$")]


class Table(BaseModel):
    """A table of a manifest: a key that it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)
