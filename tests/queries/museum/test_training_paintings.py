"""What is said of paintings for training is in the words of no query of either museum."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from benchmark.queries.conversations import load_turns
from benchmark.queries.judgments import first_column
from benchmark.queries.load import load_queries
from benchmark.queries.museum import visual_concepts
from benchmark.training import annotated_paintings, painting_requests

QUERIES = Path(__file__).parent.parent.parent.parent / "queries"
OURS = QUERIES / "training-paintings"


def plain(text: str) -> str:
    """Its words alone: small letters, without punctuation, one space between them."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold()))


def asked() -> set[str]:
    """All queries of both splits; the turns of conversations by themselves and as models see them.

    Plain.
    """
    found = set[str]()
    for home in (QUERIES / "museum", QUERIES / "museum-core"):
        found |= {plain(query.text) for query in load_queries(home / "queries.jsonl")}
        judged = set[str]().union(*map(first_column, home.glob("conversations/qrels/*.tsv")))
        for turn in load_turns(home / "conversations" / "conversations.jsonl", judged):
            found |= {plain(turn.said[-1]), plain(turn.text)}
    return found


def test_what_is_alike_but_for_case_and_punctuation_is_the_same() -> None:
    assert plain(" Un chien, « ÉTENDU » !") == plain("un  chien e\u0301tendu.") == "un chien étendu"


def test_both_splits_and_turns_are_looked_at() -> None:
    known = asked()
    assert len(known) > 1300
    assert {"i m looking for horses", "a dog", "boats", "people bent over a chessboard"} <= known


def test_no_request_and_no_caption_is_a_query() -> None:
    """Regression: turns of conversations had been forgotten, and 14 requests were in their words.

    Concepts that a test asks for by name ("Adam and Eve") are in the vocabulary, not here.
    """
    known = asked()
    concepts = visual_concepts.read(QUERIES / "museum-core" / visual_concepts.CSV)
    requests = painting_requests.read(OURS / painting_requests.NAME, concepts)
    paintings = annotated_paintings.read(OURS / annotated_paintings.NAME, concepts)
    texts = [text for one in requests for text in one.said]
    texts += [text for one in paintings for text in one.captions]
    assert [text for text in texts if plain(text) in known] == []
