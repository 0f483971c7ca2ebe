"""Wikidata and Commons on the loopback, as they answer in 2026, and as they should not."""

from __future__ import annotations

import io
import json
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote

import pyarrow
from PIL import Image
from pyarrow.parquet import write_table

from benchmark.collections.pulling.clock import Clock
from benchmark.collections.pulling.from_commons import Commons
from benchmark.collections.pulling.polite_http import Http
from benchmark.collections.pulling.pull import Account, pull
from benchmark.collections.pulling.servers import Servers
from tests.local_server import LocalServer, Quiet

CONTACT = "curator@example.org"


def painted(colour: tuple[int, int, int], size: tuple[int, int] = (500, 300), kind: str = "JPEG"):
    """An encoded picture of one colour."""
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, kind)
    return stream.getvalue()


@dataclass
class Reply:
    """An answer: `drip` bytes at a time, `cut` off before its end; or `raw`, a byte each 20 ms.

    It waits until `after` is set, a minute at most.
    """

    body: bytes = b""
    kind: str = "image/jpeg"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: int = 0
    cut: bool = False
    raw: bytes = b""
    after: threading.Event | None = None


@dataclass
class File:
    """A file at Commons: its thumbnail, and what imageinfo says."""

    reply: Reply
    mime: str = "image/jpeg"
    thumbnail: str | None = None
    about: dict[str, str] = field(
        default_factory=lambda: {
            "LicenseShortName": "Public domain",
            "LicenseUrl": "https://creativecommons.org/publicdomain/mark/1.0/",
            "Artist": '<a href="//example.org">Claude&nbsp;Monet</a><script>steal()</script>',
            "Credit": "<b>Own</b> work",
        }
    )


class StandIn(LocalServer):
    """`items` are QID -> [(rank, file)], `files` name -> File.

    `faults["wikidata" | "commons" | "picture"]` are answered first, in turn.
    """

    def __init__(self) -> None:
        self.items: dict[str, list[tuple[str, str]]] = {}
        self.files: dict[str, File] = {}
        self.faults: dict[str, list[Reply]] = defaultdict(list)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.on_picture: Callable[[int], None] = lambda number: None
        self.agents: set[str] = set()
        self.most: Counter[str] = Counter()
        self._times: Counter[str] = Counter()
        self._busy: Counter[str] = Counter()
        self._lock = threading.Lock()
        stand_in = self

        class Handler(Quiet):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # a head and its body in one packet
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                stand_in.answer(self, "picture", {})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {key: values[0] for key, values in parse_qs(body).items()}
                stand_in.answer(self, self.path.split("/")[1], form)

        self.host = self.start(Handler)
        self.url = f"http://{self.host}"
        self.servers = Servers(f"{self.url}/wikidata", f"{self.url}/commons", self.host)

    def hang(self, qid: str, name: str, reply: Reply, **more: object) -> None:
        """A painting with its file at Commons."""
        self.items[qid] = [("normal", name)]
        self.files[name] = File(reply, **more)  # type: ignore[arg-type]

    def times(self, what: str) -> int:
        """How often one of the three was asked."""
        return self._times[what]

    def answer(self, request: BaseHTTPRequestHandler, what: str, form: dict[str, str]) -> None:
        with self._lock:
            self.asked.append((what, form))
            self.agents.add(request.headers["User-Agent"])
            self._busy[what] += 1
            self.most[what] = max(self.most[what], self._busy[what])
            fault = self.faults[what].pop(0) if self.faults[what] else None
            self._times[what] += 1
            number = self._times[what]
        try:
            if what == "picture":
                self.on_picture(number)
            _send(request, fault or self._reply(request.path, what, form))
        except OSError:
            pass  # the other side has gone
        finally:
            with self._lock:
                self._busy[what] -= 1

    def _reply(self, path: str, what: str, form: dict[str, str]) -> Reply:
        if what == "picture":
            name = unquote(path).removeprefix("/thumb/")
            return self.files[name].reply if name in self.files else Reply(status=404)
        table = self._entities(form) if what == "wikidata" else self._pages(form)
        return as_json(table)

    def _entities(self, form: dict[str, str]) -> dict[str, object]:
        ids = form["ids"].split("|")
        assert len(ids) <= 50 and form["action"] == "wbgetentities" and form["maxlag"] == "5"
        return {"entities": {qid: self._entity(qid) for qid in ids}, "success": 1}

    def _entity(self, qid: str) -> dict[str, object]:
        if qid not in self.items:
            return {"id": qid, "missing": ""}
        claims = [
            {"rank": rank, "mainsnak": {"snaktype": "value", "datavalue": {"value": name}}}
            for rank, name in self.items[qid]
        ]
        return {"id": qid, "type": "item", "claims": {"P18": claims} if claims else {}}

    def _pages(self, form: dict[str, str]) -> dict[str, object]:
        titles = form["titles"].split("|")
        assert len(titles) <= 50 and form["prop"] == "imageinfo" and form["maxlag"] == "5"
        spelt = {title: title.replace("_", " ") for title in titles}
        moves = [{"from": old, "to": new} for old, new in spelt.items() if old != new]
        pages = [self._page(title.removeprefix("File:"), form) for title in spelt.values()]
        return {"batchcomplete": True, "query": {"normalized": moves, "pages": pages}}

    def _page(self, name: str, form: dict[str, str]) -> dict[str, object]:
        page: dict[str, object] = {"ns": 6, "title": f"File:{name}"}
        if name not in self.files:
            return page | {"missing": True}
        file = self.files[name]
        info = {
            "thumburl": file.thumbnail or f"{self.url}/thumb/{quote(name, safe='')}",
            "thumbwidth": int(form["iiurlwidth"]),
            "descriptionurl": f"{self.url}/wiki/File:{quote(name.replace(' ', '_'))}",
            "mime": file.mime,
            "extmetadata": {key: {"value": value} for key, value in file.about.items()},
        }
        return page | {"imageinfo": [info]}


