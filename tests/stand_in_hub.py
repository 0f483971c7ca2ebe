"""A hub on this machine's loopback: repositories as folders, served as the real one does."""

from __future__ import annotations

import hashlib
import json
import re
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from tests.local_server import LocalServer, Quiet


class StandInHub(LocalServer):
    """`repositories[kind/owner/name]` is {revision: folder}; the last revision is main.

    It misbehaves where it is told to: `gated` repositories, `broken`: file -> bytes after which the
    line breaks, once; `forged`: file -> what is sent in its place; `failing`: files that it fails
    to send. `ranges`: parts that were asked for.
    """

    def __init__(self) -> None:
        self.repositories: dict[str, dict[str, Path]] = {}
        self.fetched: list[str] = []
        self.gated: set[str] = set()
        self.broken: dict[str, int] = {}
        self.forged: dict[str, bytes] = {}
        self.failing: set[str] = set()
        self.ranges: list[str] = []
        hub = self

        class Handler(Quiet):
            def do_HEAD(self) -> None:
                hub.answer(self, body=False)

            def do_GET(self) -> None:
                hub.answer(self, body=True)

            def do_POST(self) -> None:
                hub.paths_info(self)

        self.url = f"http://{self.start(Handler)}"

    def add(self, kind: str, name: str, folder: Path) -> str:
        """Keep a folder as the next commit of `models` or `datasets` owner/name."""
        commits = self.repositories.setdefault(f"{kind}/{name}", {})
        commit = hashlib.sha1(f"{name}{len(commits)}".encode()).hexdigest()
        commits[commit] = folder
        return commit

    def answer(self, request: BaseHTTPRequestHandler, body: bool) -> None:
        parts = unquote(urlsplit(request.path).path).strip("/").split("/")
        if parts[0] == "api":
            what, revision = [*parts[4:], "revision", "main"][:2]
            recursive = "recursive=false" not in request.path.lower()
            if what == "tree" and not recursive:
                self._children(request, "/".join(parts[1:4]), revision, "/".join(parts[6:]))
            else:
                self._info(request, "/".join(parts[1:4]), revision, what == "tree")
        else:
            kind = "datasets" if parts[0] == "datasets" else "models"
            owner, name, _, revision, *file = parts[kind == "datasets" :]
            self._file(request, f"{kind}/{owner}/{name}", revision, "/".join(file), body)

    def paths_info(self, request: BaseHTTPRequestHandler) -> None:
        """What lies at some paths: files and folders."""
        parts = unquote(urlsplit(request.path).path).strip("/").split("/")
        form = parse_qs(request.rfile.read(int(request.headers["Content-Length"])).decode())
        found = self._commit("/".join(parts[1:4]), parts[5])
        there = [found[1] / name for name in form.get("paths", [])] if found else []
        self._listed(request, found, [path for path in there if path.exists()])

    def _children(
        self, request: BaseHTTPRequestHandler, repository: str, revision: str, below: str
    ) -> None:
        found = self._commit(repository, revision)
        folder = found[1] / below if found else None
        there = sorted(folder.iterdir()) if folder and folder.is_dir() else None
        self._listed(request, found if there is not None else None, there or [])

    def _listed(
        self, request: BaseHTTPRequestHandler, found: tuple[str, Path] | None, paths: list[Path]
    ) -> None:
        if found is None:
            self._send(request, 404, {"X-Error-Code": "EntryNotFound"}, b"{}")
            return
        rows = [
            {"type": "file", "size": path.stat().st_size, "oid": _etag(path)}
            if path.is_file()
            else {"type": "directory", "size": 0, "oid": "0" * 40}
            for path in paths
        ]
        names = [path.relative_to(found[1]).as_posix() for path in paths]
        listed = [{"path": name, **row} for name, row in zip(names, rows, strict=True)]
        headers = {"Content-Type": "application/json"}
        self._send(request, 200, headers, json.dumps(listed).encode())

    def _commit(self, repository: str, revision: str) -> tuple[str, Path] | None:
        commits = self.repositories.get(repository, {})
        commit = list(commits)[-1] if commits and revision == "main" else revision
        return (commit, commits[commit]) if commit in commits else None

    def _info(
        self, request: BaseHTTPRequestHandler, repository: str, revision: str, tree: bool
    ) -> None:
        found = self._commit(repository, revision)
        if repository in self.gated:
            headers = {"X-Error-Code": "GatedRepo", "X-Error-Message": "Access is restricted."}
            self._send(request, 403, headers, b'{"error": "restricted"}')
            return
        if found is None:
            code = "RevisionNotFound" if repository in self.repositories else "RepoNotFound"
            self._send(request, 404, {"X-Error-Code": code}, b'{"error": "not found"}')
            return
        commit, folder = found
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        names = [path.relative_to(folder).as_posix() for path in files]
        info: object = {
            "id": repository.partition("/")[2],
            "sha": commit,
            "private": False,
            "siblings": [{"rfilename": name} for name in names],
        }
        if tree:
            info = [
                {"type": "file", "path": name, "size": path.stat().st_size, "oid": _etag(path)}
                for name, path in zip(names, files, strict=True)
            ]
        headers = {"Content-Type": "application/json"}
        self._send(request, 200, headers, json.dumps(info).encode())

    def _file(
        self, request: BaseHTTPRequestHandler, repository: str, revision: str, name: str, body: bool
    ) -> None:
        found = self._commit(repository, revision)
        path = found[1] / name if found else None
        if found is None or path is None or not path.is_file():
            self._send(request, 404, {"X-Error-Code": "EntryNotFound"}, b"")
            return
        if name in self.failing:
            self._send(request, 500, {}, b"")
            return
        data = self.forged.get(name, path.read_bytes())
        if body:
            self.fetched.append(name)
        headers = {"ETag": f'"{_etag(path)}"', "X-Repo-Commit": found[0]}
        part = re.fullmatch(r"bytes=(\d+)-(\d*)", request.headers.get("Range", ""))
        if part:
            self.ranges.append(part[0])
            begin, end = int(part[1]), min(int(part[2] or len(data)), len(data) - 1)
            headers["Content-Range"] = f"bytes {begin}-{end}/{len(data)}"
            data = data[begin : end + 1]
        if body and name in self.broken:
            headers["Content-Length"] = str(len(data))
            data = data[: self.broken.pop(name)]
            request.close_connection = True
        self._send(request, 206 if part else 200, headers, data, body)

    @staticmethod
    def _send(
        request: BaseHTTPRequestHandler,
        status: int,
        headers: dict[str, str],
        data: bytes,
        body: bool = True,
    ) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        if "Content-Length" not in headers:
            request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        if body and request.command != "HEAD":
            request.wfile.write(data)


def _etag(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
