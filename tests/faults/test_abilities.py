"""Re-rankers, captioners and readers of the graph that lie, and abilities that are claimed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from benchmark.errors import SubmissionFailed
from tests.faults.attack import (
    _HEAD,
    SHORT,
    TIGHT,
    TOO_LONG,
    Attack,
    Outcomes,
    check,
    encoder,
    searcher,
)
from tests.faults.conftest import standing

FIRST = '\n[pipeline]\nfirst = "a-healthy-one"\ndepth = 4\n'
"""The first stage of a hostile re-ranker is the healthy submission that comes first."""
RERANKED = "ndcg@10 ..."

_RERANKER = """
class Encoder:
    def rerank(self, text, images):
{deed}
        return np.arange(len(images))
"""
_CAPTIONER = """
class Encoder:
    def caption(self, images):
{deed}
        return ["a field"] * len(images)
"""
NONE = "answered what is no answer "


def _png() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (2, 2)).save(data, "PNG")
    return data.getvalue()


PICTURE = _png()


def _code(template: str, deed: str) -> str:
    lines = (f"        {line}\n" for line in deed.strip("\n").splitlines())
    return _HEAD + template.format(deed="".join(lines).rstrip("\n"))


def reranks(deed: str, verdict: str, more: str = TIGHT, state: str = "failed") -> Attack:
    """A re-ranker's deed before it answers with places."""
    return Attack(_code(_RERANKER, deed), verdict, state, more + FIRST)


NOT_FINITE = (
    'rerank returned NaN or infinity; mend it, or set model.precision = "fp32" in submission.toml'
)
ATTACKS = {
    "reranks-to-nan": reranks(
        "return [float('nan')] * len(images)", NOT_FINITE
    ),
    "reranks-to-infinity": reranks(
        "return [1, 2, 3, float('-inf')]", NOT_FINITE
    ),
    "reranks-beyond-bounds": reranks(
        "return [3e38] * len(images)", "rerank returned 3e+38; at most 1e+15"
    ),
    "reranks-too-few": reranks(
        "return [1.0]", "rerank returned shape (1,) for 4 pictures; wanted (4,)"
    ),
    "reranks-in-columns": reranks(
        "return np.ones((4, 1))", "rerank returned shape (4, 1) for 4 pictures; wanted (4,)"
    ),
    "reranks-to-nothing": reranks(
        "return None", "rerank returned NoneType, not an array of numbers"
    ),
    "reranks-to-words": reranks(
        "return ['best'] * 4", "rerank returned list, not an array of numbers"
    ),
    "reranks-by-forged-frame": reranks(
        """say(b'{"unread": []}', bytes(12))""", "rerank answered 12 bytes for 4 pictures"
    ),
    "reranks-by-long-frame": reranks(
        """say(b'{"unread": []}', bytes(65_537))""",
        "answered 65551 bytes where at most 65552 can be meant",
    ),
    "reranks-blindly": reranks(
        """say(b'{"unread": [0, 1, 2, 3]}')""",
        "says that it cannot read picture 0, which can be read",
    ),
    "reranks-with-names": reranks(
        """say(b'{"ids": ["p-red"]}', bytes(16))""",
        NONE + "(ids: Extra inputs are not permitted)",
    ),
    "reranks-for-ever": reranks("time.sleep(60)", TOO_LONG, SHORT),
    "reranks-and-leaves": reranks("os._exit(3)", "its process ended (exit 3) without an answer"),
    "reranks-as-it-likes": reranks("pass", RERANKED, state="scored"),
    "reranks-by-name": reranks(
        """
import PIL
assert all(getattr(image, "filename", "") == "" and not image.info for image in images)
assert isinstance(text, str)""",
        RERANKED,
        state="scored",
    ),
    "claims-to-rerank": Attack(
        encoder("", head="""say(b'{"abilities": ["Reranker"], "cuda": false}', again=b"{}")"""),
        "answered before it was asked",
        more=TIGHT + FIRST,
    ),
    "claims-an-oracle": Attack(
        encoder("", head="""say(b'{"abilities": ["Oracle"], "cuda": false}')\n"""),
        NONE + "(abilities.0: Input should be ...)",
    ),
    "claims-many": Attack(
        encoder("", head="""say(b'{"abilities": ["Encoder", "Encoder", "Encoder", "Encoder", """
                """"Encoder", "Encoder", "Encoder"], "cuda": false}')\n"""),
        NONE + "(abilities: List should have at most 6 items ...)",
    ),
    "only-captions": Attack(
        _code(_CAPTIONER, "pass"), "captions pictures, which no task here asks for", "left out"
    ),
    "asks-for-a-graph-there-is-none": Attack(
        searcher(""),
        "...colours: has no catalogue graph, which asks-for-a-graph-there-is-none reads "
        "(inputs); run it on a collection that has one",
        inputs="graph",
    ),
}  # fmt: skip

