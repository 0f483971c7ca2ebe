"""The page of talks: what systems that take turns find, with every submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmark.conversing.systems import JOINED
from benchmark.queries.conversations import KINDS
from benchmark.records import Interval
from benchmark.results.schema import Result
from benchmark.site.leaderboard import Leaderboard
from benchmark.site.page import Files, Page, Site
from benchmark.site.templates import render
from benchmark.tasks._talks import SystemFigures
from benchmark.tasks.conversation import ConversationSection


@dataclass(frozen=True)
class _Row:
    """What systems find with one submission."""

    result: Result
    talks: ConversationSection

    @property
    def best(self) -> str:
        """The system that is best on the whole."""
        return self._best(list(self.talks.systems))

    @property
    def best_without_graph(self) -> str:
        """The best of those that look at nothing but what the submission found and likes."""
        systems = self.talks.systems
        return self._best([name for name, one in systems.items() if not one.needs_graph])

    def _best(self, names: list[str]) -> str:
        return max(names, key=lambda name: self.talks.systems[name].nsdcg.mean)


@dataclass(frozen=True)
class _Part:
    """What the page says of one board."""

    board: Leaderboard
    rows: list[_Row]

    @property
    def systems(self) -> dict[str, SystemFigures]:
        """Every system, as one submission has it, all turns joined first."""
        found = {name: one for row in self.rows for name, one in row.talks.systems.items()}
        return dict(sorted(found.items(), key=lambda pair: (pair[0] != JOINED, pair[0])))

    @property
    def kinds(self) -> list[str]:
        known = {kind for row in self.rows for kind in row.talks.systems[JOINED].kinds}
        return [kind for kind in KINDS if kind in known]

    @property
    def rounds(self) -> int:
        return max(len(row.talks.systems[JOINED].hits) for row in self.rows)

    @property
    def better(self) -> int:
        """Submissions whose best system is beyond doubt above all turns joined."""
        return _beyond_doubt([row.talks.systems[row.best].gain for row in self.rows])

    @property
    def better_without_graph(self) -> int:
        """The same, of the systems that look at no graph."""
        return _beyond_doubt([row.talks.systems[row.best_without_graph].gain for row in self.rows])

    @property
    def example(self) -> Mapping[str, Any] | None:
        """The worked talk of the submission that does best when it takes turns."""
        rows = [row for row in self.rows if row.talks.example]
        if not rows:
            return None
        row = max(rows, key=lambda one: one.talks.systems[one.best].nsdcg.mean)
        talk = row.talks.example
        assert talk is not None, "only those that have one"
        card = self.board.thumbnails.card
        turns = [
            {
                "turn": turn,
                "cards": [card(name) for name in turn.shown],
                "pointed": turn.pointed and card(turn.pointed),
            }
            for turn in talk.turns
        ]
        return {"row": row, "system": talk.system, "turns": turns}


def _beyond_doubt(gains: list[Interval | None]) -> int:
    return sum(gain is not None and gain.low > 0 for gain in gains)


def draw(site: Site) -> Files:
    """The one page."""
    parts = [part for board in site.boards if (part := _part(board)).rows]
    yield PAGE.path, render("conversations.md.j2", parts=parts)


def _part(board: Leaderboard) -> _Part:
    rows = [_Row(result, found) for result in board.results
            if (found := result.conversations) is not None and found.systems]  # fmt: skip
    return _Part(board, sorted(rows, key=lambda row: -row.talks.systems[row.best].nsdcg.mean))


PAGE = Page(path="conversations.md", title="Conversations", menu=7, draw=draw)
