"""A pull against servers that misbehave: each fault costs one picture or a wait, and is said."""

from __future__ import annotations

import json
import struct
import time
import zlib
from email.utils import formatdate
from pathlib import Path

import pytest

from benchmark.collections import pulled
from benchmark.collections.pulling import head_deadline
from tests.collections.pulling.stand_in import Hurried, Pull, Reply, StandIn, as_json, painted

IDS = ("Q1", "Q2", "Q3")
CIRCLE = "its address redirects more than 5 times"


def missing(folder: Path, slug: str = "commons-500") -> dict[str, str]:
    path = folder / "cache/pictures/colours" / slug / "missing.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {row["id"]: row["why"] for row in rows}


def test_a_pull_without_faults(wikimedia: StandIn, pull: Pull, tmp_path: Path) -> None:
    account = pull(IDS)
    assert (account.pulled, account.there, account.missing.total()) == (3, 0, 0)
    assert account.licences == {"Public domain": 3}
    found = pulled.load(tmp_path / "cache", "colours")
    assert found is not None and found.source == "Commons, 500 px"
    assert found.path("Q2").read_bytes() == painted((30, 200, 30))
    picture = found.pictures["Q2"]
    assert (picture.width, picture.height, picture.file) == (500, 300, "Q2.jpg")
    assert (picture.artist, picture.credit) == ("Claude Monet", "Own work")
    assert picture.file_title == "Painting 2.jpg"
    assert picture.page == f"{wikimedia.url}/wiki/File:Painting_2.jpg"
    assert wikimedia.most["picture"] <= 2
    assert wikimedia.most["wikidata"] == wikimedia.most["commons"] == 1
    (agent,) = wikimedia.agents
    assert agent.startswith("Cimaise/") and "(curator@example.org)" in agent
    again = pull(IDS)
    assert (again.pulled, again.there) == (0, 3)
    assert wikimedia.times("picture") == 3


@pytest.mark.parametrize("what", ["wikidata", "commons", "picture"])
def test_429_waits_as_long_as_it_says(wikimedia: StandIn, pull: Pull, what: str) -> None:
    wikimedia.faults[what] = [Reply(status=429, headers={"Retry-After": "77"})]
    clock = Hurried()
    assert pull(IDS, clock=clock).pulled == 3
    assert sum(clock.waits) >= 76.999


def test_429_without_a_time_keeps_all_threads_away(wikimedia: StandIn, pull: Pull) -> None:
    wikimedia.faults["picture"] = [Reply(status=429)]
    clock = Hurried()
    assert pull(IDS, clock=clock).pulled == 3
    assert sum(clock.waits) >= 4.999


def test_429_may_give_a_date(wikimedia: StandIn, pull: Pull) -> None:
    later = formatdate(time.time() + 300, usegmt=True)
    wikimedia.faults["commons"] = [Reply(status=429, headers={"Retry-After": later})]
    clock = Hurried()
    assert pull(IDS, clock=clock).pulled == 3
    assert 290 <= sum(clock.waits) <= 310


def test_429_with_hours_ends_the_pull(wikimedia: StandIn, pull: Pull, tmp_path: Path) -> None:
    wikimedia.faults["picture"] = [Reply(status=429, headers={"Retry-After": "7200"})] * 3
    account = pull(IDS)
    assert account.ended == "127.0.0.1: HTTP 429, and asks to wait 120 minutes"
    assert account.pulled == 0
    assert set(missing(tmp_path).values()) == {f"was not asked for: {account.ended}"}
    assert wikimedia.times("picture") <= 2  # those under way at once
    wikimedia.faults.clear()
    assert pull(IDS).pulled == 3


@pytest.mark.parametrize("what", ["wikidata", "commons", "picture"])
@pytest.mark.parametrize("status", [500, 503])
def test_500_is_asked_again_later_each_time(
    wikimedia: StandIn, pull: Pull, what: str, status: int
) -> None:
    wikimedia.faults[what] = [Reply(status=status)] * 4
    clock = Hurried()
    assert pull(["Q1"], clock=clock).pulled == 1
    assert wikimedia.times(what) == 5
    first, second, third, fourth = clock.waits
    assert 0.5 <= first <= 1 <= second <= 2 <= third <= 4 <= fourth <= 8


