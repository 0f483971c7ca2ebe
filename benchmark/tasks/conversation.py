"""Conversation: a request is refined, corrected and taken back; each turn is answered."""

from __future__ import annotations

from collections import defaultdict

from benchmark.abilities import Searcher
from benchmark.records import Interval
from benchmark.scorers import Answers, Judgments, Scores
from benchmark.scorers.measures import SESSION, TURN
from benchmark.tasks._means import of_groups
from benchmark.tasks._task import Section, Sources, Task


class ConversationSection(Section):
    """What is found in conversations. `turns`: ndcg@10 of first turns, second turns, ..."""

    sessions: int
    nsdcg: Interval
    turns: list[Interval]


class Conversation(Task):
    name, title, ability = "conversation", "Finding paintings in a conversation", Searcher
    section = ConversationSection
    measures = (TURN, SESSION)

    def asked(self, sources: Sources) -> list[tuple[str, str]]:
        return [(turn.id, turn.text) for turn in sources.query_set.turns]

    def judgments(self, sources: Sources) -> Judgments:
        known = sources.query_set
        sessions: dict[str, list[str]] = defaultdict(list)
        for turn in known.turns:
            sessions[turn.session].append(turn.id)
        return Judgments(
            qrels=known.turn_qrels,
            query_ids=tuple(turn.id for turn in known.turns),
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
        return ConversationSection(
            sessions=len(sessions),
            nsdcg=of_groups({topic: found.values() for topic, found in sessions.items()}),
            turns=[of_groups(turns[number]) for number in sorted(turns)],
        )


TASK = Conversation()
