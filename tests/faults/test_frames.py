"""Answers that are none: forged frames, too long, too many, too early, too late."""

from __future__ import annotations

import pytest

from tests.faults.attack import (
    SCORED,
    SHORT,
    TOO_LONG,
    Attack,
    Outcomes,
    check,
    encoder,
    fails,
    searcher,
)

MOST = "where at most 327680 can be meant"
NONE = "answered what is no answer "
PICTURES = "encode_images"


def said(head: bytes, verdict: str, body: int = 48) -> Attack:
    """An encoder that says so of its four texts."""
    return fails(f"say({head!r}, bytes({body}))", verdict)


def found(head: bytes, body: str, verdict: str) -> Attack:
    """A searcher that says so of the four texts."""
    return Attack(searcher(f"say({head!r}, {body})"), verdict, inputs="metadata")


ATTACKS = {
    "brackets": said(b"[" * 200_000, f"answered 200048 bytes {MOST}"),
    "brackets-below-the-limit": said(b"[" * 60_000, NONE + "(Invalid JSON: recursion limit ..."),
    "long-head": said(b" " * 65_537, f"answered 65585 bytes {MOST}"),
    "long-body": said(b'{"shape": [4, 3]}', f"answered 262162 bytes {MOST}", 262_145),
    "greatest-lengths": fails(
        "os.write(int(sys.argv[2]), bytes([255] * 12)); time.sleep(9)",
        f"answered 18446744078004518910 bytes {MOST}",
    ),
    "nan": said(b'{"shape": [4, NaN]}', NONE + "(shape.1: Input should be a valid ...)"),
    "infinity": said(b'{"shape": [Infinity, 3]}', NONE + "(shape.0: Input should be a valid ...)"),
    "1e999": said(b'{"shape": [4, 1e999]}', NONE + "(shape.1: Input should be a valid ...)"),
    "many-digits": said(
        b'{"shape": [4, ' + b"9" * 60_000 + b"]}", NONE + "(Invalid JSON: number out of range...)"
    ),
    "negative": said(b'{"shape": [-4, 3]}', NONE + "(shape.0: Input should be greater than or...)"),
    "another-kind": said(
        b'{"abilities": ["Encoder"], "cuda": false}', NONE + "(shape: Field required)"
    ),
    "no-object": said(b"[4, 3]", NONE + "(Input should be an object)"),
    "empty": said(b"", NONE + "(Invalid JSON: EOF while parsing a value at line 1 column 0)"),
    "more-keys": said(
        b'{"shape": [4, 3], "a\\n\\u001b[2J\\u202eb": 1}',
        NONE + "(a [2J b: Extra inputs are not permitted)",
    ),
    "one-key-twice": said(
        b'{"shape": [4, 3], "shape": [4, 9]}',
        "encode_texts answered 48 bytes as (4, 9) for 4 inputs",
    ),
    "no-utf-8": said(b'{"shape\xff\xfe": 1}', NONE + "(Invalid JSON: invalid unicode ...)"),
    "half-a-pair": said(b'{"failed": "\\ud800"}', NONE + "(Invalid JSON: ...)"),
    "another-shape": said(
        b'{"shape": [4, 4]}', "encode_texts answered 48 bytes as (4, 4) for 4 inputs"
    ),
    "more-rows": said(
        b'{"shape": [6, 2]}', "encode_texts answered 48 bytes as (6, 2) for 4 inputs"
    ),
    "no-width": said(
        b'{"shape": [4, 0]}', "encode_texts answered 0 bytes as (4, 0) for 4 inputs", 0
    ),
    "too-wide": said(
        b'{"shape": [4, 16385]}', NONE + "(shape.1: Input should be less than or equal to 16384)"
    ),
    "texts-unread": Attack(  # not heard: there is nothing unread about a text
        encoder("""say(b'{"shape": [4, 3], "unread": [0]}', bytes(48))"""),
        "ndcg@10 0.661",
        "scored",
    ),
    "unread-one": fails(
        """say(b'{"shape": [3, 3], "unread": [1]}', bytes(36))""",
        "says that it cannot read picture 1, which can be read",
        where=PICTURES,
    ),
    "unread-beyond": fails(
        """say(b'{"shape": [3, 3], "unread": [4]}', bytes(36))""",
        "says that it cannot read picture 4, which can be read",
        where=PICTURES,
    ),
    "unread-all": fails(
        """say(b'{"shape": [0, 0], "unread": [0, 1, 2, 3]}')""",
        "says that it cannot read picture 0, which can be read",
        where=PICTURES,
    ),
    "unread-negative": fails(
        """say(b'{"shape": [3, 3], "unread": [-1]}', bytes(36))""",
        NONE + "(unread.0: Input should be greater than or equal to 0)",
        where=PICTURES,
    ),
    "before-asked": Attack(
        encoder("", head="""say(b'{"abilities": ["Encoder"], "cuda": false}', again=b"{}")"""),
        "answered before it was asked",
    ),
    "once-too-often": fails(
        """
rows = np.ones((4, 3), np.float32).tobytes()
say(b'{"shape": [4, 3]}', rows, again=b'{"shape": [0, 0]}'); time.sleep(60)""",
        "encode_images answered 0 bytes as (0, 0) for 4 inputs",
        where=PICTURES,
    ),
    "out-of-memory-for-ever": fails(
        """raise MemoryError("no\\nmore")""", "MemoryError: no more", where=PICTURES
    ),
    "half-a-frame": fails(
        """say(b'{"shape": [4, 3]}', bytes(47), wider=1); time.sleep(60)""", TOO_LONG, SHORT
    ),
    "drip": fails(
        """
for byte in struct.pack("<IQ", 17, 48) + b'{"shape": [4, 3]}' + bytes(48):
    os.write(int(sys.argv[2]), bytes([byte])); time.sleep(1)""",
        TOO_LONG,
        SHORT,
    ),
    "closes-its-channel": fails(
        "os.close(int(sys.argv[2])); time.sleep(60)", "closed its channel without an answer"
    ),
    "closes-its-channel-and-eats": fails(
        "os.close(int(sys.argv[2])); kept = [np.ones(10**7) for _ in range(99)]; time.sleep(60)",
        "used more than 0.6 GB of memory (limits.memory_gb)",
    ),
    "closes-what-it-is-asked-on": Attack(encoder("os.close(int(sys.argv[1]))"), SCORED, "scored"),
    "closes-its-output": Attack(encoder("os.close(1); os.close(2)"), SCORED, "scored"),
    "closes-everything": fails("os.closerange(0, 1024)", "its process ended (exit 120)..."),
    "found-beyond": found(
        b'{"lengths": [1, 0, 0, 0]}',
        'struct.pack("<if", 8, 1)',
        "search returned an unknown painting",
    ),
    "found-negative": found(
        b'{"lengths": [1, 0, 0, 0]}',
        'struct.pack("<if", -1, 1)',
        "search returned an unknown painting",
    ),
    "found-too-many": found(
        b'{"lengths": [9, 0, 0, 0]}', "bytes(72)", "answered 9 paintings where 8 were asked"
    ),
    "found-for-more-texts": found(
        b'{"lengths": [1, 0, 0, 0, 0]}', "bytes(8)", "answered 5 lists for 4 texts"
    ),
    "found-less-than-said": found(
        b'{"lengths": [2, 0, 0, 0]}', "bytes(8)", "answered 8 bytes for 2 found paintings"
    ),
    "found-twice": found(
        b'{"lengths": [2, 0, 0, 0]}',
        'struct.pack("<iiff", 1, 1, 1, 2)',
        "search listed a painting twice for text ...",
    ),
    "found-nan": found(
        b'{"lengths": [1, 0, 0, 0]}',
        'struct.pack("<if", 1, float("nan"))',
        "search returned NaN or infinity for text ...",
    ),
    "found-by-forged-names": Attack(
        searcher('return [["\\x1b[2J\\n"]] * len(texts), [[1]] * len(texts)'),
        r"search returned an unknown painting '\x1b[2J\n'",
        inputs="metadata",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_costs_its_own_row(name: str, outcomes: Outcomes) -> None:
    check(ATTACKS[name], outcomes(name))