def test_500_for_ever_costs_its_picture_alone(
    wikimedia: StandIn, pull: Pull, tmp_path: Path
) -> None:
    wikimedia.files["Painting 2.jpg"].reply = Reply(status=500)
    assert pull(IDS).pulled == 2
    assert missing(tmp_path) == {"Q2": "127.0.0.1: HTTP 500, 5 times"}


def test_a_picture_server_that_is_down_is_left_alone(wikimedia: StandIn, pull: Pull) -> None:
    clock = Hurried()
    for number in range(1, 61):
        # After twenty it answers once the pull has ended, or threads might run ahead of the count.
        reply = Reply(status=403, after=clock._stopped if number > 20 else None)
        wikimedia.hang(f"Q{number}", f"Painting {number}.jpg", reply)
    account = pull([f"Q{number}" for number in range(1, 61)], clock=clock)
    assert account.ended == "20 pictures in a row were not given (127.0.0.1: HTTP 403)"
    assert (
        account.missing["127.0.0.1: HTTP 403"]
        + account.missing[f"was not asked for: {account.ended}"]
        == 60
    )
    assert wikimedia.times("picture") <= 22


def test_an_api_that_is_down_ends_the_pull(wikimedia: StandIn, pull: Pull) -> None:
    wikimedia.faults["wikidata"] = [Reply(status=502)] * 5
    account = pull(IDS)
    assert account.ended == "Wikidata cannot be asked (Wikidata: HTTP 502, 5 times)"
    assert wikimedia.times("wikidata") == 5 and wikimedia.times("commons") == 0


@pytest.mark.parametrize("headers", [{"Retry-After": "9"}, {}])
def test_maxlag_is_waited_for(wikimedia: StandIn, pull: Pull, headers: dict[str, str]) -> None:
    lag = as_json({"error": {"code": "maxlag", "info": "Waiting for db1: 9 s lagged", "lag": 9}})
    lag.headers = headers
    wikimedia.faults["wikidata"] = [lag]
    clock = Hurried()
    assert pull(IDS, clock=clock).pulled == 3
    assert 8.999 <= sum(clock.waits) < 10.5


def test_an_error_of_the_api_is_said(wikimedia: StandIn, pull: Pull) -> None:
    error = {"error": {"code": "no-such-entity", "info": "Could not find Q1\x1b[2J"}}
    wikimedia.faults["wikidata"] = [as_json(error)]
    assert pull(IDS).ended == (
        "Wikidata cannot be asked (Wikidata: no-such-entity, Could not find Q1\\x1b[2J)"
    )
    assert wikimedia.times("wikidata") == 1


def test_a_slow_drip_is_cut_off(wikimedia: StandIn, pull: Pull, tmp_path: Path) -> None:
    wikimedia.files["Painting 2.jpg"].reply = Reply(painted((30, 200, 30)), drip=1)
    assert pull(["Q2"], clock=Hurried(ticks=2.0)).pulled == 0
    assert missing(tmp_path) == {"Q2": "127.0.0.1: is not through after 120 s"}


