"""What each ability is asked about: pictures or texts, and odd ones of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from benchmark.abilities import Ability
from benchmark.collections.base import Collection
from benchmark.harness.evaluation.batching import cut
from benchmark.harness.evaluation.encode import TEXTS_AT_ONCE
from benchmark.harness.evaluation.part import part
from benchmark.harness.evaluation.reranking import score
from benchmark.harness.isolation.model import Model
from benchmark.harness.selftest import odd_inputs
from benchmark.harness.selftest.searcher_scores import SearcherScores
from benchmark.submission import Submission

_COLOURS = ("red", "blue", "white", "yellow")
_SUBJECTS = (
    "a {} boat on the sea",
    "une maison, {}",
    "ein Hund, {}",
    "{} flowers in a jug",
    "a calm {} evening, é à ü",
    "{}",
    "two women in {} with a child",
    "{} roofs",
)
TEXTS = [subject.format(colour) for subject in _SUBJECTS for colour in _COLOURS]
"""As many as there are pictures."""

Answers: TypeAlias = NDArray[Any]
"""(n, m) of n inputs: float32 numbers, or words."""


@dataclass(frozen=True)
class Subject:
    """What a model is asked about by one of its abilities."""

    ability: Ability
    kind: str
    """ "pictures", "paintings" or "texts"."""
    inputs: Sequence[Any]
    """Encoded pictures, or texts."""
    odd: Mapping[str, Any]
    ask: Callable[[Model, Sequence[Any]], Answers]
    """Answers of a loaded model, one for each input, in their order."""
    independent: bool = True
    """Whether an answer may not depend on what is asked at the same time."""

    @property
    def of(self) -> str:
        """The ability and the kind in words."""
        return f"{self.ability}, {self.kind}"


def subjects(ability: Ability, submission: Submission, gallery: Collection) -> list[Subject]:
    """What an ability is asked about, pictures first; none of a GraphReader, which only reads."""
    pictures = [gallery.picture(row) for row in range(len(gallery))]
    odd, odd_texts = odd_inputs.pictures(), odd_inputs.TEXTS
    size = TEXTS_AT_ONCE if submission.batch_size == "auto" else submission.batch_size
    if ability == "Encoder":
        return [
            Subject(ability, "pictures", pictures, odd, partial(_images, size)),
            Subject(ability, "texts", TEXTS, odd_texts, partial(_texts, size)),
        ]
    if ability == "Searcher":
        search = SearcherScores(gallery, submission, TEXTS[0])
        odd = odd if "image" in submission.inputs else {}
        return [
            Subject(ability, "paintings", pictures, odd, search.paintings, independent=False),
            Subject(ability, "texts", TEXTS, odd_texts, search.texts),
        ]
    if ability == "Reranker":
        scores, beside = partial(_scores, gallery), partial(_beside, gallery)
        return [
            Subject(ability, "pictures", pictures, odd, scores, independent=False),
            Subject(ability, "texts", TEXTS, odd_texts, beside, independent=False),
        ]
    if ability == "Captioner":
        return [Subject(ability, "pictures", pictures, odd, partial(_captions, size))]
    return []


def _images(size: int, model: Model, pictures: Sequence[bytes]) -> Answers:
    parts = []
    for span in cut(range(len(pictures)), size):
        model.send_pictures(pictures[span.start : span.stop])
        names = [f"picture {place + 1}" for place in span]
        parts.append(model.receive_pictures(names, lambda _: True)[0])
    return np.concatenate(parts)


def _texts(size: int, model: Model, texts: Sequence[str]) -> Answers:
    spans = cut(range(len(texts)), size)
    return np.concatenate([model.texts(texts[span.start : span.stop]) for span in spans])


def _scores(gallery: Collection, model: Model, pictures: Sequence[bytes]) -> Answers:
    """(n, 1) of pictures beside one text; they are put in another order at each call."""
    shown = replace(part(gallery, range(len(pictures))), picture=pictures.__getitem__)
    found = score(model, shown, TEXTS[0], shown.ids)
    return np.array([[found[name]] for name in shown.ids], np.float32)


def _beside(gallery: Collection, model: Model, texts: Sequence[str]) -> Answers:
    """(n, 1) of one picture beside each text."""
    one = gallery.ids[:1]
    return np.array([[*score(model, gallery, text, one).values()] for text in texts], np.float32)


def _captions(size: int, model: Model, pictures: Sequence[bytes]) -> Answers:
    said: list[str] = []
    for span in cut(range(len(pictures)), size):
        said += model.caption(pictures[span.start : span.stop], lambda _: True)[0]
    return np.array(said)[:, None]
