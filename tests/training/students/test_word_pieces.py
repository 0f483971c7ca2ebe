from __future__ import annotations

import json
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from benchmark.pretrained.packages import USE, checked
from benchmark.training.students.word_pieces import END, Pieces

TEXTS = [
    "a red Boat, on the sea",
    "L’été à Œuvre :  « un lac »",
    "",
    "  two   spaces\tand a tab ",
    "naïve ½ café №5",
    "新しい絵",
]


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces()


def test_with_all_its_pieces_texts_are_split_as_the_encoder_splits_them(pieces: Pieces) -> None:
    from sentencepiece import SentencePieceProcessor

    model = SentencePieceProcessor(model_file=str(checked(USE)["resources/sp.model"]))
    known = pieces.kept(TEXTS, 128_000)
    tokenizer = known.tokenizer()
    for text in TEXTS[:2] + TEXTS[3:5]:
        found = tokenizer.encode(text)
        assert [known.rows[one] for one in found.ids] == [1, *model.encode(text), 2], text


def test_the_most_frequent_pieces_are_kept_and_the_likeliest_fill_up(pieces: Pieces) -> None:
    few = pieces.kept(["boat boat lac"], 400)
    names = [name for name, _ in few.pieces]
    assert names[:3] == ["<unk>", "<s>", "</s>"] and len(names) == len(set(names)) == 400
    assert names.index("▁boat") < names.index("▁lac") < names.index("▁the")
    assert few.rows[:3] == [0, 1, 2]
    tokenizer = few.tokenizer()
    assert tokenizer.encode("boat").tokens == ["<s>", "▁boat", "</s>"]
    longer = tokenizer.encode("ultramarine").tokens  # in pieces that are left
    assert len(longer) > 4 and "".join(longer[1:-1]) == "▁ultramarine"


def test_words_are_whole_and_of_latin_letters(pieces: Pieces) -> None:
    words = pieces.words(1000)
    assert len(words) == 1000 and {"the", "de"} < set(words)
    assert all(word.isprintable() and not word.startswith("▁") and len(word) > 1 for word in words)


def test_what_is_written_reads_alike_and_says_how_long_a_text_may_be(
    pieces: Pieces, tmp_path: Path
) -> None:
    kept = pieces.kept(TEXTS, 500)
    kept.save(tmp_path)
    again = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    for text in TEXTS:
        assert again.encode(text).ids == kept.tokenizer().encode(text).ids
    config = json.loads((tmp_path / "tokenizer_config.json").read_text())
    assert config == {"model_max_length": 64, "pad_token": "</s>"}
    assert again.token_to_id("</s>") == END
    assert len(kept.tokenizer().encode("boat " * 100).ids) == 64
