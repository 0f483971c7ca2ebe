"""A pull that is stopped, killed, repeated, or finds things otherwise than it left them."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmark.collections import pulled
from benchmark.collections.pulling.wanted import batches
from benchmark.errors import BadInput
from tests.collections.pulling.stand_in import (
    CONTACT,
    Pull,
    Reply,
    StandIn,
    as_json,
    painted,
    write_manifest,
)
from tests.collections.pulling.test_faults import IDS, missing

ROOT = Path(__file__).parents[3]
SCRIPT = """
import signal, sys
from pathlib import Path
from benchmark.collections.pulling.clock import Clock
from benchmark.collections.pulling.from_commons import Commons
from benchmark.collections.pulling.polite_http import Http
from benchmark.collections.pulling.pull import pull
from benchmark.collections.pulling.servers import Servers
signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it is ignored
host, contact, folder = sys.argv[1:]
servers = Servers(f"http://{host}/wikidata", f"http://{host}/commons", host)
clock, folder = Clock(), Path(folder)
gives = Commons(Http(contact, servers, clock), 500)
print(pull(folder / "paintings.parquet", "colours", folder / "cache", gives, clock).pulled)
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Where pictures of 500 pixels come to lie."""
    return tmp_path / "cache/pictures/colours/commons-500"


@contextmanager
def another(wikimedia: StandIn, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A pull in a process of its own, whose manifest lies in `folder`."""
    command = [sys.executable, "-c", SCRIPT, wikimedia.host, CONTACT, str(folder)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def many(wikimedia: StandIn, count: int) -> list[str]:
    """Paintings, each with bytes of its own."""
    ids = [f"Q{number}" for number in range(1, count + 1)]
    for number, qid in enumerate(ids):
        reply = Reply(painted((number, 200 - number, 77)), drip=1000)
        wikimedia.hang(qid, f"Painting {qid}.jpg", reply)
    return ids


@pytest.mark.parametrize("moment", [1, 17, 120])
def test_killed_in_the_middle_it_goes_on(
    wikimedia: StandIn, pull: Pull, tmp_path: Path, here: Path, moment: int
) -> None:
    ids = many(wikimedia, 120)
    write_manifest(tmp_path / "paintings.parquet", ids)
    with another(wikimedia, tmp_path) as process:
        wikimedia.on_picture = lambda number: process.kill() if number == moment else None
        assert process.wait(60) == -signal.SIGKILL
    wikimedia.on_picture = lambda number: None
    noted = (here / "pulled.jsonl").read_text("utf-8").count("\n")
    assert moment - 2 <= noted <= moment
    assert pulled.load(tmp_path / "cache", "colours") is None
    account = pull(ids)
    assert (account.pulled, account.there, account.missing.total()) == (120 - noted, noted, 0)
    found = pulled.load(tmp_path / "cache", "colours")
    assert found is not None and found.missing(ids) == []
    for number, qid in enumerate(ids):
        assert found.path(qid).read_bytes() == painted((number, 200 - number, 77))
    assert sum(1 for _ in here.iterdir()) == 122  # the notes, and nothing half-written


def test_ctrl_c_ends_a_long_wait_and_leaves_nothing_half_written(
    wikimedia: StandIn, tmp_path: Path, here: Path
) -> None:
    wikimedia.files["Painting 2.jpg"].reply = Reply(status=429, headers={"Retry-After": "500"})
    write_manifest(tmp_path / "paintings.parquet", IDS)
    with another(wikimedia, tmp_path) as process:
        soon = Timer(0.3, process.send_signal, [signal.SIGINT])
        wikimedia.on_picture = lambda number: soon.start() if number == 2 else None
        assert "KeyboardInterrupt" in process.communicate(timeout=60)[1]
    assert {path.suffix for path in here.iterdir()} <= {".jpg", ".jsonl"}
    assert not (here / "missing.jsonl").exists()


def test_the_second_of_two_at_once_is_refused(
    wikimedia: StandIn, pull: Pull, tmp_path: Path
) -> None:
    home = tmp_path / "cache/pictures"
    home.mkdir(parents=True)
    with (home / ".lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        with pytest.raises(BadInput, match="colours: another pull is under way"):
            pull(IDS)
    assert pull(IDS).pulled == 3


def test_a_picture_that_was_damaged_is_pulled_again(
    wikimedia: StandIn, pull: Pull, here: Path
) -> None:
    pull(IDS)
    notes = (here / "pulled.jsonl").read_bytes()
    whole = (here / "Q2.jpg").read_bytes()
    (here / "Q2.jpg").write_bytes(whole[:-9] + b"otherwise")
    account = pull(IDS)
    assert (account.pulled, account.there) == (1, 2)
    assert (here / "Q2.jpg").read_bytes() == whole
    assert (here / "pulled.jsonl").read_bytes() == notes


def test_other_bytes_than_at_first_are_not_taken(
    wikimedia: StandIn, pull: Pull, tmp_path: Path, here: Path
) -> None:
    pull(IDS)
    whole = (here / "Q2.jpg").read_bytes()
    (here / "Q2.jpg").write_bytes(bytes(len(whole)))
    wikimedia.files["Painting 2.jpg"].reply = Reply(painted((1, 2, 3)))
    account = pull(IDS)
    assert (account.pulled, account.there, account.missing.total()) == (0, 2, 1)
    assert missing(tmp_path) == {
        "Q2": "changed at the source since it was first pulled; to take it as it is now, "
        "remove its line from pulled.jsonl"
    }
    assert not (here / "Q2.jpg").exists()
    lines = (here / "pulled.jsonl").read_text("utf-8").splitlines(keepends=True)
    (here / "pulled.jsonl").write_text("".join(one for one in lines if '"Q2"' not in one))
    assert pull(IDS).pulled == 1
    assert (here / "Q2.jpg").read_bytes() == painted((1, 2, 3))


def test_what_a_kill_can_leave_is_mended(
    wikimedia: StandIn, pull: Pull, tmp_path: Path, here: Path
) -> None:
    pull(IDS)
    lines = (here / "pulled.jsonl").read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if b'"Q2"' not in line]
    torn = next(line for line in lines if b'"Q2"' in line)[:-20]
    (here / "pulled.jsonl").write_bytes(b"".join(kept) + torn)  # Q2: a file without a line
    (here / "Q3.jpg").unlink()  # a line without a file
    (here / ".Q1.jpg.k3j2.tmp").write_bytes(b"half")
    (here / "notes of mine.txt").write_text("not ours")
    account = pull(IDS)
    assert (account.pulled, account.there) == (2, 1)
    rows = [json.loads(line) for line in (here / "pulled.jsonl").read_text().splitlines()]
    assert sorted(row["id"] for row in rows) == ["Q1", "Q2", "Q3"]
    assert not (here / ".Q1.jpg.k3j2.tmp").exists()
    assert (here / "notes of mine.txt").exists()


def test_a_broken_line_in_the_middle_is_said(wikimedia: StandIn, pull: Pull, here: Path) -> None:
    pull(IDS)
    with (here / "pulled.jsonl").open("r+b") as stream:
        stream.write(b"x")
    with pytest.raises(BadInput, match=r"pulled.jsonl:1: is no whole note of a picture; remove"):
        pull(IDS)


def test_two_widths_lie_apart_and_the_last_is_used(
    wikimedia: StandIn, pull: Pull, tmp_path: Path
) -> None:
    pull(IDS)
    account = pull(IDS, width=960)
    assert (account.pulled, account.smaller) == (3, 3)  # the originals have 500 pixels
    found = pulled.load(tmp_path / "cache", "colours")
    assert found is not None and found.source == "Commons, 960 px"
    assert wikimedia.asked[-1][0] == "picture"
    assert {form["iiurlwidth"] for what, form in wikimedia.asked if what == "commons"} == {
        "500", "960",
    }  # fmt: skip


@pytest.mark.parametrize("width", [0, 512, 4000, -500])
def test_only_widths_that_commons_serves(pull: Pull, width: int) -> None:
    line = (
        f"--width {width}: Commons does not serve it; use one of 20, 40, 60, 120, 250, 330, 500, "
        "960, 1280, 1920, 3840"
    )
    with pytest.raises(BadInput) as error:
        pull(IDS, width=width)
    assert str(error.value) == line


def test_names_with_slashes_quotes_and_other_scripts(
    wikimedia: StandIn, pull: Pull, tmp_path: Path
) -> None:
    names = ["a/../../b.jpg", 'L\'"Été" & co + 100%?.jpg', "Картина №5 富士.jpg", "e\u0301.jpg"]
    for number, name in enumerate(names, 10):
        wikimedia.hang(f"Q{number}", name, Reply(painted((number, 0, 0))))
    wikimedia.files["é.jpg"] = wikimedia.files["e\u0301.jpg"]  # as Commons composes it
    ids = [f"Q{number}" for number in range(10, 14)]
    assert pull(ids).missing == {}
    found = pulled.load(tmp_path / "cache", "colours")
    assert found is not None
    assert [found.pictures[one].file_title for one in ids] == [*names[:3], "é.jpg"]
    assert [found.path(one).name for one in ids] == [f"{one}.jpg" for one in ids]


@pytest.mark.parametrize("name", ["a|b.jpg", "a\nb.jpg", "", "x" * 241, "<b>.jpg", "\ud800.jpg"])
def test_a_name_that_is_no_title_is_not_asked_for(
    wikimedia: StandIn, pull: Pull, name: str
) -> None:
    wikimedia.items["Q1"] = [("normal", name)]
    assert pull(["Q1"]).missing == {"Wikidata has no picture of it (P18)": 1}
    assert wikimedia.times("commons") == 0


def test_the_manifests_file_is_taken_without_asking_wikidata(
    wikimedia: StandIn, pull: Pull
) -> None:
    assert pull(IDS, files=[f"Painting {n}.jpg" for n in (1, 2, 3)]).pulled == 3
    assert wikimedia.times("wikidata") == 0


def test_the_preferred_picture_is_taken(wikimedia: StandIn, pull: Pull, here: Path) -> None:
    wikimedia.items["Q1"] = [
        ("deprecated", "Painting 1.jpg"), ("normal", "Painting 2.jpg"),
        ("preferred", "Painting 3.jpg"),
    ]  # fmt: skip
    assert pull(["Q1"]).pulled == 1
    assert (here / "Q1.jpg").read_bytes() == painted((30, 30, 200))


def test_why_none_is_there(wikimedia: StandIn, pull: Pull, tmp_path: Path) -> None:
    wikimedia.items["Q1"] = []
    wikimedia.items["Q2"] = [("deprecated", "Painting 2.jpg")]
    wikimedia.items["Q3"] = [("normal", "Deleted.jpg")]
    pull([*IDS, "Q404", "harbour-1", "Q99999999999"])
    none = "Wikidata has no picture of it (P18)"
    neither = "has neither a QID nor the name of a file"
    assert missing(tmp_path) == {
        "Q1": none, "Q2": none, "Q3": "Commons has no such file", "Q404": none,
        "harbour-1": neither, "Q99999999999": neither,
    }  # fmt: skip
    assert pulled.load(tmp_path / "cache", "colours") is None


def test_an_item_that_was_merged(wikimedia: StandIn, pull: Pull) -> None:
    claim = {"rank": "normal", "mainsnak": {"datavalue": {"value": "Painting 1.jpg"}}}
    merged = {"id": "Q9", "redirects": {"from": "Q7", "to": "Q9"}, "claims": {"P18": [claim]}}
    wikimedia.faults["wikidata"] = [as_json({"entities": {"Q9": merged}})]
    assert pull(["Q7"]).pulled == 1


def test_questions_are_asked_fifty_at_a_time(wikimedia: StandIn, pull: Pull) -> None:
    assert pull(many(wikimedia, 120)).pulled == 120
    asked = [len(form["ids"].split("|")) for what, form in wikimedia.asked if what == "wikidata"]
    assert asked == [50, 50, 20]
    assert wikimedia.times("commons") == 3
    assert wikimedia.most["picture"] == 2


@pytest.mark.parametrize(
    ("ids", "line"),
    [
        (["Q1", "../Q2"], "id: '../Q2' cannot name a file; use letters, digits, '.', '_' and '-'"),
        (["Q1", ""], "id: '' cannot name a file; use letters, digits, '.', '_' and '-'"),
        (["Q1", "Q1\n"], "cannot name a file"),
        (["Q1", "x" * 101], "cannot name a file"),
        (["Q1", "Q2", "Q1"], "id: Q1 comes twice; keep one of the rows"),
    ],
)
def test_an_id_names_a_file(pull: Pull, ids: list[str], line: str) -> None:
    with pytest.raises(BadInput) as error:
        pull(ids)
    assert line in str(error.value)


def test_a_full_disk_is_no_missing_picture(
    wikimedia: StandIn, pull: Pull, monkeypatch: pytest.MonkeyPatch, here: Path
) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device", str(self))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="No space left"):
            pull(IDS)
    assert pull(IDS).pulled == 3


@pytest.mark.parametrize("name", ["Q2.jpg", "Q77.png"])
def test_a_folder_in_the_place_of_a_picture(
    wikimedia: StandIn, pull: Pull, here: Path, name: str
) -> None:
    """Noted or not; a folder may hold anything, and is not removed."""
    pull(IDS)
    (here / name).unlink(missing_ok=True)
    (here / name).mkdir()
    with pytest.raises(BadInput, match=f"{name}: is a folder in the place of a picture; move it"):
        pull(IDS)
    assert (here / name).is_dir()


@pytest.mark.parametrize("damaged", [True, False])
def test_a_manifest_whose_rows_are_damaged(pull: Pull, tmp_path: Path, damaged: bool) -> None:
    path = tmp_path / "paintings.parquet"
    if damaged:
        rows = pa.table({"id": [f"Q{n}" for n in range(1, 3000)]})
        pq.write_table(rows, path, compression="none", use_dictionary=False)
        data = path.read_bytes()
        path.write_bytes(data[:500] + b"\xff" * 9000 + data[9500:])
    else:
        offsets = pa.py_buffer(b"\0\0\0\0\2\0\0\0")
        text = pa.Array.from_buffers(pa.string(), 1, [None, offsets, pa.py_buffer(b"\xff\xfe")])
        pq.write_table(pa.table({"id": text}), path)
    with pytest.raises(BadInput, match=r"^\S+: cannot be read as a table \(.+\); restore the coll"):
        list(batches(path, 50))