def test_a_head_that_drips_is_cut_off(
    wikimedia: StandIn, pull: Pull, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(head_deadline, "SECONDS", 0.1)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nX-More: and more and more"
    wikimedia.files["Painting 2.jpg"].reply = Reply(raw=head)
    assert pull(IDS).pulled == 2
    assert missing(tmp_path) == {"Q2": "127.0.0.1: no answer in time, 5 times"}


def test_a_body_cut_short_once_is_fetched_again(wikimedia: StandIn, pull: Pull) -> None:
    wikimedia.faults["picture"] = [Reply(painted((200, 30, 30)), cut=True)]
    assert pull(["Q1"]).pulled == 1
    assert wikimedia.times("picture") == 2


def test_a_body_cut_short_for_ever(wikimedia: StandIn, pull: Pull, tmp_path: Path) -> None:
    wikimedia.files["Painting 2.jpg"].reply = Reply(painted((30, 200, 30)), cut=True)
    assert pull(IDS).pulled == 2
    assert missing(tmp_path) == {"Q2": "127.0.0.1: the answer stops early, 5 times"}


HALF = painted((9, 9, 9))[:700]
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'
HTML = b"<!DOCTYPE html><html><body>Too many requests</body></html>"
NO_FORMAT = "no JPEG, PNG, GIF, WebP or TIFF"


def huge_png(side: int) -> bytes:
    """A PNG whose header promises side x side pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99))


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(painted((0, 0, 0)), "text/html"), "is served as text/html"),
        (Reply(painted((0, 0, 0)), ""), "is served as nothing in particular"),
        (Reply(SVG, "image/svg+xml"), "is served as image/svg+xml"),
        (Reply(SVG), f"is an SVG, {NO_FORMAT}"),
        (Reply(HTML), f"is an HTML page, {NO_FORMAT}"),
        (Reply(b""), f"is empty, {NO_FORMAT}"),
        (Reply(b"%PDF-1.7 ..."), f"is something else, {NO_FORMAT}"),
        (Reply(HALF), "is broken or cut short: it does not decode"),
        (Reply(huge_png(17_321)), "has more than 60 megapixels"),  # 300 megapixels
        (Reply(huge_png(9_500)), "has more than 60 megapixels"),  # 90: Pillow only warns
        (Reply(huge_png(8_000)), "has more than 60 megapixels"),  # 64: Pillow says nothing
        (Reply(b"\0" * (31 << 20)), "is larger than 30 MB"),
        (Reply(status=404), "127.0.0.1: HTTP 404, there is no such file"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
@pytest.mark.filterwarnings("error")
def test_what_is_no_picture_is_refused(
    wikimedia: StandIn, pull: Pull, tmp_path: Path, reply: Reply, why: str
) -> None:
    wikimedia.files["Painting 2.jpg"].reply = reply
    assert pull(IDS).pulled == 2
    assert missing(tmp_path) == {"Q2": why}
    there = {path.name for path in (tmp_path / "cache/pictures/colours/commons-500").iterdir()}
    assert there == {"Q1.jpg", "Q3.jpg", "pulled.jsonl", "missing.jsonl"}
    assert wikimedia.times("picture") == 3  # not asked again: it would be the same


def test_a_redirect_is_followed(wikimedia: StandIn, pull: Pull) -> None:
    there = {"Location": "/thumb/Painting%203.jpg"}
    wikimedia.files["Painting 2.jpg"].reply = Reply(status=301, headers=there)
    assert pull(["Q2"]).pulled == 1


def test_a_redirect_loop_ends(wikimedia: StandIn, pull: Pull, tmp_path: Path) -> None:
    there = {"Location": "/thumb/Painting%202.jpg"}
    wikimedia.files["Painting 2.jpg"].reply = Reply(status=302, headers=there)
    assert pull(IDS).pulled == 2
    assert missing(tmp_path) == {"Q2": CIRCLE}
    assert wikimedia.times("picture") == 2 + 6


@pytest.mark.parametrize(
    "elsewhere",
    [
        "http://127.0.0.2:{port}/thumb/x.jpg",
        "http://169.254.169.254/latest/meta-data",
        "https://upload.wikimedia.org.evil.example/x.jpg",
        "https://upload.wikimedia.org@evil.example/x.jpg",
        "file:///etc/passwd",
        "https://[::1/x.jpg",
    ],
)
@pytest.mark.parametrize("how", ["redirect", "thumburl"])
def test_no_other_server_is_asked(
    wikimedia: StandIn, pull: Pull, tmp_path: Path, elsewhere: str, how: str
) -> None:
    address = elsewhere.format(port=wikimedia.host.partition(":")[2])
    file = wikimedia.files["Painting 2.jpg"]
    if how == "redirect":
        file.reply = Reply(status=302, headers={"Location": address})
    else:
        file.thumbnail = address
    assert pull(IDS).pulled == 2
    (why,) = missing(tmp_path).values()
    assert why.startswith(("its address leads to", "its address redirects to none",
                           "Commons gives no thumbnail"))  # fmt: skip


def test_an_api_that_redirects_is_not_followed(wikimedia: StandIn, pull: Pull) -> None:
    there = {"Location": f"{wikimedia.url}/commons"}
    wikimedia.faults["wikidata"] = [Reply(status=302, headers=there)]
    assert "redirects its API" in pull(IDS).ended
    assert wikimedia.times("commons") == 0


DEEP = b'{"entities":' + b"[" * 50_000 + b"]" * 50_000 + b"}"


@pytest.mark.parametrize("what", ["wikidata", "commons"])
@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<html>busy</html>", "not valid JSON"),
        (b'{"entities": {', "not valid JSON"),
        (DEEP, "is nested too deeply"),
        (b"[1, 2]", "is not a JSON object"),
        (b'{"query": NaN}', "not valid JSON"),
        (b'{"query": ' + b"9" * 5000 + b"}", "not valid JSON"),
        (b'{"query": "' + b"x" * (33 << 20) + b'"}', "is larger than 32 MB"),
        (b"{}", "answers in an unknown way"),
        (b'{"entities": [], "query": []}', "answers in an unknown way"),
        (b'{"entities": 7, "query": {"pages": {"1": {}}}}', "answers in an unknown way"),
        (b'{"error": "no"}', "None"),
    ],
    ids=range(11),
)
def test_an_api_that_answers_otherwise_ends_the_pull(
    wikimedia: StandIn, pull: Pull, what: str, body: bytes, why: str
) -> None:
    wikimedia.faults[what] = [Reply(body, "application/json")] * 5
    account = pull(IDS)
    assert why in account.ended and len(account.ended) < 400
    assert account.missing.total() == 3


ODD = [None, 7, "x", [], {}, [None], [7], {"P18": 7}, {"P18": [7, {}, {"rank": "normal"}]}]


@pytest.mark.parametrize("claims", ODD, ids=range(len(ODD)))
def test_an_item_of_another_shape_has_no_picture(
    wikimedia: StandIn, pull: Pull, tmp_path: Path, claims: object
) -> None:
    answer = as_json({"entities": {"Q1": {"claims": claims}, "Q2": claims}})
    wikimedia.faults["wikidata"] = [answer]
    assert pull(["Q1", "Q2"]).pulled == 0
    assert set(missing(tmp_path).values()) == {"Wikidata has no picture of it (P18)"}


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ({"missing": True}, "Commons has no such file"),
        ({}, "Commons says nothing of the file"),
        ({"imageinfo": 7}, "Commons says nothing of the file"),
        ({"imageinfo": [{}]}, "the file at Commons is None"),
        ({"imageinfo": [{"mime": "image/svg+xml"}]}, "the file at Commons is image/svg+xml"),
        ({"imageinfo": [{"mime": "image/png"}]}, "Commons gives no thumbnail of the file"),
        ({"imageinfo": [{"mime": "image/png", "thumburl": ["x"], "extmetadata": 3}]},
         "Commons gives no thumbnail of the file"),
    ],
    ids=range(7),
)  # fmt: skip
def test_a_page_of_another_shape_gives_no_picture(
    wikimedia: StandIn, pull: Pull, tmp_path: Path, page: dict[str, object], why: str
) -> None:
    pages = [page | {"title": "File:Painting 1.jpg"}, 7]
    wikimedia.faults["commons"] = [as_json({"query": {"pages": pages, "normalized": 7}})]
    assert pull(["Q1"]).pulled == 0
    assert missing(tmp_path) == {"Q1": why}


def test_an_answer_in_parts_that_never_ends(wikimedia: StandIn, pull: Pull) -> None:
    part = as_json({"query": {"pages": []}, "continue": {"iistart": "x", "continue": "||"}})
    wikimedia.faults["commons"] = [part] * 100
    assert pull(["Q1"]).ended == "Commons answers in an unknown way (it never ends)"


def test_an_answer_in_parts_is_put_together(wikimedia: StandIn, pull: Pull) -> None:
    page = {"title": "File:Painting 1.jpg"}
    more = {"iistart": "2020", "continue": "||", "titles": "File:Other.jpg", "iiurlwidth": "9"}
    wikimedia.faults["commons"] = [as_json({"query": {"pages": [page]}, "continue": more})]
    assert pull(["Q1"]).pulled == 1
    (_, first), (_, second) = (one for one in wikimedia.asked if one[0] == "commons")
    assert second == first | {"iistart": "2020", "continue": "||"}
