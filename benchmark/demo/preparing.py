"""What is made ready while the page stands already: a first model, then what else there is."""

from __future__ import annotations

import contextlib
from threading import Event, Thread

from benchmark.demo.live_search import Search
from benchmark.demo.offered import Offer, offers
from benchmark.errors import BadInput, SubmissionFailed

FIRST = ("cimaise-student", "graph-student", "graph-search")
"""Talked to first, in this order, where one of them is ready."""


class Preparing:
    """Runs beside the server. `offers` and `first` grow; events say what is there already."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self.offers: list[Offer] = []
        self.first: str | None = None
        """The submission that is talked to where none is chosen."""
        self.problem = ""
        """Why there is nothing to talk to, in one line."""
        self.chosen, self.known = Event(), Event()
        """Set once `first` stands, or none can; once all offers, and the collection, are there."""
        self._thread = Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin, and come back at once."""
        self._thread.start()

    def _run(self) -> None:
        try:
            self._ready()
        except (BadInput, SubmissionFailed) as error:
            self.problem = str(error)
        except KeyboardInterrupt:  # the server ends while a model is loaded
            pass
        finally:
            self.chosen.set()
            self.known.set()

    def _ready(self) -> None:
        session = self._search.session
        for name in FIRST:
            there = (session.workspace.submissions / name).is_dir()
            if there and not (found := offers(session, [name]))[0].missing:
                self.offers, self.first = found, name
                self.chosen.set()
                Thread(target=self._open, daemon=True).start()  # while the model is loaded
                self._load(name)
                break
        _ = self._search.rows  # a wrong collection has its line shown
        self.offers = offers(session)
        if self.first is None:
            self.first = liked_best(self.offers)
            self.chosen.set()
            self.known.set()
            if self.first is not None:
                self._load(self.first)
        self.known.set()
        self._search.gauge.prepare()

    def _open(self) -> None:
        with contextlib.suppress(BadInput):  # said by whoever needs it
            _ = self._search.rows

    def _load(self, name: str) -> None:
        with contextlib.suppress(SubmissionFailed):  # it says so when it is asked
            self._search.prepare(name)


def liked_best(found: list[Offer]) -> str | None:
    """Of what is ready: one of FIRST, else what looks at pictures, else any."""
    ready = [one for one in found if not one.missing]
    order = {name: place for place, name in enumerate(FIRST)}
    best = min(ready, key=lambda o: (order.get(o.name, len(FIRST)), not o.looks), default=None)
    return best.name if best else None
