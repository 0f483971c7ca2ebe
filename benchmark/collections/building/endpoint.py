"""Asking a SPARQL endpoint politely: one query at a time, and no sooner than it allows."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse, IncompleteRead
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import benchmark
from benchmark.collections.contact import contact
from benchmark.errors import BadInput
from benchmark.parsing import JSON_MOST, shown
from benchmark.tables import seen
from benchmark.workspace import digest_of, replacing

WIKIDATA = "https://query.wikidata.org/sparql"
RESULTS = ("application/sparql-results+json", "application/json")
BROKEN_OFF = "an answer that breaks off"
TRIES = 5
_SILENCE, _WHOLE = 65.0, 150.0
"""Seconds without a byte, and until the last one; Wikidata's service gives a query 60."""
_LONGEST_WAIT = 3600.0
"""Seconds: who asks for more is not waited for, but remembered."""


class TooMuch(Exception):
    """The answer takes too long or is too long; less may be asked for."""


class _Stay(HTTPRedirectHandler):
    """Redirects are told, not followed: they may lead anywhere, and in a circle."""

    def redirect_request(self, *args: object) -> None:
        return None


@dataclass(frozen=True)
class Endpoint:
    """A SPARQL 1.1 endpoint. `notes` is a folder for what it said of waiting; `pause` is the
    first of the waits, in seconds, that double from try to try where it says nothing."""

    address: str
    notes: Path
    pause: float = 1.0
    sleep: Callable[[float], None] = time.sleep
    say: Callable[[str], None] = lambda line: None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While no other process asks it. Raises BadInput where one does."""
        import fcntl

        path = self._note(".lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                problem = "is being asked by another build, and takes one query at a time"
                raise BadInput(self.address, problem, "wait for that to end") from None
            yield

    def ask(self, query: str, into: Path) -> None:
        """Write the JSON results of a query, 16 MB at most, to a file.

        Raises TooMuch where asking for less may help, BadInput where it will not, or where the
        endpoint is out of order or asks for an hour's rest.
        """
        problem = ""
        for attempt in range(TRIES):
            self._rest()
            try:
                self._once(query, into)
                return
            except HTTPError as error:
                with error:
                    problem = self._refused(error)
            except TimeoutError:
                raise TooMuch("no answer in time") from None
            except (URLError, HTTPException, OSError) as error:
                if isinstance(getattr(error, "reason", None), TimeoutError):
                    raise TooMuch("no answer in time") from None
                problem = f"cannot be asked ({_reason(error)})"
            if attempt + 1 < TRIES:
                self._rest_for(self.pause * 2**attempt)
        raise BadInput(self.address, problem, "run the same command later: it goes on from there")

    def _once(self, query: str, into: Path) -> None:
        body = urlencode({"query": query}).encode()
        request = Request(self.address, body, {"Accept": RESULTS[0], "User-Agent": agent()})
        began = time.monotonic()
        with build_opener(_Stay).open(request, timeout=_SILENCE) as answer:
            kind = answer.headers.get_content_type()
            if kind not in RESULTS:
                problem = f"answers with {shown(kind)} in place of JSON results"
                raise BadInput(self.address, problem, "check --endpoint")
            _copy(answer, into, began + _WHOLE)

    def _refused(self, error: HTTPError) -> str:
        """What to say of a refusal that may pass. Raises TooMuch or BadInput for another."""
        said = _beginning(error)
        if error.code in (429, 503) and (told := error.headers.get("Retry-After")):
            self._rest_for(_seconds(told))
            return f"asks to be left alone ({error.code})"
        if error.code == 504 or "timeout" in said.lower() or "timed out" in said.lower():
            raise TooMuch("over its time limit")
        if error.code == 429:  # some say so of a query that took too long
            self._rest_for(self.pause)
            raise TooMuch("over its limits")
        if error.code >= 500:
            return f"is out of order ({error.code})"
        if 300 <= error.code < 400:
            there = shown(error.headers.get("Location", "elsewhere"))
            raise BadInput(self.address, f"has moved to {there}", "give that as --endpoint")
        line = " ".join(said.split())[:200]
        raise BadInput(self.address, f"refuses the query ({error.code}): {shown(line)}")

    def _rest_for(self, seconds: float) -> None:
        """Ask no more for so long, or as long as was said before, even if this process ends."""
        until = max(time.time() + seconds, self._until())
        with replacing(self._note(".rest")) as temporary:
            temporary.write_text(str(until))

    def _until(self) -> float:
        """The time before which it wants not to be asked."""
        try:
            return float(self._note(".rest").read_text())
        except (OSError, ValueError):
            return 0.0

    def _rest(self) -> None:
        """Wait until the endpoint may be asked again. Raises BadInput where that is too long."""
        seconds = self._until() - time.time()
        if not seconds <= _LONGEST_WAIT:
            problem = f"asks to be left alone for {seconds:.0f} s"
            raise BadInput(self.address, problem, "run the same command then: it goes on")
        if seconds > 0:
            if seconds > 5:
                self.say(f"{self.address}: waiting {seconds:.0f} s, as it asks")
            self.sleep(seconds)

    def _note(self, kind: str) -> Path:
        return self.notes / (digest_of(self.address)[:16] + kind)


def checked(address: str) -> str:
    """The address of an endpoint. Raises BadInput where it is none, or nobody can be reached."""
    try:
        parts = urlsplit(seen(address))
        valid = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        valid = None
    if not valid or parts.username or not address.isascii() or " " in address:
        raise BadInput(f"--endpoint {address}", "is no address", "write https://HOST/PATH")
    agent()
    return address


def agent() -> str:
    """What we call ourselves: program, version, and whom to write to. Raises BadInput."""
    return f"Cimaise/{benchmark.__version__} ({contact()})"


def _beginning(error: HTTPError) -> str:
    """The first words of a refusal, for a look; nothing where they do not come."""
    body: Any = error.fp
    try:
        return str(body.read1(8192), "utf-8", "replace")
    except (OSError, HTTPException):
        return ""


def _copy(answer: HTTPResponse, into: Path, until: float) -> None:
    size = 0
    try:
        with into.open("wb") as stream:
            while chunk := answer.read1(1 << 16):
                size += len(chunk)
                if size > JSON_MOST:
                    raise TooMuch(f"more than {JSON_MOST >> 20} MB")
                if time.monotonic() > until:
                    raise TooMuch("no whole answer in time")
                stream.write(chunk)
    except IncompleteRead:
        raise TooMuch(BROKEN_OFF) from None


def _seconds(told: str) -> float:
    """Seconds of a Retry-After, which is a number or a date; a minute where it is neither."""
    try:
        seconds = float(told)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(told).timestamp() - time.time()
        except (ValueError, OverflowError):
            return 60.0
    return max(seconds, 0.0) if math.isfinite(seconds) else 60.0


def _reason(error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    return shown(getattr(cause, "strerror", None) or cause or type(cause).__name__)
