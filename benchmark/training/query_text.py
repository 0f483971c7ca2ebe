"""A synthetic query while it is put together, and how it reads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass
class SyntheticQuery:
    """`needs` and `bars`: tags a picture must and must not have; the text in one language."""

    subjects: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    bars: list[str] = field(default_factory=list)
    opening: str = ""
    closing: str = ""
    language: int = 0
    before: list[str] = field(default_factory=list)
    """Adjectives of the first subject, or of what follows if there is none."""

    @property
    def text(self) -> str:
        joint = (" and ", " et ")[self.language]
        subjects = joint.join(self.subjects).removeprefix("a " if self.before else "")
        parts = [*self.before, subjects, ", ".join(self.rest)]
        said = " ".join(part for part in parts if part)
        opening = self.opening if said else self.opening.rsplit(" ", 2)[0]  # "a woodcut of ..."
        return _elided((opening + said).strip() + self.closing, self.language)


def _elided(said: str, language: int) -> str:
    """With the little words as what follows them wants: "an owl", "au-dessus d'un lac"."""
    if language == 0:
        return re.sub(r"\ba (?=[aeio])", "an ", said)
    said = said.replace(" de le ", " du ").replace(" de les ", " des ")
    return re.sub(r"\bde (?=[aeiouéèêâîœ])", "d'", said)
