"""A SPARQL 1.1 endpoint on this machine's loopback, over a graph of our own; it can misbehave."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs

import pyoxigraph

from tests.local_server import LocalServer, Quiet

JSON = "application/sparql-results+json;charset=utf-8"
Fault = Callable[[BaseHTTPRequestHandler], None]
"""What answers in place of the graph."""


class SparqlEndpoint(LocalServer):
    """`faults[n]` answers request n (from 0) in place of the graph, `always` all of them.

    `asked` has every query, `agents` every User-Agent.
    """

    def __init__(self, turtle: str = "") -> None:
        self.store = pyoxigraph.Store()
        self.store.load(turtle.encode(), pyoxigraph.RdfFormat.TURTLE)
        self.faults: dict[int, Fault] = {}
        self.always: Fault | None = None
        self.asked: list[str] = []
        self.agents: list[str] = []
        here = self

        class Handler(Quiet):
            def do_POST(self) -> None:
                form = self.rfile.read(int(self.headers["Content-Length"])).decode()
                here.asked.append(parse_qs(form)["query"][0])
                here.agents.append(self.headers["User-Agent"])
                fault = here.faults.get(len(here.asked) - 1, here.always)
                with suppress(BrokenPipeError, ConnectionResetError):  # who asked has had enough
                    (fault or here.answer)(self)

        self.url = f"http://{self.start(Handler)}/sparql"

    def results(self, query: str) -> bytes:
        solutions = self.store.query(query)
        return solutions.serialize(format=pyoxigraph.QueryResultsFormat.JSON)

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        send(request, 200, self.results(self.asked[-1]))


def send(
    request: BaseHTTPRequestHandler,
    status: int,
    body: bytes,
    kind: str = JSON,
    **headers: str,
) -> None:
    request.send_response(status)
    request.send_header("Content-Type", kind)
    request.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(body)


def refusing(status: int, body: bytes = b"", **headers: str) -> Fault:
    return lambda request: send(request, status, body, "text/plain", **headers)


def saying(body: bytes, kind: str = JSON) -> Fault:
    return lambda request: send(request, 200, body, kind)


def endless(request: BaseHTTPRequestHandler) -> None:
    """Never ends, and each byte is good JSON so far."""
    request.send_response(200)
    request.send_header("Content-Type", JSON)
    request.end_headers()
    while True:
        request.wfile.write(b" " * (1 << 20))


def dripping(request: BaseHTTPRequestHandler) -> None:
    """A byte now and then, for ever."""
    request.send_response(200)
    request.send_header("Content-Type", JSON)
    request.end_headers()
    drip(request)


def drip(request: BaseHTTPRequestHandler) -> None:
    while True:
        request.wfile.write(b" ")
        time.sleep(0.05)


def dripping_head(request: BaseHTTPRequestHandler) -> None:
    """The same, before the body begins."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    drip(request)


def breaking_off(request: BaseHTTPRequestHandler) -> None:
    """Promises more than it sends."""
    request.send_response(200)
    request.send_header("Content-Type", JSON)
    request.send_header("Content-Length", "5000")
    request.end_headers()
    request.wfile.write(b'{"head": {"vars": ["painting"]}, "results": {"bindings": [')


def hanging_up(request: BaseHTTPRequestHandler) -> None:
    request.close_connection = True


def stuck(request: BaseHTTPRequestHandler) -> None:
    time.sleep(2)
