"""Orders, names and memories by which answers could be looked up; clocks; numbers."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from benchmark.errors import SubmissionFailed
from tests.faults.attack import SCORED, Attack, Outcomes, check, encoder, fails, harmless, searcher
from tests.faults.conftest import standing

CLOCKS = ["time", "perf_counter", "monotonic", "process_time", "time_ns", "perf_counter_ns"]

ATTACKS = {
    "answers-by-place": Attack(
        encoder("return np.eye(4, 8)[:len(texts)]").replace(
            "return unit([np.asarray", "return np.eye(8)[:len(images)]; unit([np.asarray"
        ),
        "ndcg@10 ...",
        "scored",
    ),
    "answers-by-forged-name": Attack(
        searcher('return [["p-red"]] * len(texts), [[1]] * len(texts)'),
        "search returned an unknown painting 'p-red'",
        inputs="metadata",
    ),
    "answers-by-name": Attack(
        searcher("""
assert not any("p-" in name for name in self.ids) and len(self.ids) == 8
return [sorted(self.ids)] * len(texts), [[1] * 8] * len(texts)"""),
        "ndcg@10 ...",
        "scored",
        inputs="metadata",
    ),
    "looks-for-grades-in-metadata": Attack(
        searcher("raise ValueError(repr(self.seen))").replace(
            "self.ids = ",
            "self.seen = sorted({key for one in paintings for key in one.metadata}); self.ids = ",
        ),
        "ValueError: ['artist', 'title']",
        inputs="metadata",
    ),
    "looks-at-pictures-it-did-not-name": Attack(
        searcher("").replace("self.ids = ", "[p.image() for p in paintings]; self.ids = "),
        "TypeError: 'NoneType' object is not callable",
        inputs="metadata",
    ),
    "remembers-in-scratch": harmless("""
for place in ("/tmp", "/dev/shm", os.environ["HOME"]):
    assert not os.path.exists(f"{place}/kept"), place
    with open(f"{place}/kept", "w") as kept: kept.write("order")
    os.remove(f"{place}/kept") if place != "/dev/shm" else None"""),
    "remembers-again": harmless(
        "assert os.listdir('/dev/shm') == [] and not os.path.exists('/tmp/kept')"
    ),
    "remembers-in-bytecode": harmless("""
import benchmark
for folder in ("/submission", os.path.dirname(benchmark.__file__), os.path.dirname(np.__file__)):
    try: os.mkdir(f"{folder}/__pycache__/x") if os.path.isdir(f"{folder}/__pycache__") else (
        os.mkdir(f"{folder}/__pycache__"))
    except OSError: continue
    raise AssertionError(folder)"""),
    "reads-its-parent": harmless("""
for pid in (os.getppid(), 1, 0):
    for name in ("mem", "maps", "fd", "environ", "root/etc/passwd", "cwd/queries"):
        path = f"/proc/{pid}/{name}"
        try:
            held = os.listdir(path) if name == "fd" else open(path, "rb").read(4096)
        except OSError: continue
        assert name != "root/etc/passwd" and b"qrels" not in (held if name != "fd" else b"")"""),
    "stops-the-clocks": Attack(
        encoder(
            "for name in {CLOCKS}: setattr(time, name, lambda: 0)".replace("{CLOCKS}", str(CLOCKS))
        ),
        SCORED,
        "scored",
    ),
    "sets-the-clock": fails(
        "time.clock_settime(time.CLOCK_REALTIME, 0)",
        "PermissionError: [Errno 1] Operation not permitted",
    ),
    "claims-a-time": fails(
        """say(b'{"shape": [4, 3], "seconds": -1}', bytes(48))""",
        "answered what is no answer (seconds: Extra inputs are not permitted)",
    ),
    "claims-a-size": Attack(
        encoder("").replace("class Encoder:", "class Encoder:\n    def parameters(self):\n"
                            "        return {'a\\x1b[2J\\nb': 1}\n"),
        "answered what is no answer (parameters.a [2J b.[key]: String should match pattern ...)",
    ),
    "claims-a-negative-size": Attack(
        encoder("").replace("class Encoder:", "class Encoder:\n    def parameters(self):\n"
                            "        return {'a': -1}\n"),
        "answered what is no answer (parameters.a: Input should be greater than or equal to 0)",
    ),
    "claims-more-texts": Attack(
        encoder("").replace("class Encoder:", "class Encoder:\n    def truncated(self, texts):\n"
                            "        return 10**7\n"),
        "says that 10000000 of 4 texts are cut",
    ),
    "overflows-sums": fails(
        "return np.full((len(texts), 3), 3e38, np.float32)",
        "encode_texts returned 3e+38; numbers above 1e+15 overflow",
    ),
    "overflows-sums-below-zero": fails(
        "return np.full((len(images), 3), -2e15, np.float32)",
        "encode_images returned 2e+15; numbers above 1e+15 overflow",
        where="encode_images",
    ),
    "underflows": Attack(
        encoder("return np.full((len(texts), 3), 1e-45, np.float32)"), "ndcg@10 ...", "scored"
    ),
    "scores-beyond-floats": Attack(
        searcher("return [self.ids] * len(texts), [[3e38 / n for n in range(1, 9)]] * len(texts)"),
        "ndcg@10 ...",
        "scored",
        inputs="metadata",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_costs_its_own_row(name: str, outcomes: Outcomes) -> None:
    check(ATTACKS[name], outcomes(name))


def test_the_parent_times_whatever_the_worker_does_to_its_clocks(tmp_path: Path) -> None:
    stop = f"[setattr(time, name, lambda: 0) for name in {CLOCKS}]"
    with standing(tmp_path, encoder(f"sleep = time.sleep; {stop}; sleep(0.3)")) as model:
        model.texts(["a red field"])
        assert 0.3 <= model.answered - model.asked < 3


def test_an_answer_cannot_be_made_ready_while_nothing_is_asked(tmp_path: Path) -> None:
    """A thread that answers between two requests, when no clock runs."""
    ahead = """
def ahead():
    time.sleep(0.5); say(b'{"shape": [1, 3]}', bytes(12))
threading.Thread(target=ahead, daemon=True).start()"""
    with standing(tmp_path, encoder(ahead)) as model:
        model.texts(["a red field"])
        time.sleep(1.5)
        with pytest.raises(SubmissionFailed, match=r"^answered before it was asked$"):
            model.texts(["a blue field"])


def test_a_closed_output_does_not_keep_the_parent_busy(tmp_path: Path) -> None:
    with standing(tmp_path, encoder("os.close(1); os.close(2); time.sleep(1.5)")) as model:
        began = time.process_time()
        assert np.isfinite(model.texts(["a red field"])).all()
        assert time.process_time() - began < 0.75
