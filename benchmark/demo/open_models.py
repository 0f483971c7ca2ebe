"""The models that stand open, at most a few; the longest unused makes room for another."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Lock
from typing import TypeVar

from benchmark.demo.opened_model import Opened
from benchmark.errors import SubmissionFailed
from benchmark.harness.evaluation.session import Session
from benchmark.submission import Submission, load

_MOST = 4

T = TypeVar("T")


class OpenModels:
    """Hands out the models of submissions. Several threads may ask."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._open: OrderedDict[str, Opened] = OrderedDict()
        self._loaded: dict[str, Submission] = {}
        self._choosing = Lock()
        # Behind its walls a process ends with the thread that started it: these stay.
        self._starting = ThreadPoolExecutor(_MOST, "starting")
        self._ended = False

    def submission(self, name: str) -> Submission:
        """As its manifest says, which is read once. Raises BadInput."""
        if name not in self._loaded:
            self._loaded[name] = load(self._session.workspace.submissions / name)
        return self._loaded[name]

    @contextmanager
    def held(self, submission: Submission) -> Iterator[dict[str, Opened]]:
        """Its model and those of its stages, by name, loaded, and nobody else's meanwhile.

        Raises SubmissionFailed, BadInput.
        """
        every = (*self._session.below(submission).values(), submission)
        wanted = sorted((one for one in every if one.model is not None), key=lambda one: one.name)
        with self._choosing:
            if self._ended:
                raise SubmissionFailed("stopped")
            for one in wanted:
                found = self._open.pop(one.name, None) or Opened(self._session, one)
                self._open[one.name] = found
            models = {one.name: self._open[one.name] for one in wanted}
            self._make_room(max(_MOST, len(wanted)))
        with ExitStack() as locks:
            for model in models.values():  # in the order of names: nobody waits in a circle
                locks.enter_context(model.lock)
            for model in models.values():
                well(model, self._start(model))
            yield models

    def close(self) -> None:
        """End every model, those too that are being asked, and open no other."""
        with self._choosing:
            self._ended = True
            for one in self._open.values():
                one.close()
            self._open.clear()
        self._starting.shutdown(wait=False, cancel_futures=True)

    def _start(self, model: Opened) -> Callable[[], object]:
        try:
            return self._starting.submit(model.open).result
        except RuntimeError:  # closed meanwhile
            raise SubmissionFailed("stopped") from None

    def _make_room(self, most: int) -> None:
        for name in list(self._open)[:-most]:
            idle = self._open[name]
            if idle.lock.acquire(blocking=False):
                del self._open[name]
                idle.close()
                idle.lock.release()


def well(model: Opened, ask: Callable[[], T]) -> T:
    """Ask a model; it is closed where it fails, so that the next question finds a new one."""
    try:
        return ask()
    except BaseException as error:
        model.close()
        if isinstance(error, SubmissionFailed):
            raise SubmissionFailed(f"{model.submission.name}: {error}") from None
        raise
