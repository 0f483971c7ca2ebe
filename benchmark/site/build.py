"""Build the site into a folder, whole or not at all, and serve it on this machine."""

from __future__ import annotations

import contextlib
import functools
import http.server
import logging
import shutil
import tempfile
from pathlib import Path

from benchmark.errors import BadInput
from benchmark.results.store import Store
from benchmark.site.policy import protect
from benchmark.workspace import Workspace


def build(workspace: Workspace, out: Path) -> Path:
    """Build every page into `out` and return it. Raises BadInput when there are no results.

    The old site stays until the new one is whole.
    """
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError

    config_file = workspace.root / "mkdocs.yml"
    if not config_file.is_file():
        raise BadInput(config_file, "missing", "the site is built from a checkout of the project")
    if not Store(workspace.leaderboard).collections():
        raise BadInput(workspace.leaderboard, "holds no results", "cimaise run")
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".site-") as place:
        draft = Path(place) / "site"
        try:
            mkdocs_build(load_config(str(config_file), site_dir=str(draft)))
        except (Abort, ConfigurationError) as error:
            raise BadInput(config_file, " ".join(str(error).split())) from None
        protect(draft)
        if out.exists():
            out.replace(Path(place) / "old")
        shutil.move(draft, out)
    return out


def serve(out: Path, port: int) -> None:
    """Serve a built site on loopback until interrupted. Raises BadInput when the port is taken."""
    handler = functools.partial(_Quiet, directory=str(out))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise BadInput(f"--port {port}", str(error.strerror), "choose another") from None
    with server:
        server.serve_forever()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def handle(self) -> None:
        """Answer; a reader who leaves while a page is still loading is no error."""
        with contextlib.suppress(ConnectionError):
            super().handle()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""
