"""The word pieces that a student keeps of the multilingual sentence encoder, and its tokenizer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from benchmark.pretrained.packages import USE, checked
from benchmark.workspace import replacing

UNKNOWN, BEGIN, END = 0, 1, 2
"""Their numbers, in the encoder and in whatever is left of it."""
_LATIN = re.compile(r"▁?[a-zàâçéèêëîïôöùûüÿœæA-ZÀÂÇÉÈÊËÎÏÔÙÛÜŒÆ0-9 '’.,;:!?()\-]*")
"""Pieces of English and French."""
_LONGEST = 64
"""Tokens that are read, the two at either end among them."""


@dataclass(frozen=True)
class Vocabulary:
    """`pieces` with their scores, and `rows`: the row of each in the encoder's own table."""

    pieces: list[tuple[str, float]]
    rows: list[int]

    def tokenizer(self) -> Tokenizer:
        """The unigram model (Kudo 2018) of these pieces, as the encoder's own splits texts."""
        made = Tokenizer(models.Unigram(self.pieces, unk_id=UNKNOWN, byte_fallback=False))
        made.normalizer = normalizers.Sequence(
            [
                normalizers.Nmt(),
                normalizers.NFKC(),
                normalizers.Replace(Regex(r"\s+"), " "),
                normalizers.Strip(),
            ]
        )
        made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
        begin, end = self.pieces[BEGIN][0], self.pieces[END][0]
        made.post_processor = processors.TemplateProcessing(
            single=f"{begin} $A {end}", special_tokens=[(begin, BEGIN), (end, END)]
        )
        made.enable_truncation(_LONGEST)
        made.enable_padding(pad_id=END, pad_token=end)
        return made

    def save(self, folder: Path) -> None:
        """Write tokenizer.json and tokenizer_config.json, as the adapter onnx reads them."""
        import json

        tokenizer = self.tokenizer()
        tokenizer.no_padding()
        tokenizer.no_truncation()
        config = {"model_max_length": _LONGEST, "pad_token": self.pieces[END][0]}
        for name, text in (
            ("tokenizer.json", tokenizer.to_str()),
            ("tokenizer_config.json", json.dumps(config, indent=1) + "\n"),
        ):
            with replacing(folder / name) as temporary:
                temporary.write_text(text, encoding="utf-8")


class Pieces:
    """All word pieces of the encoder's package. Raises BadInput where it is not there."""

    def __init__(self) -> None:
        from sentencepiece import SentencePieceProcessor

        path = checked(USE)["resources/sp.model"]
        self._model = SentencePieceProcessor(model_file=str(path))
        count = self._model.get_piece_size()
        self._pieces: list[str] = self._model.id_to_piece(list(range(count)))
        self._scores: list[float] = self._model.get_score(list(range(count)))

    def words(self, most: int) -> list[str]:
        """The likeliest whole words of English and French, and what is spelt like them."""
        found = (row for row in self._likeliest() if len(self._pieces[row]) > 2)
        names = (self._pieces[row] for row in found)
        return [name[1:] for name in names if name.startswith("▁")][:most]

    def kept(self, texts: Sequence[str], size: int) -> Vocabulary:
        """`size` pieces: those of the texts, the most frequent first; then the likeliest."""
        used = Counter(row for ids in self._model.encode(list(texts)) for row in ids)
        letters = [row for row in self._likeliest() if len(self._pieces[row]) == 1]
        rows = dict.fromkeys(
            [UNKNOWN, BEGIN, END, *letters, *(row for row, _ in used.most_common())]
        )
        rows |= dict.fromkeys(self._likeliest())
        some = list(rows)[:size]
        return Vocabulary([(self._pieces[row], self._scores[row]) for row in some], some)

    def _likeliest(self) -> list[int]:
        order = sorted(range(END + 1, len(self._pieces)), key=lambda row: -self._scores[row])
        return [row for row in order if _LATIN.fullmatch(self._pieces[row])]