def as_json(table: object) -> Reply:
    return Reply(json.dumps(table).encode(), "application/json; charset=utf-8")


def _send(request: BaseHTTPRequestHandler, reply: Reply) -> None:
    if reply.after:
        reply.after.wait(60)
    for byte in reply.raw:
        request.wfile.write(bytes([byte]))
        request.wfile.flush()
        time.sleep(0.02)
    if reply.raw:
        request.close_connection = True
        return
    request.send_response(reply.status)
    length = {"Content-Length": str(len(reply.body))}
    for name, value in ({"Content-Type": reply.kind} | length | reply.headers).items():
        request.send_header(name, value)
    request.end_headers()
    body = reply.body[: len(reply.body) // 2] if reply.cut else reply.body
    step = reply.drip or len(body) or 1
    for start in range(0, len(body), step):
        request.wfile.write(body[start : start + step])
        request.wfile.flush()
        time.sleep(0.002 if reply.drip else 0)
    if reply.cut:
        request.close_connection = True


class Hurried(Clock):
    """A clock on which waiting takes no time; `ticks` pass whenever it is looked at."""

    def __init__(self, ticks: float = 0.0) -> None:
        super().__init__()
        self.waits: list[float] = []
        self._now, self._ticks, self._lock = 1000.0, ticks, threading.Lock()

    def now(self) -> float:
        with self._lock:
            self._now += self._ticks
            return self._now

    def wait(self, seconds: float) -> None:
        super().wait(0)
        with self._lock:
            self._now += max(seconds, 0)
            if seconds > 0.5:  # the pace of a few kilobytes is less
                self.waits.append(seconds)


def write_manifest(path: Path, ids: Sequence[str], files: Sequence[str] | None = None) -> Path:
    """A manifest of these paintings, with a column that is none of a pull's business."""
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = {"id": list(ids), "title": [f"Painting {one}" for one in ids]}
    write_table(pyarrow.table(columns | ({"file": list(files)} if files else {})), path)
    return path


Pull = Callable[..., Account]


def puller(stand_in: StandIn, folder: Path) -> Pull:
    """`pull(ids, files=..., clock=..., width=...)`, into `folder`/cache as "colours"."""

    def run(
        ids: Sequence[str],
        files: Sequence[str] | None = None,
        clock: Clock | None = None,
        width: int = 500,
    ) -> Account:
        manifest = write_manifest(folder / "paintings.parquet", ids, files)
        clock = clock or Hurried()
        gives = Commons(Http(CONTACT, stand_in.servers, clock), width)
        return pull(manifest, "colours", folder / "cache", gives, clock)

    return run
