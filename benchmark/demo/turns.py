"""A talk: what was said turn by turn, pointed at, liked and rejected. Nothing here changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from benchmark.errors import HIDDEN

LONGEST = 2_000
"""Characters of one turn that are read."""


@dataclass(frozen=True)
class Turn:
    """One turn of the visitor, and her reactions to what it found (paintings by id)."""

    words: str
    """Empty where she only points."""
    pointed: str | None = None
    """A painting of the answer before: more like this one."""
    liked: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """What a submission is asked at a turn: the words of all turns so far, and what was pointed at,
    liked and rejected until then. A painting stands where it was put last."""

    text: str
    pointed: str | None
    liked: tuple[str, ...]
    rejected: tuple[str, ...]


@dataclass(frozen=True)
class Talk:
    """All turns, of which the first `at` are shown; what follows them was gone back from."""

    turns: tuple[Turn, ...] = ()
    at: int = 0

    def saying(self, words: str, pointed: str | None = None) -> Talk:
        """One turn more after those shown; what was gone back from is forgotten."""
        return Talk((*self.turns[: self.at], Turn(words, pointed)), self.at + 1)

    def back_to(self, at: int) -> Talk:
        """The same with its first `at` turns shown."""
        return replace(self, at=max(0, min(at, len(self.turns))))

    def liking(self, painting: str) -> Talk:
        """A painting of the turn that is shown is liked; or no longer, where it was."""
        return self._reacted(painting, like=True)

    def rejecting(self, painting: str) -> Talk:
        """The same with rejecting it."""
        return self._reacted(painting, like=False)

    @property
    def shown(self) -> Turn:
        """The turn that is shown; not to be asked of a talk that has none."""
        return self.turns[self.at - 1]

    def question(self) -> Question:
        """What is asked at the turn that is shown."""
        before, last = self.turns[: self.at - 1], self.shown
        stands: dict[str, bool] = {}
        for painting, liked in _reactions(before):
            stands[painting] = liked
        for turn in before:
            if turn.pointed is not None:
                stands.setdefault(turn.pointed, True)
        return Question(
            text=" ".join(_sentence(one.words) for one in (*before, last) if one.words),
            pointed=last.pointed,
            liked=tuple(painting for painting, liked in stands.items() if liked),
            rejected=tuple(painting for painting, liked in stands.items() if not liked),
        )

    def _reacted(self, painting: str, like: bool) -> Talk:
        turn = self.shown
        mine, other = (turn.liked, turn.rejected) if like else (turn.rejected, turn.liked)
        rest = tuple(one for one in mine if one != painting)
        mine = rest if len(rest) < len(mine) else (*mine, painting)
        other = tuple(one for one in other if one != painting)
        liked, rejected = (mine, other) if like else (other, mine)
        turn = replace(turn, liked=liked, rejected=rejected)
        turns = (*self.turns[: self.at - 1], turn, *self.turns[self.at :])
        return replace(self, turns=turns)


def cleaned(typed: str) -> tuple[str, bool]:
    """What somebody typed as one line without characters that act, and whether it was cut."""
    start = typed[: 4 * LONGEST]
    words = " ".join(HIDDEN.sub(" ", start).split())
    return words[:LONGEST], len(words) > LONGEST or len(typed) > len(start)


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _reactions(turns: tuple[Turn, ...]) -> Iterator[tuple[str, bool]]:
    """Paintings, and whether they were liked, in the order of the turns."""
    for turn in turns:
        yield from ((painting, True) for painting in turn.liked)
        yield from ((painting, False) for painting in turn.rejected)
