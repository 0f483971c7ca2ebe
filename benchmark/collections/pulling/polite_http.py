"""HTTP as Wikimedia asks for it: the operator's name, and no more than 25 Mbit/s (its robot
policy of 2025). One attempt each; `patience` knows when to make another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode, urljoin
from urllib.request import getproxies

import urllib3
from urllib3.exceptions import HTTPError, SSLError

from benchmark.collections.contact import user_agent
from benchmark.collections.pulling.clock import Clock, Pace
from benchmark.collections.pulling.head_deadline import in_time
from benchmark.collections.pulling.patience import seconds_of
from benchmark.collections.pulling.refusals import Again, Unavailable, Unfit
from benchmark.collections.pulling.servers import Servers
from benchmark.errors import BadInput
from benchmark.parsing import shown

_REDIRECTS = 5
_SECONDS = 120.0
"""For one body from its first byte to its last, however slowly it drips."""
_BYTES_PER_S = 25e6 / 8
_TIMEOUT = urllib3.Timeout(connect=10, read=20)
_TOO_MANY_S = 5.0
"""How long to stay away from a server that asks for it (429) and does not say for how long."""
_BUSY = {408, 429, 500, 502, 503, 504}
_MOVED = {301, 302, 303, 307, 308}
_CHUNK = 64 << 10


class Wanted(NamedTuple):
    """What may come back: of which kinds, how many bytes at most (after any gzip)."""

    kinds: Collection[str]
    bytes: int
    gzip: bool = False


class Answer(NamedTuple):
    """A whole body, what it is said to be, and when to come again, in seconds; 0 if not said."""

    data: bytes
    kind: str
    retry_after: float


@dataclass
class Http:
    """Asks servers; several threads may use it at once."""

    contact: str
    servers: Servers = field(default_factory=Servers)
    clock: Clock = field(default_factory=Clock)
    bytes_per_s: float = _BYTES_PER_S

    def __post_init__(self) -> None:
        self._pools = in_time(_pools(None if self.servers.loopback else getproxies().get("https")))
        self._headers = {"User-Agent": user_agent(self.contact)}
        self._pace = Pace(self.clock, self.bytes_per_s)

    def picture(self, url: str, wanted: Wanted) -> Answer:
        """A file, after at most five redirects. Raises Again, Unfit or Unavailable."""
        for _ in range(_REDIRECTS + 1):
            if not self.servers.may_serve(url):
                where = shown(self.servers.named(url))
                raise Unfit(f"its address leads to {where}, which is not asked")
            answer = self._ask("GET", url, wanted)
            if isinstance(answer, Answer):
                return answer
            try:
                url = urljoin(url, answer)
            except ValueError:
                raise Unfit("its address redirects to none") from None
        raise Unfit(f"its address redirects more than {_REDIRECTS} times")

    def api(self, url: str, form: Mapping[str, str], wanted: Wanted) -> Answer:
        """What an API answers to a form. Raises Again, Unfit or Unavailable."""
        answer = self._ask("POST", url, wanted, form)
        if not isinstance(answer, Answer):
            raise Unavailable(f"{self.servers.named(url)} redirects its API")
        return answer

    def _ask(
        self, method: str, url: str, wanted: Wanted, form: Mapping[str, str] | None = None
    ) -> Answer | str:
        """One answer with its body, or the address it redirects to."""
        name = shown(self.servers.named(url))
        headers = {**self._headers, "Accept-Encoding": "gzip" if wanted.gzip else "identity"}
        body = urlencode(form) if form else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        response = None
        try:
            response = self._pools.request(
                method, url, body=body, headers=headers, timeout=_TIMEOUT,
                preload_content=False, redirect=False, retries=False,
            )  # fmt: skip
            if response.status in _MOVED and (where := response.headers.get("Location")):
                return where
            self._check(name, response, wanted)
            data = self._body(name, response, wanted)
            kind = _kind(response)
        except SSLError:
            raise Unavailable(f"{name}: no connection that can be trusted") from None
        except (HTTPError, OSError, ValueError) as error:
            raise Again(f"{name}: {_reason(error)}") from None
        finally:
            if response is not None:
                response.close()
        return Answer(data, kind, _retry_after(response))

    @staticmethod
    def _check(name: str, response: urllib3.BaseHTTPResponse, wanted: Wanted) -> None:
        """Whether the body is worth reading."""
        if response.status in _BUSY:
            unsaid = _TOO_MANY_S if response.status == 429 else 0.0
            raise Again(f"{name}: HTTP {response.status}", _retry_after(response) or unsaid)
        if response.status in (404, 410):
            raise Unfit(f"{name}: HTTP {response.status}, there is no such file")
        if response.status != 200:
            raise Unavailable(f"{name}: HTTP {response.status}")
        if (kind := _kind(response)) not in wanted.kinds:
            raise Unfit(f"is served as {shown(kind)[:60] or 'nothing in particular'}")

    def _body(self, name: str, response: urllib3.BaseHTTPResponse, wanted: Wanted) -> bytes:
        data, begun = bytearray(), self.clock.now()
        while chunk := response.read1(_CHUNK, decode_content=wanted.gzip):
            data += chunk
            if len(data) > wanted.bytes:
                raise Unfit(f"is larger than {wanted.bytes >> 20} MB")
            self._pace.took(len(chunk))
            if self.clock.now() - begun > _SECONDS:
                raise Unavailable(f"{name}: is not through after {_SECONDS:.0f} s")
        return bytes(data)


def _pools(proxy: str | None) -> urllib3.PoolManager:
    """Connections, two kept open to each server. Raises BadInput."""
    try:
        return urllib3.ProxyManager(proxy, maxsize=2) if proxy else urllib3.PoolManager(maxsize=2)
    except HTTPError:
        problem = f"'{shown(proxy)}' is no proxy"
        raise BadInput("HTTPS_PROXY", problem, "write http://HOST:PORT") from None


def _kind(response: urllib3.BaseHTTPResponse) -> str:
    return response.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def _retry_after(response: urllib3.BaseHTTPResponse) -> float:
    """Seconds to stay away for; 0 where nothing is said."""
    return seconds_of(response.headers.get("Retry-After", ""), 0.0)


def _reason(error: Exception) -> str:
    """A failed connection in words that are the same each time, without addresses."""
    for kind, words in _WORDS.items():
        if isinstance(error, kind):
            return words
    return "the connection broke"


_WORDS: dict[type[Exception], str] = {
    urllib3.exceptions.NewConnectionError: "no connection",
    urllib3.exceptions.TimeoutError: "no answer in time",
    urllib3.exceptions.ProtocolError: "the answer stops early",
}
