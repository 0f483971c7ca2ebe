"""What a submission is measured to cost, and what is marked as not honest."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmark.errors import SubmissionFailed
from benchmark.harness.evaluation import costing, pipeline
from benchmark.harness.evaluation.run import Outcome, run
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation.job import Job
from benchmark.harness.isolation.model import Model
from benchmark.harness.profiling import honesty, measure, ready
from benchmark.harness.profiling.bench import Gallery
from benchmark.harness.profiling.measure import REFERENCE
from benchmark.harness.profiling.rounds import Effort
from benchmark.results.cost import Cost
from benchmark.results.store import Store
from benchmark.search.similarities import Index
from benchmark.submission import load, load_all
from benchmark.workspace import Workspace
from tests.conftest import HEALTHY, make_submission

Submit = Callable[..., Path]
Make = Callable[..., Session]
Costs = Callable[[str], Cost]

QUICK = Effort(rounds=3, warm_ups=2, queries=9, query_s=0.05, batch_s=0.05, energy_s=0.05)

SEARCHER = """
class Encoder:
    def index(self, paintings):
        self.ids = [painting.id for painting in paintings]

    def search(self, texts, k):
        found = self.ids[:k]
        return [found for _ in texts], [[1.0 / (1 + n) for n in range(len(found))] for _ in texts]
"""


def quiet(*stage: object) -> None:
    pass


def changed(*pairs: tuple[str, str]) -> str:
    code = "import functools, os, sys, time\n" + HEALTHY
    for old, new in pairs:
        assert old in code
        code = code.replace(old, new)
    return code


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Little effort, and a reference that needs no torch."""
    monkeypatch.setattr(measure, "EFFORT", QUICK)
    monkeypatch.setattr(costing, "REFERENCE", make_submission(tmp_path / "other" / "light"))


@pytest.fixture
def costs(workspace: Workspace, session: Make) -> Costs:
    """Score one submission, measure it, and give what it costs."""

    def go(name: str) -> Cost:
        (outcome,) = run(session(), load_all(workspace.submissions, [name]), lambda n: quiet)
        assert outcome.state == "scored", outcome
        result = Store(workspace.leaderboard).result("colours", name)
        assert result is not None and result.cost is not None
        return result.cost

    return go


def test_every_figure_of_an_encoder(costs: Costs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "EFFORT", replace(QUICK, energy_s=0.3))
    cost = costs("healthy")
    assert cost.queries_timed >= 9
    assert cost.query_ms_p50 <= cost.query_ms_p90 <= cost.query_ms_p99
    assert 0 < cost.query_encode_ms < cost.query_ms_p90
    assert 0 < cost.query_search_ms < cost.query_ms_p90
    assert cost.pictures_per_s and cost.decoded_pictures_per_s
    assert 0 < cost.peak_memory_mb < 500
    assert 20 < cost.bare_memory_mb < 500
    assert set(cost.spread) == set(cost.relative)
    assert set(cost.spread) == {
        "query_ms_p50",
        "queries_per_s",
        "pictures_per_s",
        "decoded_pictures_per_s",
    }
    assert cost.reference == "light"
    for ratio in cost.relative.values():
        assert 0 < ratio.low <= ratio.middle <= ratio.high
    assert cost.flops_per_picture is None  # no torch
    assert cost.batch_size == 4
    assert cost.marks == []
    assert set(cost.energy) == {"queries", "pictures"}
    assert cost.energy["queries"].joules > 0
    assert cost.energy["queries"].seconds > 0.25


