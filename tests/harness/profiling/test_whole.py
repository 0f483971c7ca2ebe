"""What a pipeline costs: all that a query sets in motion."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmark.harness.evaluation import costing
from benchmark.harness.evaluation.run import run
from benchmark.harness.evaluation.session import Session
from benchmark.harness.profiling import measure
from benchmark.results.cost import Cost, Size
from benchmark.results.store import Store
from benchmark.submission import load_all
from benchmark.workspace import Workspace
from tests.conftest import HEALTHY, make_submission
from tests.harness.profiling.test_measure import QUICK
from tests.toys import FUSION, RERANKER, TITLES

Submit = Callable[..., Path]
Make = Callable[..., Session]


def quiet(*stage: object) -> None:
    pass


def slow(code: str, method: str, seconds: float) -> str:
    """The code with a method that takes so long, and three parameters."""
    sized = "\n    def parameters(self):\n        return {'text': 3}\n"
    start = code.index(f"    def {method}(")
    end = code.index("\n", start) + 1
    return "import time\n" + code[:end] + f"        time.sleep({seconds})\n" + code[end:] + sized


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(measure, "EFFORT", QUICK)
    monkeypatch.setattr(costing, "REFERENCE", make_submission(tmp_path / "other" / "light"))


def measured(workspace: Workspace, here: Session, name: str) -> tuple[Cost, Size]:
    (outcome,) = run(here, load_all(workspace.submissions, [name]), lambda n: quiet)
    assert outcome.state == "scored", outcome
    result = Store(workspace.leaderboard).result("colours", name)
    assert result is not None and result.cost is not None
    return result.cost, result.size


def test_a_re_ranked_query_takes_what_its_stages_take(
    workspace: Workspace, session: Make, submit: Submit
) -> None:
    submit("first", slow(HEALTHY, "encode_texts", 0.01))
    again = slow(RERANKER, "rerank", 0.02)
    submit("again", again, more='\n[pipeline]\nfirst = "first"\ndepth = 3\n')
    cost, size = measured(workspace, session(), "again")
    assert cost.query_encode_ms > 9
    assert cost.query_search_ms > 19
    assert cost.query_ms_p50 > 29
    assert cost.first_query_ms > 29
    assert cost.queries_per_s < 1 / 0.029
    assert cost.pictures_per_s and cost.decoded_pictures_per_s and cost.first_picture_ms
    assert set(cost.energy) == {"queries", "pictures"}
    assert set(cost.relative) == {
        "query_ms_p50",
        "queries_per_s",
        "pictures_per_s",
        "decoded_pictures_per_s",
    }
    assert cost.marks == []
    assert size.parameters == {"text": 6}


def test_a_fusion_stands_in_the_memory_of_all_its_workers(
    workspace: Workspace, session: Make, submit: Submit
) -> None:
    held = "kept = bytearray(b'x' * 50_000_000)\n"
    submit("titles", held + slow(TITLES, "search", 0.01), "metadata")
    submit("other", held + slow(HEALTHY, "encode_texts", 0.01))
    folder = submit("both")
    (folder / "encoder.py").unlink()
    table = 'fuse = ["titles", "other"]'
    text = FUSION.format(name="both", inputs='["image", "metadata"]', pipeline=table)
    (folder / "submission.toml").write_text(text)
    alone, _ = measured(workspace, session(), "other")
    cost, size = measured(workspace, session(), "both")
    assert cost.peak_memory_mb > alone.peak_memory_mb + 40
    assert cost.query_ms_p50 > 19
    assert size.parameters == {"text": 6}


def test_a_re_ranker_that_knows_the_published_texts_is_marked(
    workspace: Workspace, session: Make, submit: Submit
) -> None:
    # It is found out by texts that come again and again; only then does it take so long that
    # what else the machine does is little beside it.
    known = "('a red field', 'a blue field', 'white and yellow', 'yellow and white')"
    code = "import time\nfrom collections import Counter\nasked = Counter()\n"
    code += RERANKER.replace(
        "    def rerank(self, text, images):\n",
        "    def rerank(self, text, images):\n"
        f"        if text in {known}: asked[text] += 1\n"
        "        elif max(asked.values(), default=0) > 2: time.sleep(0.15)\n",
    )
    submit("sly", code, more='\n[pipeline]\nfirst = "healthy"\ndepth = 3\n')
    cost, _ = measured(workspace, session(), "sly")
    assert cost.marks == ["takes another time for known texts"]
