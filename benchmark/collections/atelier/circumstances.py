"""What a shape, a stage or a hand may need to know of the scene it serves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Circumstances:
    """The circumstances of a scene; an attribute that does not apply is empty.

    `variant` is any number: shapes use it for small differences that are no facts.
    """

    setting: str = ""
    season: str = ""
    hour: str = ""
    weather: str = ""
    palette: str = ""
    style: str = ""
    variant: int = 0

    @property
    def night(self) -> bool:
        return self.hour == "night"

    @property
    def snowy(self) -> bool:
        """Whether snow lies on roofs and boughs."""
        return self.season == "winter"
