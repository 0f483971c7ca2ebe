"""The page of similarity functions: what each submission finds when it is searched by another."""

from __future__ import annotations

from dataclasses import dataclass

from benchmark.results.schema import Result
from benchmark.search.similarities import SIMILARITIES
from benchmark.search.similarity import INNER_PRODUCT
from benchmark.site.leaderboard import Leaderboard
from benchmark.site.page import Files, Page, Site
from benchmark.site.templates import render
from benchmark.tasks._embeddings import Searched


@dataclass(frozen=True)
class _Told:
    """A submission and a similarity that are told apart from its inner product."""

    submission: str
    similarity: str
    searched: Searched


@dataclass(frozen=True)
class _Part:
    """What the page says of one board."""

    board: Leaderboard
    results: list[Result]
    """Those with figures, best first."""
    without: list[str]
    """Those with embeddings and no figures yet."""

    @property
    def names(self) -> list[str]:
        """Similarities that all of them have figures of, the inner product first."""
        every = (INNER_PRODUCT, *SIMILARITIES)
        return [name for name in every if all(name in _found(one) for one in self.results)]

    @property
    def better(self) -> list[_Told]:
        """Where another similarity finds more, its interval above 0; most gained first."""
        found = [told for told in self._told() if told.searched.gain.low > 0]
        return sorted(found, key=lambda told: -told.searched.gain.mean)

    @property
    def worse(self) -> int:
        """How often another similarity finds less, its interval below 0."""
        return sum(told.searched.gain.high < 0 for told in self._told())

    @property
    def same(self) -> int:
        """How often it finds the same for every topic."""
        gains = [told.searched.gain for told in self._told()]
        return sum(gain.low == gain.high == 0 for gain in gains)

    @property
    def compared(self) -> int:
        """How many submissions there are by similarities beside the inner product."""
        return len(self._told())

    def _told(self) -> list[_Told]:
        return [
            _Told(one.submission, name, _found(one)[name])
            for one in self.results
            for name in self.names[1:]
        ]


def draw(site: Site) -> Files:
    """The one page."""
    parts = [part for board in site.boards if (part := _part(board)).results]
    page = render(
        "similarity_functions.md.j2",
        parts=parts,
        similarities=SIMILARITIES.values(),
        bits={name for name, one in SIMILARITIES.items() if one.bytes_per_painting(8) == 1},
        inner_product=INNER_PRODUCT,
    )
    yield PAGE.path, page


def _part(board: Leaderboard) -> _Part:
    kept = [result for result in board.results if result.space is not None]
    return _Part(
        board,
        [result for result in kept if _found(result)],
        [result.submission for result in kept if not _found(result)],
    )


def _found(result: Result) -> dict[str, Searched]:
    return result.space.similarities if result.space else {}


PAGE = Page(path="similarity-functions.md", title="Similarity functions", draw=draw)
