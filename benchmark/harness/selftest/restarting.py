"""A model that is asked again after it failed, each time in a fresh process."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from time import monotonic
from typing import Self, TypeVar

from benchmark.errors import SubmissionFailed
from benchmark.harness.isolation.job import Job
from benchmark.harness.isolation.model import Model

Found = TypeVar("Found")


class Restarting:
    """The model of a job, as a context manager: started when it is asked, ended when it failed.

    Its processes have the submission's `limits.wall_s` together, so that one that hangs at every
    input does not hang for as many hours.
    """

    def __init__(self, job: Job) -> None:
        self._job, self._stack = job, ExitStack()
        self._model: Model | None = None
        self._until = monotonic() + job.manifest.limits.wall_s

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def tried(self, call: Callable[[Model], Found]) -> Found | SubmissionFailed:
        """What a call gives of the loaded model, or its failure, after which its process is gone:
        what it would say next could be the answer to anything."""
        try:
            return call(self._started())
        except SubmissionFailed as failure:
            self.end()
            return failure

    def end(self) -> None:
        """End its process; the next call starts a fresh one."""
        self._stack.close()
        self._model = None

    def _started(self) -> Model:
        if self._model is None:
            manifest = self._job.manifest
            left = int(self._until - monotonic())
            if left < 1:
                raise SubmissionFailed(
                    f"not tried: all before took {manifest.limits.wall_s} s (limits.wall_s)"
                )
            limits = manifest.limits.model_copy(update={"wall_s": left})
            job = replace(self._job, manifest=manifest.model_copy(update={"limits": limits}))
            model = self._stack.enter_context(Model(job))
            model.load()
            self._model = model
        return self._model
