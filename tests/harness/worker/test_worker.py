"""What a submission can do wrong in its process, and what is said of it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmark.harness.evaluation.run import Outcome
from benchmark.workspace import Workspace
from tests.conftest import HEALTHY, paint, write_lines, write_queries

Submit = Callable[..., Path]
RunAll = Callable[..., dict[str, Outcome]]


def broken(pictures: str = "", texts: str = "", head: str = "") -> str:
    """A healthy encoder with a line put in front of a method."""
    code = HEALTHY.replace(
        "    def encode_images(self, images):\n",
        f"    def encode_images(self, images):\n        {pictures or 'pass'}\n",
    )
    code = code.replace(
        "    def encode_texts(self, texts):\n",
        f"    def encode_texts(self, texts):\n        {texts or 'pass'}\n",
    )
    return f"import os, sys, signal, time\n{head}\n" + code


SEARCHER = """
class Encoder:
    def index(self, paintings):
        self.ids = [painting.id for painting in paintings]

    def search(self, texts, k):
        {body}
"""
FP16 = 'mend encoder.py, or set model.precision = "fp32" in submission.toml'

FAULTS: dict[str, tuple[str, str]] = {
    "raises": (
        broken("raise ValueError('no\\n  luck')"),
        "ValueError: no luck (encoder.py, line 20)",
    ),
    "raises-at-import": (
        broken(head="1 / 0"),
        "ZeroDivisionError: division by zero (encoder.py, line 2)",
    ),
    "is-not-python": (
        "def (:\n",
        "SyntaxError: invalid syntax (encoder.py, line 1)",
    ),
    "nan": (
        broken("return np.full((len(images), 3), np.nan)"),
        f"encode_images returned NaN or infinity for 'p-*' (4 of 4 embeddings in its batch); "
        f"{FP16}",
    ),
    "infinite": (
        broken(texts="return np.full((len(texts), 3), 1e39)"),
        "encode_texts returned NaN or infinity for '*' (4 of 4 embeddings in its batch); " + FP16,
    ),
    "nothing": (
        broken("return None"),
        "encode_images returned NoneType, not an array of numbers",
    ),
    "one-row": (
        broken("return np.ones(3)"),
        "encode_images returned shape (3,) for 4 inputs; wanted (4, d)",
    ),
    "a-row-too-few": (
        broken("return np.ones((len(images) - 1, 3))"),
        "encode_images returned shape (3, 3) for 4 inputs; wanted (4, d)",
    ),
    "changing": (
        broken("self.n = getattr(self, 'n', 2) + 1; return np.ones((len(images), self.n))"),
        "encode_images returned 4 dimensions where it had returned 3",
    ),
    "two-spaces": (
        broken("return np.ones((len(images), 5))"),
        "pictures have 5 dimensions, texts 3",
    ),
    "exits": (broken("sys.exit(3)"), "its process ended (exit 3) without an answer"),
    "exits-well": (broken("sys.exit(0)"), "its process ended (exit 0) without an answer"),
    "os-exits": (broken(texts="os._exit(0)"), "its process ended (exit 0) without an answer"),
    "kills-itself": (
        broken("os.kill(os.getpid(), signal.SIGKILL)"),
        "its process was killed by SIGKILL, out of memory?",
    ),
    "aborts": (broken("os.abort()"), "its process was killed by SIGABRT"),
    "odd-signal": (
        broken("os.kill(os.getpid(), 40)"),
        "its process was killed by signal 40",
    ),
    "no-encoder": (
        "class Encoder:\n    pass\n",
        "submission.toml: model.entry: 'Encoder' has none of the abilities of "
        "benchmark.abilities; give it encode_images and encode_texts, or index and search, or "
        "rerank, or caption",
    ),
    "no-class": ("", "submission.toml: model.entry: encoder.py has no class 'Encoder'"),
    "search-unknown": (
        SEARCHER.format(body="return [['x']] * len(texts), [[1.0]] * len(texts)"),
        "search returned an unknown painting 'x'",
    ),
    "search-twice": (
        SEARCHER.format(body="return [self.ids[:1] * 2] * len(texts), [[1, 2]] * len(texts)"),
        "search listed a painting twice for text 0",
    ),
    "search-nan": (
        SEARCHER.format(body="return [self.ids[:1]] * len(texts), [[float('nan')]] * len(texts)"),
        "search returned NaN or infinity for text 0",
    ),
}


@pytest.mark.slow
def test_every_fault_is_one_line_and_costs_nobody_else(
    workspace: Workspace, submit: Submit, run_all: RunAll
) -> None:
    alone = run_all("healthy")["healthy"]
    assert (alone.state, alone.detail.partition(",")[0]) == ("scored", "ndcg@10 0.966")
    result = workspace.leaderboard / "results" / "colours" / "healthy.json"
    kept = [
        (workspace.leaderboard / kind / "colours" / "healthy.parquet").read_bytes()
        for kind in ("runs", "scores")
    ]
    measures = result.read_text().partition('"provenance"')[0]
    result.unlink()

    for name, (code, _) in FAULTS.items():
        submit(name, code)
    outcomes = run_all(fresh=True)
    assert outcomes.pop("healthy").state == "scored"
    assert {name: outcome.state for name, outcome in outcomes.items()} == dict.fromkeys(
        FAULTS, "failed"
    )
    said = {
        name: re.sub(
            r"for '(p-)?[^']*' \(", r"for '\1*' (",
            outcomes[name].detail.replace(f"{workspace.submissions / name}/", ""),
        )
        for name in FAULTS
    }  # fmt: skip
    assert said == {name: message for name, (_, message) in FAULTS.items()}

    assert result.read_text().partition('"provenance"')[0] == measures
    assert kept == [
        (workspace.leaderboard / kind / "colours" / "healthy.parquet").read_bytes()
        for kind in ("runs", "scores")
    ]
    written = sorted(path.name for path in workspace.leaderboard.rglob("*") if path.is_file())
    assert written == ["healthy.json", "healthy.parquet", "healthy.parquet"]
    assert not list(workspace.root.rglob("*.tmp"))
    assert list((workspace.cache / "partial").iterdir()) == []


def test_a_talkative_one_is_heard_out(submit: Submit, run_all: RunAll) -> None:
    noise = "print('x' * 1_000_000); sys.stderr.write('y' * 1_000_000)"
    submit("talkative", broken(noise, noise))
    assert run_all("talkative")["talkative"].detail == "ndcg@10 0.966"


def test_one_that_meddles_with_the_channel_costs_its_own_row(
    submit: Submit, run_all: RunAll
) -> None:
    frame = "import struct\n        def say(head, body=b''):\n            "
    frame += "os.write(int(sys.argv[2]), struct.pack('<IQ', len(head), len(body)) + head + body)\n"
    submit("meddler", broken(frame + '        say(b\'{"stage": "x"}\')'))
    submit("forger", broken(frame + '        say(b\'{"failed": "a\\\\nb"}\')'))
    outcomes = run_all("meddler", "forger")
    assert outcomes["meddler"].detail.startswith(
        "answered what is no answer (shape: Field required"
    )
    assert (outcomes["forger"].state, outcomes["forger"].detail) == ("failed", "a b")


def test_a_child_left_behind_holds_nobody_up(submit: Submit, run_all: RunAll) -> None:
    fork = "if os.fork() == 0: time.sleep(60)"
    submit("father", broken(f"{fork}\n        os._exit(5)"))
    began = time.monotonic()
    assert run_all("father")["father"].detail == "its process ended (exit 5) without an answer"
    assert time.monotonic() - began < 30


def test_modules_of_its_own(submit: Submit, run_all: RunAll) -> None:
    folder = submit("pair", "from parts import Encoder\n")
    (folder / "parts.py").write_text(HEALTHY)
    assert run_all("pair")["pair"].detail == "ndcg@10 0.966"


def test_the_worker_is_told_no_secret_no_judgment_and_no_name(
    workspace: Workspace, submit: Submit, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looks through everything that its process holds: arguments, environment, all strings."""
    monkeypatch.setenv("TOKEN", "hush")
    monkeypatch.setenv("HF_TOKEN", "hush")
    words = ["hush", "qrels", str(workspace.queries), "p-red", "colours"]
    spy = f"""
import gc
BACKWARDS = {[word[::-1] for word in words]!r}
def spy():
    held = [repr(one) for one in gc.get_objects() if isinstance(one, (dict, list, tuple))]
    text = " ".join([*held, *sys.argv, repr(os.environ), open("/proc/self/cmdline").read()])
    raise RuntimeError([word for word in BACKWARDS if word[::-1] in text])
"""
    submit("spy", broken(head=spy, pictures="spy()"))
    submit("home", broken("raise RuntimeError(os.environ['HOME'] == os.getcwd())"))
    found = run_all("spy", "home")
    assert "RuntimeError: True (" in found["home"].detail
    assert found["spy"].detail.startswith("RuntimeError: [] ("), found["spy"].detail


