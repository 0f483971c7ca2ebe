"""What one tab of a browser holds: the talk, the submissions chosen, and what they answered."""

from __future__ import annotations

from benchmark.demo.live_search import Answer, Search
from benchmark.demo.phrases import Language
from benchmark.demo.preparing import Preparing, liked_best
from benchmark.demo.turns import Question, Talk


class Tab:
    """Tabs share nothing but models. Answers are kept, so that going back is instant."""

    def __init__(self, search: Search, preparing: Preparing) -> None:
        self.search, self.preparing = search, preparing
        self.talk = Talk()
        self.language: Language = "en"
        self._chosen: list[str | None] = [None]
        self._answers: dict[tuple[str, Question], Answer] = {}

    @property
    def names(self) -> list[str]:
        """The submissions talked to, one or two; what was not chosen is proposed."""
        found: list[str] = []
        for place, chosen in enumerate(self._chosen):
            name = chosen or (self.preparing.first if place == 0 else self._another(found))
            found += [name] if name else []
        return found

    def choose(self, place: int, name: str) -> None:
        """Talk to a submission, in the first place or the second."""
        self._chosen[place] = name

    def side_by_side(self, two: bool) -> None:
        """Talk to two submissions, or to the first alone."""
        self._chosen = [self._chosen[0], None] if two else self._chosen[:1]

    @property
    def two(self) -> bool:
        """Whether two are talked to."""
        return len(self._chosen) > 1

    def answer(self, name: str) -> Answer | None:
        """What a submission answers to the turn that is shown; None where it has not yet."""
        return self._answers.get((name, self.talk.question()))

    def pending(self) -> list[tuple[str, Question]]:
        """What is to be asked for the turn that is shown; what failed is asked again."""
        if not self.talk.at:
            return []
        question = self.talk.question()
        asked = [(name, question) for name in self.names]
        for key in asked:
            if (known := self._answers.get(key)) and known.failed:
                del self._answers[key]
        return [key for key in asked if key not in self._answers]

    def find(self, name: str, question: Question) -> None:
        """Ask, and keep the answer. May be called in another thread."""
        self._answers[name, question] = self.search.answer(name, question)

    def _another(self, taken: list[str]) -> str | None:
        others = [one for one in self.preparing.offers if one.name not in taken]
        return liked_best(others)
