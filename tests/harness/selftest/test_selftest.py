from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmark.harness.evaluation.session import Session
from benchmark.harness.selftest.selftest import selftest
from benchmark.harness.selftest.verdicts import Check
from benchmark.submission import load
from tests.conftest import CONSTANT, HEALTHY
from tests.toys import CAPTIONER, RERANKER, TITLES

Submit = Callable[..., Path]
Open = Callable[..., Session]

ODD_PICTURES = ["grey", "RGBA", "CMYK", "1 x 1", "20,000 x 20", "EXIF rotation"]
ODD_TEXTS = ["empty text", "500 words", "emoji"]


def found(folder: Path, session: Session) -> list[Check]:
    return list(selftest(folder, load(folder), session, lambda *stage: None))


def failed(folder: Path, session: Session) -> dict[tuple[str, str], str]:
    """What failed, by subject and check; everything else was tried nevertheless."""
    every = found(folder, session)
    tried = [one.what for one in every]
    assert [what for what in tried if what in (*ODD_PICTURES, *ODD_TEXTS)] == [
        *ODD_PICTURES,
        *ODD_TEXTS,
    ]
    return {(one.of, one.what): one.detail for one in every if not one.passed}


def changed(old: str, new: str, code: str = HEALTHY) -> str:
    assert old in code
    return code.replace(old, new)


def test_all_that_a_healthy_one_is_tried_at(submit: Submit, session: Open) -> None:
    every = found(submit("mine"), session())
    assert all(one.passed for one in every), every
    regular = ["shape", "answers", "told apart", "same twice", "alone, in batch"]
    assert [(one.of, one.what) for one in every] == [
        ("", "loads"),
        *(("Encoder, pictures", what) for what in [*regular, "8 pictures", *ODD_PICTURES]),
        *(("Encoder, texts", what) for what in [*regular, "32 texts", *ODD_TEXTS]),
    ]
    said = {(one.of, one.what): one.detail for one in every}
    assert said["Encoder, pictures", "shape"] == "(8, 3) float32"
    assert said["Encoder, texts", "shape"] == "(32, 3) float32"
    assert said["Encoder, texts", "same twice"] == "largest difference 0 (at most 0.001)"
    assert "peak memory" in said["Encoder, pictures", "8 pictures"]


ONE_ODD = {
    ("Encoder, pictures", "1 x 1"): changed(
        "return unit([np.asarray(image)", "return unit([np.asarray(image.crop((1, 1, *image.size)))"
    ),
    ("Encoder, pictures", "20,000 x 20"): changed(
        "def encode_images(self, images):",
        "def encode_images(self, images):\n        1 / (max(i.width for i in images) < 20_000)",
    ),
    ("Encoder, texts", "empty text"): changed("t.split() if", "[t.split()[0], *t.split()] if"),
    ("Encoder, texts", "500 words"): changed(
        "def encode_texts(self, texts):",
        "def encode_texts(self, texts):\n        assert max(map(len, texts)) < 512, 'too long'",
    ),
}


@pytest.mark.parametrize("odd", ONE_ODD, ids=lambda odd: odd[1])
def test_what_fails_at_one_odd_input(submit: Submit, session: Open, odd: tuple[str, str]) -> None:
    assert [*failed(submit("mine", ONE_ODD[odd]), session())] == [odd]


def test_no_number_for_emoji(submit: Submit, session: Open) -> None:
    code = changed(
        "for t in texts\n        ])",
        "for t in texts\n        ]) * np.float32([[np.nan if '🎨' in t else 1] for t in texts])",
    )
    ((what, line),) = failed(submit("mine", code), session()).items()
    assert what == ("Encoder, texts", "emoji")
    assert line.startswith("encode_texts returned NaN or infinity for '🎨 🌊 ")


def test_what_ends_at_odd_inputs_is_started_again(submit: Submit, session: Open) -> None:
    code = changed(
        "def encode_images(self, images):",
        "def encode_images(self, images):\n"
        "        if min(images[0].size) in (1, 20):\n"
        "            __import__('os')._exit(3)",
    )
    assert failed(submit("mine", code), session()) == {
        ("Encoder, pictures", "1 x 1"): "its process ended (exit 3) without an answer",
        ("Encoder, pictures", "20,000 x 20"): "its process ended (exit 3) without an answer",
    }


def test_constant_pictures(submit: Submit, session: Open) -> None:
    assert failed(submit("mine", CONSTANT), session()) == {
        (f"Encoder, {kind}", "told apart"): f"all {kind} get the same embedding"
        for kind in ("pictures", "texts")
    }


CONSTANT_TEXTS = """
import numpy as np


class Encoder:
    def encode_images(self, images):
        return np.stack([np.asarray(i.resize((1, 1)), np.float32).ravel() for i in images])

    def encode_texts(self, texts):
        return np.ones((len(texts), 3), np.float32) + NOISE
"""


