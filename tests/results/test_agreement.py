from __future__ import annotations

from dataclasses import replace

import pytest

from benchmark.records import Query
from benchmark.results import agreement as agreements
from benchmark.results.agreement import agreement, follows
from tests.results.made import QUERY_SET, changed, result


def test_a_result_follows_from_what_made_it() -> None:
    assert follows(result(), "d", "f", QUERY_SET)
    assert not follows(None, "d", "f", QUERY_SET)
    assert not follows(result(), "other", "f", QUERY_SET)
    assert not follows(result(), "d", "other", QUERY_SET)
    more = replace(QUERY_SET, qrels=QUERY_SET.qrels | {"q2": {"b": 3}})
    assert not follows(result(), "d", "f", more)
    asked = (Query("q1", "uno", "x", "en", "q1"), QUERY_SET.queries[1])
    assert not follows(result(), "d", "f", replace(QUERY_SET, queries=asked))


@pytest.mark.parametrize("code", ["encode_code", "rank_code", "score_code"])
def test_no_result_follows_from_other_code(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = result()
    monkeypatch.setattr(agreements, code, lambda: "other")
    assert not follows(kept, "d", "f", QUERY_SET)


def test_words_for_a_new_result() -> None:
    assert agreement(result(), None) == ("scored", "ndcg@10 0.375")
    assert agreement(result(), result()) == (
        "confirmed",
        "ndcg@10 0.375, largest change 0.0000",
    )
    assert agreement(result(ndcg=0.379), result()) == (
        "confirmed",
        "ndcg@10 0.379, largest change 0.0040",
    )
    assert agreement(result(ndcg=0.3701), result(ndcg=0.376)) == (
        "differs",
        "ndcg@10 0.370; ndcg@10 was 0.3760 when published, is 0.3701 here",
    )


def test_another_question_is_no_contradiction() -> None:
    other = result(ndcg=0.9)
    other = other.model_copy(
        update={"queries": other.queries.model_copy(update={"qrels_digest": "other"})}
    )
    assert agreement(result(), other) == ("scored", "ndcg@10 0.375")


def test_an_earlier_result_with_other_measures() -> None:
    earlier = changed(result(), measures={})
    assert agreement(result(), earlier) == ("scored", "ndcg@10 0.375")
