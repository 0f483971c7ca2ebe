"""A pull: each painting of a manifest gets its picture, or a reason why it has none."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmark.collections import pulled
from benchmark.collections.one_at_a_time import one_at_a_time
from benchmark.collections.pulled import MISSING, Picture
from benchmark.collections.pulling.api import BATCH
from benchmark.collections.pulling.clock import Clock
from benchmark.collections.pulling.found import Gives, Way
from benchmark.collections.pulling.inspection import inspected
from benchmark.collections.pulling.journal import Journal, digest
from benchmark.collections.pulling.refusals import Ended, Unavailable, Unfit
from benchmark.collections.pulling.wanted import Work, batches, count
from benchmark.errors import BadInput
from benchmark.workspace import replacing

AT_ONCE = 2
"""Pictures: the robot policy's limit."""
_IN_A_ROW = 20
"""Pictures that a server does not give, one after another, before it is left alone."""


@dataclass
class Account:
    """How a pull ended. `missing` counts reasons; `ended` says why it ended early, if it did."""

    source: str
    works: int
    pulled: int = 0
    there: int = 0
    bytes: int = 0
    smaller: int = 0
    seconds: float = 0.0
    ended: str = ""
    missing: Counter[str] = field(default_factory=Counter)
    licences: Counter[str] = field(default_factory=Counter)


def pull(
    manifest: Path,
    collection: str,
    cache: Path,
    gives: Gives,
    clock: Clock,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Account:
    """Pull what is not there yet; from then on these pictures are the ones that are used.

    Raises BadInput where another pull is at it, or notes or manifest are broken.
    """
    home, source, begun = pulled.home(cache, collection), gives.source, clock.now()
    account = Account(str(source), count(manifest))
    problem = "another pull is under way on this machine"
    busy = BadInput(home.name, problem, "wait until it is through")
    # One lock for all collections: together they ask for AT_ONCE pictures.
    with (
        one_at_a_time(home.parent / ".lock", busy),
        closing(Journal(home / source.slug)) as journal,
    ):
        one = _Pull(gives, journal, account, clock)
        with (
            replacing(journal.folder / MISSING) as missing,
            missing.open("w") as stream,
            one.threads(),
        ):
            done = 0
            for works in batches(manifest, BATCH):
                for work, why in one.batch(works):
                    stream.write(json.dumps({"id": work.id, "why": why}) + "\n")
                done += len(works)
                progress(done, account.works)
        if len(journal):
            pulled.use(cache, collection, source)
        account.licences = journal.licences
    account.seconds = clock.now() - begun
    return account


class _Pull:
    """What is to be known from one batch to the next."""

    def __init__(self, gives: Gives, journal: Journal, account: Account, clock: Clock) -> None:
        self._gives, self._journal, self._account = gives, journal, account
        self._clock, self._in_a_row = clock, 0
        self._today = datetime.now(UTC).date().isoformat()

    @contextmanager
    def threads(self) -> Iterator[None]:
        """The threads that pull; whatever ends the block ends their waiting."""
        with ThreadPoolExecutor(AT_ONCE) as self._pool:
            try:
                yield
            finally:
                self._clock.stop("the pull is over")
                self._pool.shutdown(cancel_futures=True)

    def batch(self, works: Sequence[Work]) -> list[tuple[Work, str]]:
        """Pull those that are not there yet; those that stay missing, with the reason."""
        account = self._account
        rest = [work for work in works if not self._journal.intact(work.id)]
        account.there += len(works) - len(rest)
        for work in rest:
            self._journal.discard(work.id)
        whys = [(work, why) for work, why in zip(rest, self._reasons(rest), strict=True) if why]
        account.missing.update(why for _, why in whys)
        self._journal.settle()
        return whys

    def _reasons(self, works: Sequence[Work]) -> Iterator[str]:
        """For each work why it stays missing, or "" now that it is pulled."""
        if works and not self._account.ended:
            try:
                ways = self._gives.locate(works)
            except Ended as ended:
                self._end(str(ended))
            else:
                tasks = [self._pool.submit(self._take, work, ways[work.id]) for work in works]
                yield from (self._reason(task) for task in tasks)
                return
        yield from (f"was not asked for: {self._account.ended}" for _ in works)

    def _take(self, work: Work, way: Way) -> Picture:
        """Get, check and keep a picture; its bytes are let go of here."""
        if isinstance(way, str):
            raise Unfit(way)
        data, about = way()
        seen = inspected(data)
        picture = Picture(
            id=work.id, file=f"{work.id}.{seen.extension}", sha256=digest(data), bytes=len(data),
            width=seen.width, height=seen.height, pulled=self._today, **about,
        )  # fmt: skip
        self._journal.keep(picture, data)
        return picture

    def _reason(self, task: Future[Picture]) -> str:
        account = self._account
        try:
            picture = task.result()
        except Unfit as unfit:
            return str(unfit)
        except Unavailable as unavailable:
            self._in_a_row += 1
            if self._in_a_row >= _IN_A_ROW:
                self._end(f"{self._in_a_row} pictures in a row were not given ({unavailable})")
            return str(unavailable)
        except Ended as ended:
            self._end(str(ended))
            return f"was not asked for: {account.ended}"
        self._in_a_row = 0
        account.pulled += 1
        account.bytes += picture.bytes
        account.smaller += picture.width < self._gives.source.px
        return ""

    def _end(self, why: str) -> None:
        """Ask nobody for anything more."""
        self._account.ended = self._account.ended or why
        self._clock.stop(why)
