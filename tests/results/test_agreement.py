from __future__ import annotations

from benchmark.results.agreement import agreement, agrees, scores_agree
from benchmark.results.schema import Interval
from tests.results.made import SCORES, changed, result


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


def test_results_agree_in_every_figure_and_word() -> None:
    kept = result()
    assert agrees(result(), kept, 0)
    near = Interval(mean=0.3751, low=0.25, high=0.5)
    for field, value in {
        "measures": kept.measures | {"ndcg@10": near},
        "categories": {"x": {"ndcg@10": near}, "y": kept.categories["y"]},
        "catalogue": kept.catalogue | {"gini@10": 0.51},
        "french": near,
    }.items():
        assert not agrees(changed(kept, **{field: value}), kept, 1e-6), field
    titled = kept.model_copy(update={"about": kept.about.model_copy(update={"title": "T"})})
    assert not agrees(titled, kept, 1e-6)
    nearly = changed(kept, catalogue=kept.catalogue | {"gini@10": 0.504})
    assert agrees(nearly, kept, 0.005)
    costly = kept.model_copy(update={"cost": None})
    assert agrees(costly, kept, 0)


def test_values_per_query_agree_on_average_over_the_same_queries() -> None:
    assert scores_agree(SCORES, SCORES, 0)
    other = SCORES | {"mrr": {"q1": 0.5, "q2": 0.258}}
    assert scores_agree(other, SCORES, 0.005)
    assert not scores_agree(other, SCORES, 0.003)
    assert not scores_agree(SCORES | {"mrr": {"q1": 0.5}}, SCORES, 1)
    assert not scores_agree(SCORES | {"new": {"q1": 0.5}}, SCORES, 1)
