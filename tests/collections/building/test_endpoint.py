"""Endpoints that misbehave: what is asked again, what is asked for less, what is one line."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from email.utils import formatdate
from pathlib import Path

import pytest

from benchmark.collections.building import endpoint as endpoints
from benchmark.collections.building.endpoint import Endpoint
from benchmark.collections.building.paged_query import PagedQuery, load
from benchmark.collections.building.pages import every_row
from benchmark.collections.building.resting import Rest
from benchmark.collections.pulling import head_deadline
from benchmark.errors import BadInput
from tests.collections.building.world import many
from tests.sparql_endpoint import (
    Fault,
    SparqlEndpoint,
    breaking_off,
    dripping,
    dripping_head,
    endless,
    hanging_up,
    refusing,
    saying,
    stuck,
)

Serve = Callable[..., SparqlEndpoint]
LIMITS = "java.util.concurrent.TimeoutException\n\tat java.util.concurrent.FutureTask.get"


class Asking:
    """The rows of a query over 100 paintings of 3 things; waits are noted, not spent."""

    def __init__(self, server: SparqlEndpoint, query: PagedQuery, folder: Path) -> None:
        self.server, self.query, self.folder = server, query, folder
        self.waits: list[float] = []
        self.said: list[str] = []

    def __call__(self, size: int = 400) -> list[tuple[int, str]]:
        notes = self.folder / "building"
        rest = Rest(self.server.url, notes, self._sleep, self.said.append)
        endpoint = Endpoint(self.server.url, rest)
        rows = every_row(self.query, endpoint, notes / "pages", size)
        return [(row.painting, row.values["depicts"]) for row, _ in rows]

    def _sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds))
        for note in (self.folder / "building").glob("*.rest"):
            note.write_text(str(time.time()))  # as if it had passed

    @property
    def sizes(self) -> list[int]:
        """LIMIT of every request."""
        return [int(text.split()[-3]) for text in self.server.asked]


@pytest.fixture
def asking(serve: Serve, query: Path, tmp_path: Path) -> Asking:
    return Asking(serve(many(100)), load(query), tmp_path)


WHOLE = [(n, f"thing {t} of {n}") for n in range(1000, 1100) for t in range(3)]


def test_well_behaved(asking: Asking) -> None:
    assert asking() == WHOLE
    assert (asking.sizes, asking.waits) == ([400, 400], [])


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed(asking: Asking, status: int) -> None:
    date = formatdate(time.time() + 90, usegmt=True)
    faults = refusing(status, Retry_After="7"), refusing(status, Retry_After=date)
    asking.server.faults = dict(enumerate(faults))
    assert asking() == WHOLE
    assert asking.sizes == [400, 400, 400, 400]
    assert asking.waits[0] == 7
    assert 88 <= asking.waits[1] <= 90
    assert asking.said[0] == f"{asking.server.url}: waiting 7 s, as it asks"


def test_what_an_endpoint_asked_for_holds_for_the_next_process(asking: Asking) -> None:
    asking.server.faults = {0: refusing(429, Retry_After="86400")}
    for _ in range(2):
        with pytest.raises(BadInput, match=r"asks to be left alone for 86[34]\d\d s; run the"):
            asking()
    assert len(asking.server.asked) == 1
    assert asking.waits == []


@pytest.mark.parametrize("told", ["soon", "nan", "-5", "inf", "1e999"])
def test_a_retry_after_that_is_none(asking: Asking, told: str) -> None:
    asking.server.faults = {0: refusing(429, Retry_After=told)}
    assert asking() == WHOLE
    assert asking.waits == ([1] if told == "-5" else [60])


@pytest.mark.parametrize("fault", [refusing(500, b"oops"), refusing(502), hanging_up])
def test_what_is_out_of_order_is_asked_again_later_each_time(asking: Asking, fault: Fault) -> None:
    asking.server.faults = {0: fault, 1: fault, 2: fault}
    assert asking() == WHOLE
    assert asking.sizes == [400] * 5
    assert asking.waits == [1, 2, 4]


def test_and_not_for_ever(asking: Asking) -> None:
    asking.server.always = refusing(500, b"oops")
    with pytest.raises(BadInput) as caught:
        asking()
    assert str(caught.value) == (
        f"{asking.server.url}: is out of order (500); run the same command later: "
        "it goes on from there"
    )
    assert asking.waits == [1, 2, 4, 8]
    assert list(asking.folder.glob("building/pages/*")) == []


TOO_MUCH = [
    refusing(500, LIMITS.encode()),
    refusing(504, b"upstream"),
    refusing(500, b'{"exception": "Operation timed out."}'),
    refusing(429),
    breaking_off,
    saying(b'{"head": {"vars": []}, "results": {"bindings": [\n' + LIMITS.encode()),
    saying(b""),
]


@pytest.mark.parametrize("fault", TOO_MUCH)
def test_what_takes_too_long_is_asked_for_half(asking: Asking, fault: Fault) -> None:
    asking.server.faults = {0: fault, 1: fault}
    assert asking() == WHOLE
    assert asking.sizes == [400, 200, 100, 100, 100, 100]


def test_an_answer_that_does_not_come(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoints, "_SILENCE", 0.5)
    asking.server.faults = {0: stuck}
    assert asking() == WHOLE
    assert asking.sizes == [400, 200, 200, 200]


@pytest.mark.parametrize("fault", [dripping, dripping_head])
def test_an_answer_that_drips(
    asking: Asking, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoints, "_WHOLE", 0.3)
    monkeypatch.setattr(head_deadline, "SECONDS", 0.3)
    asking.server.faults = {0: fault}
    assert asking() == WHOLE
    assert asking.sizes == [400, 200, 200, 200]


def test_an_answer_that_never_ends(asking: Asking) -> None:
    asking.server.always = endless
    with pytest.raises(BadInput) as caught:
        asking(size=200)
    assert str(caught.value) == (
        f"{asking.server.url}, after row 0: more than 16 MB, even for 100 rows; make the query "
        "narrower, or ask another endpoint with --endpoint"
    )
    assert asking.sizes == [200, 100]


ENTITY = '{"type": "uri", "value": "http://www.wikidata.org/entity/Q1"}'


def page(*bindings: str) -> bytes:
    return f'{{"head": {{}}, "results": {{"bindings": [{", ".join(bindings)}]}}}}'.encode()


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (saying(b"<html>Log in</html>", "text/html"), ": answers with text/html in place of JSON"),
        (saying(page(), "text/plain"), ": answers with text/plain in place of JSON results; check"),
        (refusing(400, b"Parse\nerror"), ": refuses the query (400): Parse error"),
        (refusing(400, b"No prefix timeout:"), ": refuses the query (400): No prefix timeout:"),
        (refusing(403), ": refuses the query (403): "),
        (refusing(302, Location="http://127.0.0.1:1/\x1bx"), ": has moved to http://127.0.0.1:1/"),
        (saying(b"[]}"), ", after row 0: not valid JSON"),
        (saying(b'{"boolean": true}'), ", after row 0: results.bindings: is no list; check"),
        (saying(b'{"results": {"bindings": {}}}'), ", after row 0: results.bindings: is no list"),
        (saying(b'{"a": ' * 50_000 + b"1" + b"}" * 50_000), ", after row 0: is nested too deeply"),
        (saying(page("7")), ", after row 0, row 1: is no table"),
        (saying(page("{}")), ", after row 0, row 1: painting: is no RDF term"),
        (
            saying(page('{"painting": {"type": "uri", "value": "http://example.org/Q1"}}')),
            ", after row 0, row 1: painting: 'http://example.org/Q1' is no entity of Wikidata; sel",
        ),
        (
            saying(page('{"painting": {"type": "literal", "value": "Q1"}}')),
            ", after row 0, row 1: painting: 'Q1' is no entity of Wikidata",
        ),
        (
            saying(page(f'{{"painting": {ENTITY}}}', f'{{"painting": {ENTITY}, "title": "x"}}')),
            ", after row 0, row 2: title: is no RDF term",
        ),
        (
            saying(page(f'{{"painting": {ENTITY}, "artist": {ENTITY}}}')),
            ", after row 0, row 1: artist: 'http://www.wikidata.org/entity/Q1' is an address, and",
        ),
    ],
)
def test_what_is_one_line(asking: Asking, fault: Fault, problem: str) -> None:
    asking.server.always = fault
    with pytest.raises(BadInput) as caught:
        asking()
    message = str(caught.value)
    assert message.startswith(asking.server.url + problem)
    assert "\n" not in message and "\x1b" not in message
    assert len(asking.server.asked) == 1
    assert list(asking.folder.glob("building/pages/*")) == []


def test_nobody_there(asking: Asking) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    endpoint = Endpoint(address, Rest(address, asking.folder, asking._sleep))
    with pytest.raises(BadInput, match=r"cannot be asked \(Connection refused\); run the same"):
        endpoint.ask("SELECT", asking.folder / "page")


def test_who_asks_has_to_say_who(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CIMAISE_CONTACT")
    with pytest.raises(BadInput, match=r"^CIMAISE_CONTACT: is not set; servers ask whom to write"):
        endpoints.checked("https://example.org/sparql")


@pytest.mark.parametrize(
    "address",
    ["", "example.org/sparql", "file:///etc/passwd", "ftp://example.org/", "http://", "http://[",
     "http://a:b@example.org/", "http://example.org/ x", "http://ex\nample.org/", "http://é.org/",
     "http://example.org:99999/"],
)  # fmt: skip
def test_no_address(address: str) -> None:
    with pytest.raises(BadInput, match="is no address; write https://HOST/PATH"):
        endpoints.checked(address)
    assert endpoints.checked("https://example.org/sparql") == "https://example.org/sparql"