def test_what_is_timed_is_the_search_by_the_similarity_that_is_named(
    costs: Costs, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = list[str]()
    real = ready.searchable

    def spy(similarity: str, ids: Sequence[str], rows: NDArray[np.float32]) -> Index:
        made.append(similarity)
        return real(similarity, ids, rows)

    monkeypatch.setattr(ready, "searchable", spy)
    submit("sets", HEALTHY, more='\n[search]\nsimilarity = "overlap"\n')
    assert costs("sets").query_search_ms > 0
    assert sorted(made) == ["inner product", "overlap"]  # the reference names none


def test_a_searcher_has_no_pictures(costs: Costs, submit: Submit) -> None:
    submit("finder", SEARCHER)
    cost = costs("finder")
    assert cost.pictures_per_s is None
    assert cost.first_picture_ms is None
    assert set(cost.energy) == {"queries"}
    assert set(cost.relative) == {"query_ms_p50", "queries_per_s"}
    assert cost.query_encode_ms == 0
    assert cost.marks == []


def test_a_student_is_measured_beside_its_teacher(
    workspace: Workspace, costs: Costs, submit: Submit
) -> None:
    submit("slow", changed(("    def encode_texts(self, texts):\n", SLOW)))
    folder = submit("student")
    manifest = folder / "submission.toml"
    text = manifest.read_text().replace('role = "baseline"', 'role = "distilled"\nteacher = "slow"')
    manifest.write_text(text)
    cost = costs("student")
    assert cost.reference == "slow"
    assert cost.relative["query_ms_p50"].middle < 1


def test_a_teacher_that_fails_costs_its_student_nothing(costs: Costs, submit: Submit) -> None:
    submit("broken", "raise ValueError('no')")
    folder = submit("student")
    manifest = folder / "submission.toml"
    text = manifest.read_text().replace("licence", 'teacher = "broken"\nlicence')
    manifest.write_text(text)
    assert costs("student").reference == "light"


SLOW = "    def encode_texts(self, texts):\n        time.sleep(0.01)\n"
WORK = "sum(i * i for i in range(20_000))"
DISHONEST = {
    "caches texts": changed(
        (
            "    def encode_texts(self, texts):\n        return",
            "    def encode_texts(self, texts):\n"
            "        return np.concatenate([self.one(text) for text in texts])\n\n"
            "    @functools.lru_cache\n    def one(self, text):\n"
            f"        texts = [text]\n        {WORK}\n        return",
        )
    ),
    "caches pictures": changed(
        (
            "        return unit([np.asarray(image)",
            "        self.seen = getattr(self, 'seen', set())\n"
            "        for image in images:\n"
            f"            if image.tobytes() not in self.seen: {WORK}\n"
            "            self.seen.add(image.tobytes())\n"
            "        return unit([np.asarray(image)",
        )
    ),
    "depends on batch": changed(
        (".mean(axis=0) for image in images])", ".mean(axis=0) + len(images) for image in images])")
    ),
    "gives other rows when timed": changed(
        (
            "        return unit([\n",
            "        if len(texts) == 1: texts = [texts[0] + ' red']\n        return unit([\n",
        )
    ),
}


@pytest.mark.parametrize("mark", DISHONEST)
def test_what_is_not_honest_is_marked(costs: Costs, submit: Submit, mark: str) -> None:
    submit("sly", DISHONEST[mark])
    found = costs("sly").marks
    assert mark in found
    # What is remembered from one pass is quick in the next, and where it is new, slow.
    known = {f"takes another time for known {kind}" for kind in ("pictures", "texts")}
    assert set(found) <= {mark, *known}


def test_a_clock_set_back_gains_nothing(costs: Costs, submit: Submit) -> None:
    code = changed(("    def encode_texts(self, texts):\n", SLOW))
    lie = "for name in ('perf_counter', 'monotonic', 'time', 'process_time'):\n"
    lie += "    setattr(time, name, lambda: 0.0)\n"
    submit("sly", code.replace('"""Mean', lie + '"""Mean'))
    cost = costs("sly")
    assert cost.query_encode_ms > 9
    assert cost.queries_per_s < 4 / 0.009


def test_one_that_sleeps_only_when_not_timed_is_marked(
    costs: Costs, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It tells by what it is asked first: a run begins with a batch, measuring with a picture."""
    monkeypatch.setattr(honesty, "_LONG", 0.3)
    nap = "        self.first = getattr(self, 'first', len(images))\n"
    nap += "        if self.first > 1:\n"
    nap += "            time.sleep(0.4)\n        return unit([np.asarray"
    submit("sly", changed(("        return unit([np.asarray", nap)))
    assert "slower when scored than when timed" in costs("sly").marks  # a load may add others


@pytest.mark.parametrize(
    ("deed", "detail"),
    [
        ("raise ValueError('timed')", "ValueError: timed (encoder.py, line 24)"),
        ("os._exit(0)", "its process ended (exit 0) without an answer"),
        ("os.kill(os.getpid(), 9)", "its process was killed by SIGKILL, out of memory?"),
        (
            "return np.ones((len(texts), 9))",
            "encode_texts returned 9 dimensions where it had returned 3",
        ),
    ],
)
def test_failing_only_when_measured_costs_its_own_row(
    workspace: Workspace, session: Make, submit: Submit, deed: str, detail: str
) -> None:
    head = "    def encode_texts(self, texts):\n"
    first = "    def encode_images(self, images):\n"
    note = f"{first}        self.first = getattr(self, 'first', len(images))\n"
    only = f"{head}        if getattr(self, 'first', 9) == 1:\n            {deed}\n"
    submit("sly", changed((head, only), (first, note)))
    outcomes = list(run(session(), load_all(workspace.submissions), lambda n: quiet))
    assert [outcome.state for outcome in outcomes] == ["scored", "failed"]
    assert outcomes[1].detail == detail


def test_a_cost_stands_until_something_changes(
    workspace: Workspace, session: Make, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def outcome(**options: bool) -> Outcome:
        chosen = load_all(workspace.submissions)
        fresh = options.pop("fresh", False)
        (found,) = run(session(fresh=fresh), chosen, lambda n: quiet, **options)
        return found

    def cost() -> Cost | None:
        result = Store(workspace.leaderboard).result("colours", "healthy")
        assert result is not None
        return result.cost

    assert outcome(costs=False).state == "scored"
    assert cost() is None
    assert outcome(costs=False).state == "unchanged"
    assert outcome() == Outcome("healthy", "unchanged", "costs measured")
    first = cost()
    assert first is not None
    assert outcome().state == "unchanged"
    assert outcome(costs=False).state == "unchanged"
    assert cost() == first
    assert outcome(fresh=True).state == "confirmed"
    second = cost()
    assert second != first
    here = {"processor": "Abacus", "cores": 1, "memory_gb": 0.5}
    monkeypatch.setattr("benchmark.harness.evaluation.plan.machine", lambda: here)
    monkeypatch.setattr(measure, "machine", lambda: here)
    assert outcome().state == "unchanged"
    assert cost() == second  # measured elsewhere, and says so
    assert outcome(here=True).detail == "costs measured"
    third = cost()
    assert third is not None and third.hardware.processor == "Abacus"


@pytest.mark.slow
def test_the_fixed_reference_is_a_submission_that_keeps_the_protocol(
    workspace: Workspace, session: Make, costs: Costs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmark.harness.evaluation.costing.REFERENCE", REFERENCE)
    assert load(REFERENCE).name == "reference"
    cost = costs("healthy")
    assert cost.reference == "reference"
    assert cost.relative["pictures_per_s"].middle > 1


def test_no_model_no_cost(workspace: Workspace, session: Make, submit: Submit) -> None:
    submit("broken", "raise ValueError('no')")
    here = session()
    chosen = load(workspace.submissions / "broken")
    healthy = load(workspace.submissions / "healthy")
    pipeline.prepare(here, healthy, pipeline.Asked.published(here), quiet)
    job = here.job(workspace.submissions / "broken", chosen)
    stage = replace(costing._stage(here, healthy), manifest=chosen, job=job)
    gallery = Gallery(here.collection, list(range(len(here.collection))), here.texts)
    with pytest.raises(SubmissionFailed, match=r"ValueError: no \(encoder.py, line 1\)"):
        measure.measure(stage, [], gallery, quiet)


KNOWN = "    def encode_texts(self, texts):\n"
TELLING = {
    "works for known texts alone": (
        f"{KNOWN}        if texts[0] in ('a red field', 'a blue field', 'white and yellow', "
        "'yellow and white'): time.sleep(0.01)\n",
        "takes another time for known texts",
    ),
    "looks known texts up": (
        f"{KNOWN}        if texts[0] not in ('a red field', 'a blue field', 'white and yellow', "
        "'yellow and white'): time.sleep(0.01)\n",
        "takes another time for known texts",
    ),
}


@pytest.mark.parametrize("way", TELLING)
def test_one_that_tells_known_inputs_from_new_ones_is_marked(
    costs: Costs, submit: Submit, way: str
) -> None:
    """Regression: one that answered other texts with a constant had 0.09 ms for its 20."""
    code, mark = TELLING[way]
    submit("sly", changed((KNOWN, code)))
    assert mark in costs("sly").marks


def test_the_one_that_is_not_asked_is_stopped(tmp_path: Path) -> None:
    """A thread that never rests works on while nothing is asked, but not while it is paused."""
    idle = "import threading, time\ncount = 0\ndef work():\n    global count\n"
    idle += "    while True: count += 1; time.sleep(0.001)\n"
    idle += "threading.Thread(target=work, daemon=True).start()\n"
    tell = "    def encode_texts(self, texts):\n        return np.full((len(texts), 3), count)\n\n"
    tell += "    def truncated(self, texts):\n        return 0\n\n    def other(self, texts):\n"
    code = idle + HEALTHY.replace("    def encode_texts(self, texts):\n", tell)
    folder = make_submission(tmp_path / "busy", code)
    files = [(path.name, path) for path in folder.iterdir()]
    with Model(Job(folder, load(folder), files, "cpu", trusted=True)) as model:
        model.load()
        first = model.texts(["x"])[0, 0]
        time.sleep(0.3)
        second = model.texts(["x"])[0, 0]
        with model.paused():
            time.sleep(0.3)
        third = model.texts(["x"])[0, 0]
    assert second - first > 50
    assert third - second < 50
