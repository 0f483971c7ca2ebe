"""A talk rewritten by rules into one query that reads like a caption."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.conversing.words import Meaning, content


def rewritten(meanings: Sequence[Meaning]) -> tuple[str, tuple[str, ...]]:
    """What is wanted after all these turns, in one line, and what is refused.

    What a turn refuses is dropped from what was said before: the parts that share a word with it.
    A turn that takes back and refuses nothing ("no, the other one") drops the last part. Where all
    contradicts itself, what was wanted last is left, which may be nothing.
    """
    parts: list[str] = []
    refused: list[str] = []
    for turn in meanings:
        unwanted = content(" ".join(turn.refused))
        kept = [part for part in parts if not content(part) & unwanted]
        if turn.takes_back and turn.wanted and not turn.refused:
            kept = parts[:-1]
        parts = kept
        if turn.wanted:
            wanted = content(turn.wanted)
            refused = [part for part in refused if not content(part) <= wanted]
            parts.append(turn.wanted)
        refused += [part for part in turn.refused if part not in refused]
    left = ", ".join(parts) or next((one.wanted for one in reversed(meanings) if one.wanted), "")
    return left, tuple(refused)