@pytest.mark.parametrize("noise", ["0", "1e-7 * np.arange(len(texts) * 3).reshape(-1, 3) / 96"])
def test_constant_texts(submit: Submit, session: Open, noise: str) -> None:
    # The template of `new` was such a one, and passed.
    lines = failed(submit("mine", CONSTANT_TEXTS.replace("NOISE", noise)), session())
    assert lines == {("Encoder, texts", "told apart"): "all texts get the same embedding"}


def test_what_depends_on_its_batch(submit: Submit, session: Open) -> None:
    code = changed("return unit([np.asarray", "return len(images) * unit([np.asarray")
    ((what, line),) = failed(submit("mine", code), session()).items()
    assert what == ("Encoder, pictures", "alone, in batch")
    assert line.endswith("(at most 0.01); call eval(), and seed what is random from the input")


def test_what_cannot_be_asked_for_one(submit: Submit, session: Open) -> None:
    code = changed(
        ".mean(axis=0) for image in images])", ".mean(axis=0) for image in images]).squeeze()"
    )
    lines = failed(submit("mine", code), session())
    assert lines["Encoder, pictures", "alone"] == (
        "encode_images returned shape (3,) for 1 inputs; wanted (1, d)"
    )
    assert set(lines) == {("Encoder, pictures", what) for what in ("alone", *ODD_PICTURES)}


def test_what_says_another_thing_each_time(submit: Submit, session: Open) -> None:
    code = changed(
        "def encode_texts(self, texts):\n        return unit([",
        "def encode_texts(self, texts):\n"
        "        shift = np.float32(np.random.default_rng().random((1, 3)))\n"
        "        return shift + unit([",
    )
    assert set(failed(submit("mine", code), session())) == {
        ("Encoder, texts", "same twice"),
        ("Encoder, texts", "alone, in batch"),
    }


def test_other_dimensions(submit: Submit, session: Open) -> None:
    code = changed("for t in texts\n        ])", "for t in texts\n        ])[:, :2]")
    lines = failed(submit("mine", code), session())
    assert lines == {("Encoder, texts", "dimensions"): "pictures have 3 dimensions, texts 2"}


def test_what_does_not_load(submit: Submit, session: Open) -> None:
    (only,) = found(submit("mine", "1 / 0"), session())
    assert only == Check(
        False, "", "loads", "ZeroDivisionError: division by zero (encoder.py, line 1)"
    )


def test_a_searcher(submit: Submit, session: Open) -> None:
    every = found(submit("mine", TITLES, "metadata"), session())
    assert all(one.passed for one in every), every
    assert [(one.of, one.what) for one in every[1:]] == [
        *(("Searcher, paintings", w) for w in ("shape", "answers", "same twice", "8 paintings")),
        *(
            ("Searcher, texts", what)
            for what in (
                "shape",
                "answers",
                "same twice",
                "alone, in batch",
                "32 texts",
                *ODD_TEXTS,
            )
        ),
    ]
    said = {(one.of, one.what): one.detail for one in every}
    assert said["Searcher, texts", "shape"] == "(32, 8) float32"
    assert said["Searcher, texts", "empty text"] == "finite, from 0 to 0"


def test_a_searcher_that_sees_pictures_is_shown_the_odd_ones(submit: Submit, session: Open) -> None:
    code = changed(
        "def index(self, paintings):",
        "def index(self, paintings):\n"
        "        1 / (min(one.image().width for one in paintings) - 1)",
        TITLES,
    ).replace('one.metadata["title"]', '"a red field"')
    every = found(submit("mine", code), session())
    assert [(one.of, one.what) for one in every if not one.passed] == [
        ("Searcher, paintings", "1 x 1")
    ]


def test_a_captioner(submit: Submit, session: Open) -> None:
    every = found(submit("mine", CAPTIONER), session())
    assert all(one.passed for one in every), every
    said = {one.what: one.detail for one in every}
    assert said["shape"] == "(8, 1) captions"
    assert said["answers"] == "such as: a red field, café"
    assert said["alone, in batch"] == "0 of 8 captions differ"
    assert set(ODD_PICTURES) < set(said)


def test_a_reranker(submit: Submit, session: Open) -> None:
    every = found(submit("mine", RERANKER), session())
    assert all(one.passed for one in every), every
    assert {one.of for one in every} == {"", "Reranker, pictures", "Reranker, texts"}
    code = changed("for image in images]", "for image in images if image.width > 1]", RERANKER)
    (only,) = [one for one in found(submit("other", code), session()) if not one.passed]
    assert (only.of, only.what) == ("Reranker, pictures", "1 x 1")
    assert only.detail == "rerank returned shape (0,) for 1 pictures; wanted (1,)"


def test_what_is_no_encoder_names_no_similarity(submit: Submit, session: Open) -> None:
    more = '\n[search]\nsimilarity = "cosine"\n'
    every = found(submit("titles", TITLES, "metadata", more=more), session())
    assert [(one.what, one.detail) for one in every if not one.passed] == [
        ("search", "is no Encoder, so no embeddings are searched: remove [search]")
    ]
    assert all(one.passed for one in found(submit("mine", more=more), session()))
