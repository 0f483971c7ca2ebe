"""Answers for a Captioner: a line of text for each picture."""

from __future__ import annotations

from benchmark.abilities import Captioner
from benchmark.errors import SubmissionFailed
from benchmark.harness.isolation.answers import LONGEST_CAPTION
from benchmark.harness.worker.requests import Answer, Request


class CaptionerHandler:
    """A method a request."""

    def __init__(self, model: Captioner) -> None:
        self._model = model

    def caption(self, request: Request) -> Answer:
        """Captions of the pictures that can be read, with white space as single blanks."""
        if not request.images:
            return {"sizes": [], "unread": request.unread}, ()
        returned, count = self._model.caption(request.images), len(request.images)
        if not isinstance(returned, list | tuple) or not all(isinstance(c, str) for c in returned):
            raise SubmissionFailed(f"caption returned {_kind(returned)}, not a list of strings")
        if len(returned) != count:
            raise SubmissionFailed(
                f"caption returned {len(returned)} captions for {count} pictures"
            )
        said = [" ".join(one.split()).encode(errors="replace") for one in returned]
        if (longest := max(map(len, said))) > LONGEST_CAPTION:
            raise SubmissionFailed(
                f"caption returned {longest} bytes for a picture; at most {LONGEST_CAPTION}"
            )
        return {"sizes": [len(one) for one in said], "unread": request.unread}, said


def _kind(returned: object) -> str:
    """What was returned instead of strings, or among them."""
    if isinstance(returned, list | tuple):
        returned = next(one for one in returned if not isinstance(one, str))
    return type(returned).__name__
