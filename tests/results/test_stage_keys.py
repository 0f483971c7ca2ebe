from __future__ import annotations

from dataclasses import replace

import pytest

from benchmark.collections.pictures import Pictures
from benchmark.results import stage_keys as keys_
from benchmark.results.schema import Result
from benchmark.results.stage_keys import Keys
from tests.results.made import COST, KEYS, MODEL, QUERY_SET, changed, result

FAMILIES = {"exposure", "relevance", "sessions", "subtopics", "unjudged", "variety"}


def test_all_stages_stand_of_what_made_them() -> None:
    assert KEYS.stand(result())
    assert KEYS.stale(result()) == frozenset()


@pytest.mark.parametrize("field", ["checkpoint", "collection", "texts", "encode", "rank"])
def test_a_run_follows_from_model_gallery_texts_and_code(field: str) -> None:
    assert not replace(KEYS, **{field: "other"}).run_stands(result())
    assert replace(KEYS, **{field: "other"}).run != KEYS.run


@pytest.mark.parametrize("field", ["source", "digest"])
def test_other_pulled_pictures_leave_no_run_cost_or_audit(field: str) -> None:
    pictures = Pictures(source="mirror, 512 px", digest="p", missing=0)
    other = pictures.model_copy(update={field: "other"})
    kept, keys = result().model_copy(update={"pictures": pictures}), replace(KEYS, pictures=other)
    assert not keys.run_stands(kept) and not keys.cost_stands(kept, None)
    assert replace(KEYS, pictures=pictures).cost_stands(kept, None)
    assert replace(KEYS, pictures=pictures).run_stands(kept)
    assert not KEYS.run_stands(kept) and not keys.run_stands(result())
    assert len({KEYS.run, keys.run, replace(KEYS, pictures=pictures).run}) == 3


def test_code_that_reads_pulled_rows_is_of_pulled_collections_alone() -> None:
    args = MODEL, [], "d", "f", QUERY_SET.texts_digest, QUERY_SET.qrels_digest
    pictures = Pictures(source="mirror, 512 px", digest="p", missing=0)
    assert Keys.of(*args, pictures).encode != Keys.of(*args).encode == KEYS.encode


def test_new_judgments_leave_the_run_and_no_value() -> None:
    keys = replace(KEYS, judgments="other")
    assert keys.run_stands(result())
    assert keys.run == KEYS.run
    assert keys.stale(result()) == FAMILIES
    assert not keys.space_stands(result())


def test_another_family_is_stale_alone() -> None:
    keys = replace(KEYS, families=dict(KEYS.families) | {"variety": "other", "novel": "code"})
    assert keys.stale(result()) == {"variety", "novel"}
    assert keys.run_stands(result()) and keys.space_stands(result())
    assert not keys.stand(result())


def test_a_family_that_is_no_more_leaves_the_section_stale() -> None:
    keys = replace(KEYS, families={"relevance": KEYS.families["relevance"]})
    assert keys.stale(result()) == frozenset()
    assert not keys.section_stands(result())


def test_code_of_the_section_makes_all_values_stale() -> None:
    assert replace(KEYS, section="other").stale(result()) == FAMILIES


def test_space_stands_of_its_own_code() -> None:
    keys = replace(KEYS, space="other")
    assert not keys.space_stands(result())
    assert keys.section_stands(result())
    dropped = changed(result(), embeddings=None)
    assert not KEYS.space_stands(dropped)
    size = dropped.size.model_copy(update={"bytes_per_painting": None})
    assert keys.space_stands(dropped.model_copy(update={"size": size}))  # a searcher's


def test_costs_stand_of_their_own_code_and_machine() -> None:
    assert KEYS.cost_stands(result(), None)
    assert KEYS.cost_stands(result(), COST.hardware)
    assert not KEYS.cost_stands(result(), COST.hardware.model_copy(update={"cores": 3}))
    touched = replace(KEYS, costs="other")
    assert not touched.cost_stands(result(), None)
    assert touched.stand(result())  # touching the energy meter leaves scores standing


def test_keys_are_of_the_code_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def again() -> Keys:
        return Keys.of(MODEL, [], "d", "f", QUERY_SET.texts_digest, QUERY_SET.qrels_digest)

    assert again() == KEYS
    kept: Result = result()
    monkeypatch.setattr(keys_, "rank_code", lambda similarity: "other")
    assert not again().run_stands(kept)
