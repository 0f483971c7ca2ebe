"""What systems that take turns make of the conversations, from one submission's lists and
embeddings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from benchmark.conversing.play import Asked, Played, play
from benchmark.conversing.systems import JOINED, systems
from benchmark.conversing.talk import Known, System, Vectors
from benchmark.conversing.words import meaning
from benchmark.queries.conversations import KINDS, POINT, Turn
from benchmark.records import Interval, Qrels, Record, Run
from benchmark.scorers import CUT, Answers, lists
from benchmark.scorers.measures import BRI, SESSION, TURN
from benchmark.scorers.sessions import hits, sessions
from benchmark.statistics import interval, intervals
from benchmark.tasks._means import of_groups

if TYPE_CHECKING:
    from benchmark.conversing.constraints import Catalogue


class SystemFigures(Record):
    """What one system finds in conversations; means over sessions, whose languages count as one.

    Each system has a visitor of its own, and is scored without the paintings that she reacted to
    before.
    """

    meaning: str
    needs_embeddings: bool
    needs_graph: bool = False
    """Whether it looks at the catalogue graph beside what the submission looks at."""
    nsdcg: Interval
    gain: Interval | None
    """nsdcg less that of all turns joined, session by session; None for that system."""
    bri: Interval
    """Lower is better."""
    bri_gain: Interval | None
    turns: list[Interval]
    """ndcg@10 of first turns, second turns, ..."""
    kinds: dict[str, Interval]
    """ndcg@10 by kind of turn."""
    hits: list[Interval]
    """Hits@10 after each round; a session that has ended keeps what it had."""


class Shown(Record):
    """One turn of a worked talk."""

    said: str
    kind: str
    pointed: str | None
    shown: list[str]
    liked: list[str]
    rejected: list[str]


class Talk(Record):
    """A worked talk: the first that points, with the system that is best on the whole."""

    system: str
    turns: list[Shown]


class Talks:
    """The conversations of a collection, ready to be played on one submission."""

    def __init__(
        self, answers: Answers, turns: Sequence[Turn], catalogue: Catalogue | None = None
    ) -> None:
        given = answers.embeddings
        self.vectors = (
            Vectors(given.query_ids, given.texts, given.painting_ids, given.images)
            if given
            else None
        )
        self._known = Known(lists(answers), self.vectors, catalogue)
        self._talks = _talks(turns, answers.judgments.qrels)
        self._answers, self._turns = answers, turns

    def play(self, system: System) -> dict[str, list[Played]]:
        """Session -> its turns, as a system played them."""
        return {name: play(system, talk, self._known) for name, talk in self._talks.items()}

    def values(self, system: System) -> Values:
        """What a system gets."""
        return Values(self._answers, self._turns, self.play(system))

    def figures(self) -> tuple[dict[str, SystemFigures], Talk | None]:
        """System -> its figures, and a worked talk; of systems that have here what they need."""
        fit = {name: one for name, one in systems().items() if one.fits(self._known)}
        values = {name: self.values(system) for name, system in fit.items()}
        found = {name: own.figures(fit[name], values[JOINED]) for name, own in values.items()}
        best = max(found, key=lambda name: found[name].nsdcg.mean)
        example = next((turn.session for turn in self._turns if turn.kind == POINT), None)
        if example is None:
            return found, None
        played = play(fit[best], self._talks[example], self._known)
        return found, _worked(best, self._turns, played)


def _talks(turns: Sequence[Turn], qrels: Qrels) -> dict[str, list[Asked]]:
    """Session -> its turns, as they are played."""
    found: dict[str, list[Asked]] = defaultdict(list)
    for turn in turns:
        asked = {wording: name for wording, (name, _) in turn.questions.items()}
        grades = qrels.get(turn.id, {})
        found[turn.session].append(
            Asked(
                turn.id,
                turn.said[-1],
                asked,
                meaning(turn.said[-1]).takes_back,
                turn.kind == POINT,
                grades,
            )
        )
    return dict(found)


class Values:
    """Values of one system by session and turn, means over the languages of one."""

    def __init__(
        self, answers: Answers, turns: Sequence[Turn], played: Mapping[str, Sequence[Played]]
    ) -> None:
        shown = [one for talk in played.values() for one in talk]
        falling = tuple(np.arange(len(one.shown), 0, -1, dtype=np.float32) for one in shown)
        run = Run(tuple(one.id for one in shown), tuple(one.shown for one in shown), falling)
        whole, qrels = answers.judgments, answers.judgments.qrels
        left = {
            one.id: {name: g for name, g in qrels.get(one.id, {}).items() if name not in one.gone}
            for one in shown
        }
        residual = Answers(run, replace(whole, qrels=left), answers.paintings)
        self._by_turn = TURN.compute(residual)
        self._turns = turns
        self._topics = {turn.session: turn.session_topic for turn in turns}
        self.nsdcg = self._of_topics(SESSION.compute(residual))
        everything = Answers(run, whole, answers.paintings)
        self.bri = self._of_topics(BRI.compute(everything))
        self._hits = {name: hits(found) for name, found in sessions(everything).items()}

    def figures(self, system: System, base: Values) -> SystemFigures:
        own = self is base
        rounds = max(map(len, self._hits.values()))
        by_round = [
            self._of_topics({s: found[min(at, len(found) - 1)] for s, found in self._hits.items()})
            for at in range(rounds)
        ]
        numbers = sorted({turn.number for turn in self._turns})
        kinds = [kind for kind in KINDS if any(turn.kind == kind for turn in self._turns)]
        by_kind = {kind: self._of_turns([t for t in self._turns if t.kind == kind])
                   for kind in kinds}  # fmt: skip
        return SystemFigures(
            meaning=system.meaning,
            needs_embeddings=system.needs_embeddings,
            needs_graph=system.needs_graph,
            nsdcg=interval(self.nsdcg),
            gain=None if own else interval(self.nsdcg - base.nsdcg),
            bri=interval(self.bri),
            bri_gain=None if own else interval(self.bri - base.bri),
            turns=[self._of_turns([t for t in self._turns if t.number == n]) for n in numbers],
            kinds=by_kind,
            hits=intervals(np.column_stack(by_round)),
        )

    def _of_topics(self, values: Mapping[str, float]) -> NDArray[np.float64]:
        """(s,) The mean over the languages of each session, in one order for all systems."""
        groups: dict[str, list[float]] = defaultdict(list)
        for session, topic in self._topics.items():
            groups[topic].append(values[session])
        return np.array([np.mean(group) for group in groups.values()])

    def _of_turns(self, turns: Sequence[Turn]) -> Interval:
        """The mean over sessions of their turns' ndcg; one without anything left has no value."""
        groups: dict[str, list[float]] = defaultdict(list)
        for turn in turns:
            if turn.id in self._by_turn:
                groups[turn.session_topic].append(self._by_turn[turn.id])
        return of_groups(groups) if groups else Interval(mean=0, low=0, high=0)


def _worked(system: str, turns: Sequence[Turn], played: Sequence[Played]) -> Talk:
    by_id = {turn.id: turn for turn in turns}
    return Talk(
        system=system,
        turns=[
            Shown(
                said=by_id[one.id].said[-1],
                kind=by_id[one.id].kind,
                pointed=one.turn.pointed,
                shown=list(one.shown[:CUT]),
                liked=list(one.turn.liked),
                rejected=list(one.turn.rejected),
            )
            for one in played
        ],
    )
