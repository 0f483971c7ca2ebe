from __future__ import annotations

from pathlib import Path

import ir_measures
import numpy as np
import pytest

from benchmark.errors import BadInput
from benchmark.records import Run
from benchmark.results import trec
from tests.results.made import QUERY_SET, RUN
from tests.scorers.test_relevance import random_problem

IDS = {"a", "b", "c"}


def test_what_is_written(tmp_path: Path) -> None:
    trec.write_run(tmp_path / "s.run", RUN, "s")
    assert (tmp_path / "s.run").read_text().splitlines() == [
        "q1 Q0 b 1 0.5 s",
        "q1 Q0 a 2 0.25 s",
        "q2 Q0 c 1 1.5 s",
    ]
    trec.write_qrels(tmp_path / "qrels.txt", QUERY_SET.qrels)
    assert (tmp_path / "qrels.txt").read_text() == "q1 0 a 3\nq1 0 b 1\nq2 0 b 2\n"


def test_a_run_comes_back_as_it_went(tmp_path: Path) -> None:
    trec.write_run(tmp_path / "s.run", RUN, "s")
    back = trec.read_run(tmp_path / "s.run", QUERY_SET, IDS)
    assert (back.query_ids, back.ids) == (RUN.query_ids, RUN.ids)
    assert all((a == b).all() for a, b in zip(back.scores, RUN.scores, strict=True))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_trec_eval_reads_our_figures_off_the_files(tmp_path: Path, seed: int) -> None:
    """Ties and all: odd seeds have many."""
    from benchmark.scorers.relevance import relevance

    run, qrels = random_problem(seed)
    trec.write_run(tmp_path / "s.run", run, "s")
    trec.write_qrels(tmp_path / "qrels.txt", qrels)
    ours = relevance(run, qrels, list(qrels))["ndcg@10"]
    theirs = ir_measures.iter_calc(
        [ir_measures.nDCG @ 10],
        ir_measures.read_trec_qrels(str(tmp_path / "qrels.txt")),
        ir_measures.read_trec_run(str(tmp_path / "s.run")),
    )
    for metric in theirs:
        assert ours[metric.query_id] == pytest.approx(metric.value, abs=1e-9)


def test_ties_are_ours_whatever_the_rank_says(tmp_path: Path) -> None:
    path = tmp_path / "x.run"
    path.write_text("q1 Q0 a 1 0.5 x\nq1 Q0 c 2 0.5 x\nq1 Q0 b 9 0.75 x\n\n")
    assert trec.read_run(path, QUERY_SET, IDS).ids == (("b", "c", "a"),)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("q1 Q0 a 1", "is not: query Q0 painting rank score tag"),
        ("q1 Q0 a 1 high x", "is not: query Q0 painting rank score tag"),
        ("q9 Q0 a 1 1 x", "query: 'q9' is not asked of this collection"),
        ("q1 Q0 z 1 1 x", "painting: 'z' is not in the collection"),
        ("q1 Q0 b 2 0.1 x", "painting: 'b' stands twice for 'q1'"),
        ("q1 Q0 a 1 nan x", "score: nan is not a finite float32"),
        ("q1 Q0 a 1 1e39 x", "score: 1e39 is not a finite float32"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "x.run"
    path.write_text(f"q1 Q0 b 1 1.0 x\n{line}\n")
    with pytest.raises(BadInput) as caught:
        trec.read_run(path, QUERY_SET, IDS)
    assert str(caught.value) == f"{path}:2: {message}"


@pytest.mark.parametrize(("name", "message"), [("none", "is no file"), ("empty", "holds no lines")])
def test_nothing_to_read(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(BadInput) as caught:
        trec.read_run(tmp_path / name, QUERY_SET, IDS)
    assert str(caught.value) == f"{tmp_path / name}: {message}"


def test_an_id_that_the_format_cannot_hold(tmp_path: Path) -> None:
    run = Run(("q1",), (("a b",),), (np.ones(1, np.float32),))
    with pytest.raises(BadInput, match="'a b' holds a blank, which TREC's formats cannot"):
        trec.write_run(tmp_path / "s.run", run, "s")
    assert list(tmp_path.iterdir()) == []
