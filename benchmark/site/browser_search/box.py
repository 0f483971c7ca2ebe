"""A search box: what the page of one gallery loads when somebody types."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmark.errors import BadInput
from benchmark.pretrained import experts
from benchmark.results.schema import Result
from benchmark.results.search_box import MODEL
from benchmark.site.browser_search.gallery import gallery
from benchmark.site.browser_search.packed_encoders import TextEncoder, ngrams, transformer
from benchmark.site.browser_search.stored import embeddings
from benchmark.site.leaderboard import Leaderboard
from benchmark.workspace import Workspace

_DRAWN = "drawn"
"""The folder of its expert for drawn pictures."""
_MOST = 6_000_000
"""Bytes that a reader may be sent, compressed, before the first answer."""
_STRANGERS = 0.05
"""Share of a gallery that may be of the other world; its pictures are then hardly found."""


@dataclass(frozen=True)
class Box:
    """Two packs, and the result of the model that they are of."""

    result: Result
    encoder: bytes
    gallery: bytes


def box(workspace: Workspace, board: Leaderboard) -> Box:
    """The box of one gallery. Raises BadInput saying what it lacks.

    A gallery of one world is ordered by that world's expert, so that the other's need not be sent.
    """
    result = next((one for one in board.results if one.submission == MODEL), None)
    if result is None:
        raise BadInput(board.name, f"no current result of {MODEL}", f"cimaise run {MODEL}")
    ids, asked = board.collection.ids, [query.id for query in board.query_set.queries]
    found = embeddings(workspace.cache, result, board.runs[MODEL], ids, asked)
    home = workspace.submissions / MODEL
    theirs = transformer(home / _DRAWN)
    ours = found.shape[1] - theirs.width
    drawn = float(np.mean(np.sum(found[:, ours:] ** 2, 1)))
    if _STRANGERS < drawn < 1 - _STRANGERS:
        problem = f"{drawn:.0%} of it is drawn and the rest is not"
        raise BadInput(board.name, problem, "the box serves galleries of one world")
    lengths = _lengths(ours, theirs.width)
    encoder, part, length = (
        (theirs, found[:, ours:], lengths[1])
        if drawn > 0.5
        else (_of_paintings(workspace, ours), found[:, :ours], lengths[0])
    )
    sent = len(encoder.pack) + part.size  # numbers of 8 bits are hardly compressed
    if sent > _MOST:
        problem = f"{sent / 1e6:.1f} MB would be sent to a reader"
        raise BadInput(board.name, problem, f"the box serves up to {_MOST / 1e6:.0f} MB")
    cards = (board.thumbnails.card(painting) for painting in ids)
    return Box(result, encoder.pack, gallery(cards, part, length))


def _of_paintings(workspace: Workspace, width: int) -> TextEncoder:
    home = workspace.submissions / MODEL
    made = ngrams(home)
    if made.width != width:
        raise BadInput(home, f"reads in {made.width} dimensions, and its pictures have {width}")
    return made


def _lengths(ours: int, theirs: int) -> tuple[float, float]:
    """How long the two parts of a text's embedding are."""
    whole = experts.texts(np.eye(1, ours, dtype=np.float32), np.eye(1, theirs, dtype=np.float32))
    return float(np.linalg.norm(whole[0, :ours])), float(np.linalg.norm(whole[0, ours:]))
