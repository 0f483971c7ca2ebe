"""A talk as test data: a conversation with judgments, as in `queries/*/conversations`."""

from __future__ import annotations

import io
import json
import secrets
import zipfile
from collections.abc import Sequence

from benchmark.demo.phrases import Language, word
from benchmark.demo.turns import Talk

LIKED, REJECTED = 2, 0
"""Grades of what a visitor liked and rejected."""
_FIRST_DATE = (2020, 1, 1, 0, 0, 0)


def exported(talk: Talk, language: Language, submissions: Sequence[str], name: str = "") -> bytes:
    """A ZIP of `conversations.jsonl` and `qrels/test.tsv`, of the turns that are shown.

    Grades are of the turn whose answer was liked or rejected; a turn without any has none. `name`:
    of the session, drawn where it is not given.
    """
    name = name or f"visit-{secrets.token_hex(6)}"
    turns, lines = [], ["query-id\tcorpus-id\tscore"]
    for number, turn in enumerate(talk.turns[: talk.at], 1):
        row = {
            "_id": f"{name}-{number}-{language}",
            "text": turn.words or word("like it", language),
        }
        if number == 1:
            row["kind"] = "open"
        elif turn.pointed is not None:
            row |= {"kind": "point", "painting": turn.pointed}
        turns.append(row)
        for grade, paintings in ((LIKED, turn.liked), (REJECTED, turn.rejected)):
            lines += [f"{row['_id']}\t{painting}\t{grade}" for painting in paintings]
    conversation = {
        "_id": f"{name}-{language}",
        "turns": turns,
        "metadata": {"language": language, "source": "demo", "submissions": list(submissions)},
    }
    files = {
        "conversations/conversations.jsonl": json.dumps(conversation, ensure_ascii=False) + "\n",
        "conversations/qrels/test.tsv": "".join(f"{line}\n" for line in lines),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path, _FIRST_DATE), text.encode())
    return buffer.getvalue()
