"""A server on this machine's loopback, for what stands in for somebody else's."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Quiet(BaseHTTPRequestHandler):
    """Prints no line for each request."""

    def log_message(self, *args: object) -> None:
        pass


class LocalServer:
    """Answers from `start` until `close`, by a thread for each request."""

    def start(self, handler: type[BaseHTTPRequestHandler]) -> str:
        """The host and port that it is found at."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.handle_error = lambda *who: None  # type: ignore[method-assign]
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return f"127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
