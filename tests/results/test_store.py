from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmark.errors import BadInput
from benchmark.records import Reasons, Run
from benchmark.results.store import Store, read_run, write_run
from tests.results.made import RUN, SCORES, changed, result


def test_what_is_written_is_read(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.result("g", "s") is None
    assert not store.has_run("g", "s")
    store.write(result(), RUN, SCORES)
    assert store.result("g", "s") == result()
    assert store.has_run("g", "s")
    assert store.scores("g", "s") == SCORES
    found = store.run("g", "s")
    assert (found.query_ids, found.ids) == (RUN.query_ids, RUN.ids)
    assert [scores.tolist() for scores in found.scores] == [s.tolist() for s in RUN.scores]
    assert found.scores[0].dtype == np.float32
    assert store.collections() == ["g"]


def test_results_stand_best_first_then_by_name(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for name, mean in [("b", 0.5), ("a", 0.5), ("c", 0.9)]:
        store.write(result(submission=name, ndcg=mean), RUN, SCORES)
    assert [found.submission for found in store.results("g")] == ["c", "a", "b"]
    assert store.results("nowhere") == []


def test_the_parquet_of_a_run(tmp_path: Path) -> None:
    write_run(tmp_path / "run.parquet", RUN)
    table = pq.read_table(tmp_path / "run.parquet")
    assert {f.name: str(f.type) for f in table.schema} == {
        "query_id": "string",
        "rank": "int32",
        "painting_id": "string",
        "score": "float",
    }
    assert table.column("rank").to_pylist() == [1, 2, 1]


def test_empty_lists_are_not_in_a_stored_run(tmp_path: Path) -> None:
    none = np.array([], np.float32)
    write_run(tmp_path / "a.parquet", Run(("q", "r"), ((), ("p",)), (none, np.ones(1, "f4"))))
    assert read_run(tmp_path / "a.parquet").query_ids == ("r",)
    write_run(tmp_path / "b.parquet", Run(("q",), ((),), (none,)))
    assert read_run(tmp_path / "b.parquet").query_ids == ()


def test_broken_files_are_named(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(result(), RUN, SCORES)
    run = store.run_path("g", "s")
    run.write_bytes(run.read_bytes()[:-9] + b"nonsensical")
    with pytest.raises(BadInput) as caught:
        store.run("g", "s")
    assert str(caught.value) == f"{run}: is not parquet; remove it and run again"
    run.unlink()
    with pytest.raises(BadInput) as caught:
        store.run("g", "s")
    assert str(caught.value) == f"{run}: missing; cimaise run makes it"
    store.scores_path("g", "s").replace(run)
    with pytest.raises(BadInput) as caught:
        store.run("g", "s")
    assert str(caught.value) == f"{run}: is not a run; remove it and run again"


def test_columns_of_another_kind_are_named(tmp_path: Path) -> None:
    """Regression: a stored score that is a word ended the run of all submissions."""
    store = Store(tmp_path)
    store.write(result(), RUN, SCORES)
    run, scores = store.run_path("g", "s"), store.scores_path("g", "s")
    words = pa.table({"query_id": ["q"], "painting_id": ["p"], "score": ["much"]})
    pq.write_table(words, run)
    with pytest.raises(BadInput) as caught:
        store.run("g", "s")
    assert str(caught.value) == f"{run}: is not a run; remove it and run again"
    pq.write_table(words, scores)
    with pytest.raises(BadInput) as caught:
        store.scores("g", "s")
    assert str(caught.value) == f"{scores}: holds no values of queries; remove it and run again"


def test_a_result_without_the_main_measure_is_named(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.amend(changed(result(), measures={}))
    with pytest.raises(BadInput, match=r"sections: Value error, retrieval\.measures: has no ndcg"):
        store.results("g")
    path = store.result_path("g", "s")
    path.write_text(path.read_text().replace('"submission": "s"', '"submission": 3', 1))
    with pytest.raises(BadInput) as caught:
        store.results("g")
    assert str(caught.value) == (
        f"{path}: submission: Input should be a valid string; remove the file and run again"
    )


def test_a_failed_write_leaves_the_old_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    store.write(result(), RUN, SCORES)
    before = store.result_path("g", "s").read_bytes()

    def fail(*args: object, **more: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(pq, "write_table", fail)
    with pytest.raises(OSError, match="disk full"):
        store.write(result(ndcg=0.9), RUN, SCORES)
    assert store.result_path("g", "s").read_bytes() == before
    assert not list(tmp_path.rglob("*.tmp"))


@pytest.mark.parametrize("lie", ["../../../elsewhere", "another"])
def test_a_result_is_of_whom_its_file_is(tmp_path: Path, lie: str) -> None:
    """Regression: the name inside decided which run was read, and where an export wrote."""
    store = Store(tmp_path)
    store.write(result(), RUN, SCORES)
    path = store.result_path("g", "s")
    path.write_text(path.read_text().replace('"submission": "s"', f'"submission": "{lie}"', 1))
    with pytest.raises(BadInput) as caught:
        store.results("g")
    assert str(caught.value) == f"{path}: is of '{lie}' on 'g'; remove the file and run again"


WHY: Reasons = {
    "q2": {"c": [("<urn:c>", "<urn:p>", '"é\\n"@fr')]},
    "q1": {
        "b": [("<urn:b>", "<urn:p>", "<urn:x>"), ("<urn:x>", "<urn:q>", "<urn:y>")],
        "a": [("<urn:a>", "<urn:p>", '"1"')],
    },
}


def test_reasons_are_kept_beside_a_run(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(result(), RUN, SCORES)
    assert not store.has_reasons("g", "s")
    store.write(result(), RUN, SCORES, WHY)
    path = tmp_path / "reasons" / "g" / "s.parquet"
    assert store.reasons_path("g", "s") == path and store.has_reasons("g", "s")
    assert store.reasons("g", "s") == WHY
    assert {f.name: str(f.type) for f in pq.read_table(path).schema} == dict.fromkeys(
        ("query_id", "painting_id", "subject", "predicate", "object"), "string"
    )
    before = path.read_bytes()
    store.write(result(), RUN, SCORES)
    assert path.read_bytes() == before  # none given, none touched
    store.write(result(), RUN, SCORES, {})
    assert store.reasons("g", "s") == {}


def test_reasons_that_are_none_are_named(tmp_path: Path) -> None:
    store = Store(tmp_path)
    path = store.reasons_path("g", "s")
    with pytest.raises(BadInput) as caught:
        store.reasons("g", "s")
    assert str(caught.value) == f"{path}: missing; cimaise run makes it"
    store.write(result(), RUN, SCORES, WHY)
    store.run_path("g", "s").replace(path)
    with pytest.raises(BadInput) as caught:
        store.reasons("g", "s")
    assert str(caught.value) == f"{path}: holds no triples; remove it and run again"
