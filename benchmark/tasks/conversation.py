"""Conversation: a request is refined, corrected, taken back and pointed; each turn is answered."""

from __future__ import annotations

from collections import defaultdict
from typing import Self

from pydantic import Field

from benchmark.abilities import Searcher
from benchmark.records import Interval
from benchmark.scorers import Answers, Judgments, Scores
from benchmark.scorers.measures import BRI, HIT, SESSION, TURN
from benchmark.tasks._means import of_groups
from benchmark.tasks._talks import SystemFigures, Talk, Talks
from benchmark.tasks._task import Section, Sources, Task


class ConversationSection(Section):
    """What is found in conversations, asked with all turns joined. `turns`: ndcg@10 of first
    turns, second turns, ...

    `systems` have what is found when something takes turns; `example` is a worked talk.
    """

    sessions: int
    nsdcg: Interval
    turns: list[Interval]
    systems: dict[str, SystemFigures] = Field(default_factory=dict)
    example: Talk | None = None

    def keeping(self, earlier: Section) -> Self:
        """This section with the systems that need embeddings, from an earlier one."""
        if not isinstance(earlier, ConversationSection):
            return self
        if not any(one.needs_embeddings for one in earlier.systems.values()):
            return self
        kept = {
            name: one if one.needs_embeddings else self.systems.get(name, one)
            for name, one in earlier.systems.items()
        }
        return self.model_copy(update={"systems": kept, "example": earlier.example})


class Conversation(Task):
    name, title, ability = "conversation", "Finding paintings in a conversation", Searcher
    section = ConversationSection
    measures = (TURN, SESSION, HIT, BRI)

    def asked(self, sources: Sources) -> list[tuple[str, str]]:
        return sources.query_set.said

    def judgments(self, sources: Sources) -> Judgments:
        known = sources.query_set
        sessions: dict[str, list[str]] = defaultdict(list)
        for turn in known.turns:
            sessions[turn.session].append(turn.id)
        return Judgments(
            qrels=known.turn_qrels,
            query_ids=tuple(name for name, _ in known.said),
            sessions=sessions,
        )

    def summary(self, scores: Scores, answers: Answers, sources: Sources) -> ConversationSection:
        """Means over turns of each number, and over sessions; both languages of one count as
        one."""
        turns: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        sessions: dict[str, dict[str, float]] = defaultdict(dict)
        for turn in sources.query_set.turns:
            if turn.id in scores[TURN.name]:
                turns[turn.number][turn.topic].append(scores[TURN.name][turn.id])
            value = scores[SESSION.name][turn.session]
            sessions[turn.session_topic][turn.session] = value
        systems, example = Talks(answers, sources.query_set.turns, sources.catalogue).figures()
        return ConversationSection(
            sessions=len(sessions),
            nsdcg=of_groups({topic: found.values() for topic, found in sessions.items()}),
            turns=[of_groups(turns[number]) for number in sorted(turns)],
            systems=systems,
            example=example,
        )


TASK = Conversation()
