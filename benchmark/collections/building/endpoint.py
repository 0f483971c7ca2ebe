"""Asking a SPARQL endpoint, politely: what can be asked again is, later each time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, IncompleteRead
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import benchmark
from benchmark.collections.building.resting import Rest, seconds_of
from benchmark.collections.contact import contact
from benchmark.errors import BadInput
from benchmark.parsing import JSON_MOST, shown
from benchmark.tables import seen

WIKIDATA = "https://query.wikidata.org/sparql"
RESULTS = ("application/sparql-results+json", "application/json")
BROKEN_OFF = "an answer that breaks off"
TRIES = 5
_FIRST = 1.0
"""Seconds to wait after the first try, where the endpoint says nothing; then twice as long."""
_SILENCE, _WHOLE = 65.0, 150.0
"""Seconds without a byte, and until the last one; Wikidata's service gives a query 60."""


class TooMuch(Exception):
    """The answer takes too long or is too long; less may be asked for."""


class _Stay(HTTPRedirectHandler):
    """Redirects are told, not followed: they may lead anywhere, and in a circle."""

    def redirect_request(self, *args: object) -> None:
        return None


@dataclass(frozen=True)
class Endpoint:
    """A SPARQL 1.1 endpoint, and the rest that it is given."""

    address: str
    rest: Rest

    def ask(self, query: str, into: Path) -> None:
        """Write the JSON results of a query, 16 MB at most, to a file.

        Raises TooMuch where asking for less may help, BadInput where it will not, or where the
        endpoint is out of order or asks for more than an hour's rest.
        """
        problem = ""
        for attempt in range(TRIES):
            self.rest.take()
            try:
                self._once(query, into)
                return
            except HTTPError as error:
                with error:
                    problem = self._refused(error)
            except (OSError, HTTPException) as error:
                cause = error.reason if isinstance(error, URLError) else error
                if isinstance(cause, TimeoutError):
                    raise TooMuch("no answer in time") from None
                why = getattr(cause, "strerror", None) or cause or type(cause).__name__
                problem = f"cannot be asked ({shown(why)})"
            if attempt + 1 < TRIES:
                self.rest.ask_for(_FIRST * 2**attempt)
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
            self.rest.ask_for(seconds_of(told))
            return f"asks to be left alone ({error.code})"
        if error.code == 504 or "timeout" in said.lower() or "timed out" in said.lower():
            raise TooMuch("over its time limit")
        if error.code == 429:  # some say so of a query that took too long
            self.rest.ask_for(_FIRST)
            raise TooMuch("over its limits")
        if error.code >= 500:
            return f"is out of order ({error.code})"
        if 300 <= error.code < 400:
            there = shown(error.headers.get("Location", "elsewhere"))
            raise BadInput(self.address, f"has moved to {there}", "give that as --endpoint")
        line = " ".join(said.split())[:200]
        raise BadInput(self.address, f"refuses the query ({error.code}): {shown(line)}")


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
    """Write a body to a file. Raises TooMuch where it is too long, or does not end in time."""
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
