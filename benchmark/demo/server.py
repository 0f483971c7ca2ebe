"""The server of the demo: this machine alone, nothing from elsewhere, ended without a trace."""

from __future__ import annotations

import errno
import logging
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from fastapi import FastAPI, HTTPException, Request, Response
from nicegui import ui
from starlette.middleware.trustedhost import TrustedHostMiddleware

from benchmark.demo.live_search import Search
from benchmark.demo.preparing import Preparing
from benchmark.demo.small_pictures import small
from benchmark.demo.tab import Tab
from benchmark.demo.tab_page import Page
from benchmark.errors import BadInput
from benchmark.harness.isolation.limits import stopping

HOST = "127.0.0.1"
_FAVICON = Path(__file__).parents[2] / "docs/assets/favicon.svg"
_POLICY = (
    "default-src 'self'; img-src 'self' data:; font-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "connect-src 'self' ws://127.0.0.1:* ws://localhost:*; "
    "frame-ancestors 'none'; object-src 'none'; base-uri 'none'; form-action 'none'"
)
"""What the page may load: nothing from elsewhere. Vue compiles its templates in the browser."""


def serve(
    search: Search, preparing: Preparing, port: int, listening: Callable[[str], None]
) -> None:
    """Serve until Ctrl-C; every model's process is gone then. `listening` is told the address.

    Raises BadInput where the port is taken.
    """
    try:
        with _bound(port) as found:
            app = made(search, preparing)
            config = uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1)
            server = uvicorn.Server(config)
            listening(f"http://{HOST}:{found.getsockname()[1]}/")
            server.run(sockets=[found])
    except KeyboardInterrupt:  # how uvicorn passes on Ctrl-C once it has closed
        pass
    finally:
        stopping.set()  # whoever waits for a model gives up
        search.close()


def made(search: Search, preparing: Preparing) -> FastAPI:
    """The application: the page, a picture for each painting, and what may be loaded."""
    logging.getLogger("nicegui").setLevel(logging.ERROR)  # not every address that is not found
    app = FastAPI(openapi_url=None)
    picture = small(lambda: search.session.collection)

    @app.middleware("http")
    async def policy(request: Request, call_next: Callable) -> Response:
        answer: Response = await call_next(request)
        answer.headers["Content-Security-Policy"] = _POLICY
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    @app.get("/picture/{row}")
    def painting(row: int) -> Response:
        try:
            data, kind = picture(row)
        except IndexError:
            raise HTTPException(404) from None
        return Response(data, media_type=kind, headers={"Cache-Control": "private, max-age=3600"})

    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])

    @ui.page("/")
    def page() -> None:
        Page(Tab(search, preparing)).build()

    ui.run_with(
        app,
        title="Cimaise",
        favicon=_FAVICON if _FAVICON.is_file() else None,
        tailwind=False,
        show_welcome_message=False,
    )
    return app


def _bound(port: int) -> socket.socket:
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
    except (OSError, OverflowError) as error:
        found.close()
        if isinstance(error, OSError) and error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        problem = "is taken" if getattr(error, "errno", 0) == errno.EADDRINUSE else "cannot be had"
        raise BadInput(f"--port {port}", problem, f"try --port {_free()}") from None
    found.listen()  # from now on whoever comes early waits
    return found


def _free() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])