def test_names_and_order_are_others_each_time(
    workspace: Workspace, submit: Submit, run_all: RunAll
) -> None:
    code = """
class Encoder:
    def index(self, paintings):
        self.ids = [painting.id for painting in paintings]
        titles = [painting.metadata["title"].split()[1] for painting in paintings]
        raise RuntimeError(self.ids[0] + " " + ",".join(titles))

    def search(self, texts, k): ...
"""
    submit("teller", code, "metadata")
    told = [run_all("teller")["teller"].detail.split() for _ in range(3)]
    assert len({name for _, name, *_ in told}) == 3
    assert len({order for _, _, order, *_ in told}) > 1
    assert not any("p-" in name for _, name, *_ in told)


def test_a_searcher_sees_only_its_inputs(
    workspace: Workspace, submit: Submit, run_all: RunAll
) -> None:
    code = """
class Encoder:
    def index(self, paintings):
        assert all(painting.image is None for painting in paintings)
        assert all("secret" not in painting.metadata for painting in paintings)
        self.titles = {painting.id: painting.metadata["title"] for painting in paintings}

    def search(self, texts, k):
        found = []
        for text in texts:
            words = set(text.split()) - {"a", "field"}
            found.append([i for i, title in self.titles.items() if words & set(title.split())])
        return found, [[1.0] * len(ids) for ids in found]
"""
    submit("titles", code, "metadata")
    submit("images-only", code, "image")
    found = run_all("titles", "images-only")
    assert found["titles"].state == "scored"
    assert found["images-only"].detail.startswith("AssertionError: (encoder.py, line ")