CAPTIONS = {
    "a caption of 10 MB": (
        "return ['x' * 10_000_000] * len(images)",
        "caption returned 10000000 bytes for a picture; at most 4096",
    ),
    "10 MB of captions forged": (
        """say(b'{"sizes": [10000000]}', bytes(10_000_000)); time.sleep(9)""",
        "answered 10000021 bytes where at most 73728 can be meant",
    ),
    "a size beyond bounds": (
        """say(b'{"sizes": [4097, 0]}', bytes(4097))""",
        NONE + "(sizes.0: Input should be less than or equal to 4096)",
    ),
    "too few": ("return ['x']", "caption returned 1 captions for 2 pictures"),
    "none": ("return None", "caption returned NoneType, not a list of strings"),
    "one string": ("return 'ab'", "caption returned str, not a list of strings"),
    "bytes": ("return [b'a', b'b']", "caption returned bytes, not a list of strings"),
    "escapes": (
        "return ['\\x1b[2Jfine', 'b']",
        "caption has a control character (U+001B)",
    ),
    "zero": ("return ['a\\0b', 'b']", "caption has a control character (U+0000)"),
    "turned round": ("return ['a', 'b\\u202e']", "caption has a control character (U+202E)"),
    "no UTF-8": (
        """say(b'{"sizes": [1, 1]}', b"\\xff\\xfe")""",
        "caption answered what is no UTF-8",
    ),
    "half a character": (
        """say(b'{"sizes": [1, 1]}', "é".encode())""",
        "caption answered what is no UTF-8",
    ),
    "more bytes than said": (
        """say(b'{"sizes": [1, 1]}', b"abc")""",
        "caption answered 2 captions in 3 bytes for 2 pictures",
    ),
    "blindly": (
        """say(b'{"sizes": [], "unread": [0, 1]}')""",
        "says that it cannot read picture 0, which can be read",
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_costs_its_own_row(name: str, outcomes: Outcomes) -> None:
    check(ATTACKS[name], outcomes(name))


@pytest.mark.parametrize("deed", CAPTIONS)
def test_no_such_caption_comes_through(deed: str, tmp_path: Path) -> None:
    code, verdict = CAPTIONS[deed]
    with (
        standing(tmp_path, _code(_CAPTIONER, code)) as model,
        pytest.raises(SubmissionFailed) as caught,
    ):
        model.caption([PICTURE, PICTURE], lambda place: True)
    assert str(caught.value) == verdict


def test_one_that_claims_what_it_cannot_do_is_told(tmp_path: Path) -> None:
    with standing(tmp_path, _code(_CAPTIONER, "pass")) as model:
        model.abilities = frozenset({"Reranker"})
        with pytest.raises(SubmissionFailed, match=r"^is no Reranker$"):
            model.rerank("a", [PICTURE], lambda place: True)


def test_the_graph_is_there_to_read_and_not_to_change(tmp_path: Path) -> None:
    """It is a file of its own, and nothing beside it is there."""
    deed = """
    def graph(self, store):
        held = open("/graph.ttl").read()
        try: open("/graph.ttl", "a")
        except OSError as error: told = error.strerror
        raise ValueError(f"{len(store)} {len(held)} {told} {os.listdir('/')}")
"""
    path = tmp_path / "secret-place" / "catalogue.ttl"
    path.parent.mkdir(mode=0o700)
    path.write_text("<urn:a> <urn:b> <urn:c> .\n")
    path.chmod(0o600)
    with (
        pytest.raises(SubmissionFailed) as caught,
        standing(tmp_path, searcher("") + deed, inputs="graph", graph=path),
    ):
        pass
    said = str(caught.value)
    assert said.startswith(
        ("ValueError: 1 26 Read-only file system [", "ValueError: 1 26 Permission denied [")
    )
    assert "graph.ttl" in said and "secret" not in said and "home" not in said
