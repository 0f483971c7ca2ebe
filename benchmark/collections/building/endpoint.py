"""Asking a SPARQL endpoint, politely: what can be asked again is, later each time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3

from benchmark.collections.building.resting import Rest
from benchmark.collections.contact import contact, user_agent
from benchmark.collections.pulling.head_deadline import in_time
from benchmark.collections.pulling.patience import seconds_of
from benchmark.errors import BadInput
from benchmark.parsing import JSON_MOST, shown
from benchmark.tables import seen

WIKIDATA = "https://query.wikidata.org/sparql"
RESULTS = ("application/sparql-results+json", "application/json")
BROKEN_OFF = "an answer that breaks off"
TRIES = 5
_FIRST = 1.0
"""Seconds to wait after the first try, where the endpoint says nothing; then twice as long."""
_UNCLEAR = 60.0
"""Seconds to rest where it says when, but not so that it can be understood."""
_SILENCE, _WHOLE = 65.0, 150.0
"""Seconds without a byte, and until the last one; Wikidata's service gives a query 60."""


class TooMuch(Exception):
    """The answer takes too long or is too long; less may be asked for."""


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
                problem = self._once(query, into)
                if not problem:
                    return
            except (urllib3.exceptions.ReadTimeoutError, TimeoutError):
                raise TooMuch("no answer in time") from None
            except (urllib3.exceptions.HTTPError, OSError) as error:
                cause = error.__cause__ or error.__context__ or error
                why = getattr(cause, "strerror", None) or type(cause).__name__
                problem = f"cannot be asked ({shown(why)})"
            if attempt + 1 < TRIES:
                self.rest.ask_for(_FIRST * 2**attempt)
        raise BadInput(self.address, problem, "run the same command later: it goes on from there")

    def _once(self, query: str, into: Path) -> str:
        """Ask once; gives what to say of a refusal that may pass, "" where all is well."""
        form = "application/x-www-form-urlencoded"
        headers = {"Accept": RESULTS[0], "Content-Type": form, "User-Agent": user_agent(contact())}
        began = time.monotonic()
        response = _pools(self.address).request(
            "POST", self.address, body=urlencode({"query": query}), headers=headers,
            timeout=_SILENCE, preload_content=False, redirect=False, retries=False,
        )  # fmt: skip
        try:
            if response.status != 200:
                return self._refused(response)
            kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            if kind not in RESULTS:
                problem = f"answers with {shown(kind) or 'no type'} in place of JSON results"
                raise BadInput(self.address, problem, "check --endpoint")
            _copy(response, into, began + _WHOLE)
            return ""
        finally:
            response.close()

    def _refused(self, response: urllib3.BaseHTTPResponse) -> str:
        """What to say of a refusal that may pass. Raises TooMuch or BadInput for another."""
        said, code = _beginning(response), response.status
        if code in (429, 503) and (told := response.headers.get("Retry-After")):
            self.rest.ask_for(seconds_of(told, _UNCLEAR))
            return f"asks to be left alone ({code})"
        late = "timeout" in said.lower() or "timed out" in said.lower()
        if code in (408, 504) or (code >= 500 and late):
            raise TooMuch("over its time limit")
        if code == 429:  # some say so of a query that took too long
            self.rest.ask_for(_FIRST)
            raise TooMuch("over its limits")
        if code >= 500:
            return f"is out of order ({code})"
        if 300 <= code < 400:  # not followed: it may lead anywhere, and in a circle
            there = shown(response.headers.get("Location", "elsewhere"))
            raise BadInput(self.address, f"has moved to {there}", "give that as --endpoint")
        line = " ".join(said.split())[:200]
        raise BadInput(self.address, f"refuses the query ({code}): {shown(line)}")


def checked(address: str) -> str:
    """The address of an endpoint. Raises BadInput where it is none, or nobody can be reached."""
    try:
        parts = urlsplit(seen(address))
        valid = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        valid = None
    if not valid or parts.username or not address.isascii() or " " in address:
        raise BadInput(f"--endpoint {address}", "is no address", "write https://HOST/PATH")
    contact()
    return address


def _pools(address: str) -> urllib3.PoolManager:
    """Connections to an endpoint, through a proxy where this machine has one."""
    parts = urlsplit(address)
    proxy = None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)
    return in_time(urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager())


def _beginning(response: urllib3.BaseHTTPResponse) -> str:
    """The first words of a refusal, for a look; nothing where they do not come."""
    try:
        return str(response.read1(8192), "utf-8", "replace")
    except (urllib3.exceptions.HTTPError, OSError):
        return ""


def _copy(response: urllib3.BaseHTTPResponse, into: Path, until: float) -> None:
    """Write a body to a file. Raises TooMuch where it is too long, or does not end in time."""
    size = 0
    try:
        with into.open("wb") as stream:
            while chunk := response.read1(1 << 16):
                size += len(chunk)
                if size > JSON_MOST:
                    raise TooMuch(f"more than {JSON_MOST >> 20} MB")
                if time.monotonic() > until:
                    raise TooMuch("no whole answer in time")
                stream.write(chunk)
    except urllib3.exceptions.ProtocolError:
        raise TooMuch(BROKEN_OFF) from None