@pytest.fixture
def crowd(workspace: Workspace, tmp_path: Path) -> Path:
    """A gallery of 200 pictures, ids with colons, that answers one query."""
    folder = tmp_path / "crowd"
    rows = []
    for number in range(200):
        colour = (250, 10, 10) if number < 5 else (10, 10, 50 + number)
        paint(folder / f"{number}.png", colour, number)
        rows.append({"id": f"wd:Q{number:03}", "file_name": f"{number}.png"})
    write_lines(folder / "metadata.jsonl", rows)
    queries = [{"_id": "q1", "text": "red"}, {"_id": "q2", "text": "blue"}]
    grades = {f"wd:Q{number:03}": 3 for number in range(5)}
    write_queries(workspace.queries / "crowd", queries, {"q1": grades, "q2": {"wd:Q199": 3}})
    return folder


def test_pictures_left_out_are_named_and_never_found(
    workspace: Workspace, crowd: Path, run_all: RunAll
) -> None:
    from benchmark.results.store import Store

    (crowd / "0.png").unlink()
    (crowd / "150.png").write_bytes(b"junk")
    assert run_all(folder=crowd)["healthy"].state == "scored"
    result = Store(workspace.leaderboard).result("crowd", "healthy")
    assert result is not None
    assert result.collection.left_out == ["wd:Q000", "wd:Q150"]
    assert result.collection.paintings == 198
    assert result.measures["recall(rel=2)@10"].mean == pytest.approx((4 / 5 + 1) / 2)
    found = {
        name for ids in Store(workspace.leaderboard).run("crowd", "healthy").ids for name in ids
    }
    assert not found & {"wd:Q000", "wd:Q150"}
    assert run_all(folder=crowd)["healthy"].state == "unchanged"


def test_too_many_unreadable_pictures_fail(
    workspace: Workspace, crowd: Path, run_all: RunAll
) -> None:
    for number in (3, 4, 5):
        (crowd / f"{number}.png").unlink()
    outcome = run_all(folder=crowd)["healthy"]
    assert outcome == Outcome(
        "healthy",
        "failed",
        f"{crowd}: 3 of 200 pictures cannot be read, over 1 %, such as wd:Q003: is missing; "
        "mend or remove them",
    )
    assert not (workspace.leaderboard / "results").exists()
