"""Teaching a pruned sentence encoder to read as the whole one does."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

from benchmark.pretrained.sentences import Multilingual
from benchmark.training import losses
from benchmark.training.loop import fit
from benchmark.training.painting_texts import PaintingTexts
from benchmark.training.recipe import Job, Log
from benchmark.training.settings import Steps
from benchmark.training.students.text_encoders import NGrams, Trigrams
from benchmark.training.students.word_pieces import Pieces, Vocabulary

if TYPE_CHECKING:
    from benchmark.training.recipes.student import Student

_WORDS = 40_000
"""Words of English and French that are read alone and in strings, so that none comes as new."""
_STRINGS = 20_000
_LONGEST_STRING = 5


def tokens(tokenizer: Tokenizer, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
    """Numbers (n, l) of word pieces, and which of them (n, l) are no padding."""
    read = tokenizer.encode_batch(list(texts))
    ids, mask = (
        torch.tensor([getattr(one, part) for one in read]) for part in ("ids", "attention_mask")
    )
    return ids, mask


def strings(words: Sequence[str], seed: int) -> list[str]:
    """The words themselves, and strings of some of them, drawn by chance: likelier ones oftener."""
    some = list(words[:_WORDS])
    rng = np.random.default_rng(seed)
    drawn = (rng.random((_STRINGS, _LONGEST_STRING)) ** 2 * len(some)).astype(int)
    lengths = rng.integers(2, _LONGEST_STRING + 1, _STRINGS)
    pairs = zip(drawn, lengths, strict=True)
    return some + [" ".join(some[at] for at in row[:length]) for row, length in pairs]


def small(
    recipe: Student, told: PaintingTexts, whole: Multilingual, kept: Path, job: Job
) -> tuple[Vocabulary, NGrams | Trigrams, Log | None]:
    """The word pieces a student keeps, its sentence encoder, and how that learned if it had to.

    Pieces are those of captions and requests first: titles are full of names.
    """
    pieces = Pieces()
    used = {*chain(*told.captions), *told.requests.flat}
    vocabulary = pieces.kept([told.texts[one] for one in sorted(used)], recipe.pieces)
    if recipe.reading is None:
        return vocabulary, NGrams(vocabulary.rows).eval(), None
    encoder = Trigrams(vocabulary.rows, recipe.reading.rank)
    others = strings(pieces.words(_WORDS), recipe.reading.seed)
    texts = [*told.texts, *others]
    loss_at = Reading(
        encoder,
        vocabulary.tokenizer(),
        texts,
        whole(texts),
        len(others),
        recipe.reading,
    )
    log = fit(encoder, loss_at, recipe.reading, kept, job.progress, "learning to read")
    return vocabulary, encoder.eval(), log


class Reading:
    """The loss of a step: how far a small encoder's vectors are from the whole one's."""

    def __init__(
        self,
        encoder: nn.Module,
        tokenizer: Tokenizer,
        texts: Sequence[str],
        whole: NDArray[np.float32],
        strings: int,
        recipe: Steps,
    ) -> None:
        """`whole` (n, 512) of the texts, the last `strings` of which stand for all other words.

        Half of a batch are of these.
        """
        self._encoder, self._tokenizer, self._texts = encoder, tokenizer, texts
        self._whole, self._strings = torch.from_numpy(whole), strings
        self._batch, self._seed = recipe.batch, recipe.seed

    def __call__(self, step: int) -> Tensor:
        rng = np.random.default_rng([self._seed, step])
        told = len(self._texts) - self._strings
        half = self._batch // 2
        own, other = rng.integers(0, told, half), told + rng.integers(0, self._strings, half)
        rows = np.concatenate([own, other])
        ids, mask = tokens(self._tokenizer, [self._texts[row] for row in rows])
        with torch.autocast("cpu", torch.bfloat16):
            found = self._encoder(ids, mask)
        return losses.feature_mimicry(found.float(), self._whole[rows])


def read(
    encoder: nn.Module,
    tokenizer: Tokenizer,
    texts: Sequence[str],
) -> NDArray[np.float32]:
    """(n, 512) unit vectors of texts."""
    found = []
    with torch.inference_mode():
        for at in range(0, len(texts), 256):
            found.append(encoder(*tokens(tokenizer, texts[at : at + 256])).numpy())
    return np.concatenate(found)
