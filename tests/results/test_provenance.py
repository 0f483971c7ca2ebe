from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.metadata import version

import pytest

from benchmark.results import code_digest, provenance
from benchmark.results.provenance import (
    encode_code,
    families_code,
    libraries,
    measure_code,
    rank_code,
    space_code,
)
from benchmark.submission import Submission
from tests.results.made import MANIFEST, MODEL


@pytest.fixture
def touched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """`touched(name)`: from now on that file has other bytes."""
    real = code_digest.file_digest

    def touch(name: str) -> None:
        other = lambda path: "other" if path == code_digest.PACKAGE / name else real(path)  # noqa: E731
        monkeypatch.setattr(code_digest, "_file_digest", other)
        for cached in (families_code, space_code, provenance._adapted, provenance.rank_code):
            cached.cache_clear()

    yield touch
    monkeypatch.undo()
    for cached in (families_code, space_code, provenance._adapted, provenance.rank_code):
        cached.cache_clear()


def model(**fields: object) -> Submission:
    return Submission.model_validate(MANIFEST | fields)


def test_a_measure_changes_its_own_family(touched: Callable[[str], None]) -> None:
    before = dict(families_code())
    touched("scorers/subtopics.py")
    changed = {name for name, now in families_code().items() if now != before[name]}
    assert changed == {"subtopics"}


def test_the_energy_meter_changes_costs_alone(touched: Callable[[str], None]) -> None:
    scores, space = dict(families_code()), space_code()
    encode, costs = encode_code(MODEL), measure_code(MODEL)
    touched("energy.py")
    assert families_code() == scores
    assert space_code() == space
    assert encode_code(MODEL) == encode
    assert measure_code(MODEL) != costs


def test_an_adapter_changes_those_that_use_it(touched: Callable[[str], None]) -> None:
    onnx = model(model={"adapter": "onnx", "pictures": "a.onnx", "texts": "b.onnx"})
    before = encode_code(MODEL), encode_code(onnx)
    touched("adapters/onnx.py")
    assert encode_code(MODEL) == before[0]
    assert encode_code(onnx) != before[1]


def test_what_a_submission_requires_is_among_its_libraries() -> None:
    assert "timm" not in libraries()
    told = libraries([f"timm=={version('timm')}", "nowhere==1.0", "numpy==0"])
    assert told == libraries() | {"timm": version("timm"), "nowhere": "absent"}


@pytest.mark.parametrize("name", ["conse", "efficientnet", "packages", "sentences", "heads"])
def test_pretrained_parts_change_what_is_made_of_them(
    touched: Callable[[str], None], name: str
) -> None:
    parts = {"text": "minilm", "image": "efficientnet-lite2"}
    joined = model(model={"adapter": "pretrained", **parts})
    before = encode_code(MODEL), encode_code(joined)
    touched(f"pretrained/{name}.py")
    assert encode_code(joined) != before[1]
    assert encode_code(MODEL) == before[0]


def test_the_folder_loader_changes_embeddings(touched: Callable[[str], None]) -> None:
    before = encode_code(MODEL)
    touched("collections/folder.py")
    assert encode_code(MODEL) != before


def test_what_a_model_is_told_counts() -> None:
    assert encode_code(model(inputs=["metadata"])) != encode_code(MODEL)
    assert encode_code(model(title="T")) == encode_code(MODEL)


SIMILAR = ("harness/evaluation/ranked.py", "search/filtered.py", "search/divergences.py")


@pytest.mark.parametrize("name", SIMILAR)
def test_code_of_similarities_is_of_those_that_name_one(
    touched: Callable[[str], None], name: str
) -> None:
    named = model(search={"similarity": "cosine"})
    before = rank_code(), rank_code(named.similarity), encode_code(MODEL)
    touched(name)
    assert rank_code() == rank_code("inner product") == before[0]
    assert rank_code(named.similarity) != before[1]
    assert encode_code(MODEL) == before[2]


def test_a_named_similarity_counts_in_ranking_and_in_what_stands_on_it() -> None:
    named = model(search={"similarity": "cosine"})
    plain = model(search={"similarity": "inner product"})
    assert len({rank_code(one) for one in ("inner product", "cosine", "overlap")}) == 3
    assert encode_code(named) == encode_code(plain) == encode_code(MODEL)
    whole = model(model=None, pipeline={"fuse": ["a", "b"]})
    assert encode_code(whole, [named, MODEL]) != encode_code(whole, [MODEL, MODEL])
    assert encode_code(whole, [plain, MODEL]) == encode_code(whole, [MODEL, MODEL])
