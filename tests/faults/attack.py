"""What an attack is: the code of a hostile submission, and the one line it must come to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from benchmark.harness.evaluation.run import Outcome
from tests.conftest import HEALTHY

TIGHT = "\n[limits]\nwall_s = 20\nmemory_gb = 0.6\nscratch_gb = 0.05\nprocesses = 12\n"
SHORT = TIGHT.replace("20", "2")
"""Where time is the attack."""
TOO_LONG = "took more than 2 s (limits.wall_s)"
SCORED = "ndcg@10 0.966"
"""What becomes of a healthy encoder, and of one whose deed came to nothing."""

_HEAD = """
import array, ctypes, errno, fcntl, mmap, os, platform, resource, select, signal, socket, struct
import subprocess, sys, threading, time
import numpy as np

def say(head, body=b"", wider=0, again=None):
    frame = struct.pack("<IQ", len(head), len(body) + wider) + head + body
    if again is not None:
        frame += struct.pack("<IQ", len(again), 0) + again
    frame = memoryview(frame)
    while frame:
        frame = frame[os.write(int(sys.argv[2]), frame):]
"""

SEARCHER = """
class Encoder:
    def index(self, paintings):
        self.ids = [painting.id for painting in paintings]

    def search(self, texts, k):
{deed}
        return [[] for _ in texts], [[] for _ in texts]
"""


Outcomes = Callable[[str], Outcome]
"""What became of an attack, by its name."""


@dataclass(frozen=True)
class Attack:
    """A submission and what is said of it; `...` in the verdict stands for anything."""

    code: str
    verdict: str
    state: str = "failed"
    more: str = TIGHT
    inputs: str = "image"


def encoder(deed: str, where: str = "encode_texts", head: str = "") -> str:
    """The code of an encoder that does something before it encodes."""
    start = {"encode_texts": "self, texts", "encode_images": "self, images"}[where]
    line = f"    def {where}({start}):\n"
    return _HEAD + head + HEALTHY.replace(line, line + _indented(deed))


def searcher(deed: str) -> str:
    """The code of a searcher that does something before it finds nothing."""
    return _HEAD + SEARCHER.format(deed=_indented(deed).rstrip("\n"))


def fails(deed: str, verdict: str, more: str = TIGHT, where: str = "encode_texts") -> Attack:
    """An encoder's deed that costs it its row."""
    return Attack(encoder(deed, where), verdict, more=more)


def harmless(deed: str, more: str = TIGHT) -> Attack:
    """An encoder's deed that has no effect: what it raises would be its verdict."""
    return Attack(encoder(deed), SCORED, "scored", more)


def check(attack: Attack, outcome: Outcome) -> None:
    """The outcome is the attack's own one line; the place in its own file may be anywhere."""
    assert "\n" not in outcome.detail
    assert all(c.isprintable() for c in outcome.detail)
    said = re.sub(r" \(encoder\.py, line \d+\)$", "", outcome.detail)
    pattern = ".*".join(re.escape(part) for part in attack.verdict.split("..."))
    assert (outcome.state, bool(re.fullmatch(pattern, said))) == (attack.state, True), said


def _indented(deed: str) -> str:
    return "".join(f"        {line}\n" for line in deed.strip("\n").splitlines())
