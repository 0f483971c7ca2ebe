from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from benchmark.abilities import Bounded, Captioner, Encoder, Reranker, abilities
from benchmark.adapters import count
from benchmark.adapters.transformers import Transformers, load
from benchmark.errors import BadInput
from tests.adapters.models import make_blip, pictures

TEXTS = ["a boat on the sea", "storm", "a red house in a storm " * 9]


@pytest.fixture(scope="module")
def retrieval(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_blip(tmp_path_factory.mktemp("blip") / "model").parent


@pytest.fixture(scope="module")
def captioning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("blip") / "model"
    return make_blip(home, "BlipForConditionalGeneration").parent


def table(precision: str = "fp32") -> Transformers:
    told = {"adapter": "transformers", "folder": "model", "precision": precision}
    return Transformers.model_validate(told)


def test_its_config_says_what_it_can_do(retrieval: Path, captioning: Path) -> None:
    model = load(retrieval, table(), None, "cpu")
    assert abilities(model) == ["Encoder", "Reranker"]
    assert isinstance(model, Bounded) and model.truncated(TEXTS) == 1
    assert abilities(load(captioning, table(), None, "cpu")) == ["Captioner"]


def test_scores_are_those_of_the_library(retrieval: Path) -> None:
    import transformers

    model = load(retrieval, table(), None, "cpu")
    assert isinstance(model, Encoder) and isinstance(model, Reranker)
    plain = transformers.BlipForImageTextRetrieval.from_pretrained(retrieval / "model").eval()
    processor = transformers.AutoProcessor.from_pretrained(retrieval / "model")
    for text in TEXTS[:2]:
        inputs = processor(images=pictures(), text=[text] * 5, return_tensors="pt")
        with torch.inference_mode():
            matching = plain(**inputs).itm_score.softmax(dim=1)[:, 1].numpy()
            cosines = plain(**inputs, use_itm_head=False).itm_score[:, 0].numpy()
        log_odds = model.rerank(text, pictures())
        assert log_odds.dtype == np.float32
        assert np.ptp(log_odds) > 1e-3
        np.testing.assert_allclose(1 / (1 + np.exp(-log_odds)), matching, atol=1e-5)
        ours = model.encode_images(pictures()) @ model.encode_texts([text])[0]
        np.testing.assert_allclose(ours, cosines, atol=1e-5)


def test_a_caption_is_that_of_the_library(captioning: Path) -> None:
    import transformers

    model = load(captioning, table(), None, "cpu")
    assert isinstance(model, Captioner)
    plain = transformers.BlipForConditionalGeneration.from_pretrained(captioning / "model").eval()
    processor = transformers.AutoProcessor.from_pretrained(captioning / "model")
    wanted = []
    for picture in pictures():
        words = plain.generate(**processor(images=picture, return_tensors="pt"))
        wanted.append(processor.decode(words[0], skip_special_tokens=True))
    assert model.caption(pictures()) == wanted
    assert any(wanted)


@pytest.mark.parametrize("kind", ["retrieval", "captioning"])
def test_its_size_is_read_from_its_files(kind: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(kind)
    found, _ = count(folder, table(), None)
    held = sum(one.numel() for one in load(folder, table(), None, "cpu")._model.parameters())
    assert found is not None and sum(found.values()) == held


def test_one_that_answers_questions_is_not_known(tmp_path: Path) -> None:
    make_blip(tmp_path / "model", "BlipForQuestionAnswering")
    with pytest.raises(BadInput) as caught:
        load(tmp_path, table(), None, "cpu")
    assert str(caught.value).removeprefix(str(tmp_path)) == (
        "/submission.toml: model.folder: is a 'BlipForQuestionAnswering' model; known are clip, "
        "metaclip_2, siglip, siglip2, BlipForImageTextRetrieval, BlipForConditionalGeneration"
    )
