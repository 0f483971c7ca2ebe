"""Failures told in every way, and processes that end in every way."""

from __future__ import annotations

import pytest

from tests.faults.attack import SCORED, SHORT, TOO_LONG, Attack, Outcomes, check, encoder, fails

ENDED = "its process ended (exit {}) without an answer"
KILLED = "its process was killed by {}"

ATTACKS = {
    "markup": fails("raise ValueError('[red]x[/] <b>&amp; | `a`')", "ValueError: [red]x[/] <b>..."),
    "escapes": fails("raise ValueError('\\x1b[2J\\x1b]0;owned\\x07a\\rb\\u009b1m')",
                     "ValueError: [2J ]0;owned a b 1m"),
    "bidi-and-no-width": fails("raise ValueError('a\\u202e\\u2066b\\u200d\\ufeffc\\U000e0041d')",
                               "ValueError: a b c d"),
    "lines": fails("raise ValueError('a\\n\\v\\f\\x1c\\u0085\\u2028\\u2029b')", "ValueError: a b"),
    "half-a-pair-raised": fails("raise ValueError('a\\ud800b')", "ValueError: a?b"),
    "ten-megabytes": fails("raise ValueError('x' * 10**7)", "ValueError: " + "x" * 288),
    "forged-lines": fails("say(b'{\"failed\": \"a\\\\nb\\\\u001b[1mc\"}')", "a b [1mc"),
    "forged-and-long": fails(
        "say(b'{\"failed\": \"' + b'/submission/' * 300 + b'\"}')",
        "/...submissions/forged-and-long/...",
    ),
    "forged-and-too-long": fails(
        "say(b'{\"failed\": \"' + b'x' * 4001 + b'\"}')",
        "answered what is no answer (shape: Field required)",
    ),
    "without-a-word": fails("say(b'{\"failed\": \" \\\\n \"}')", "failed without a word"),
    "says-by-raising": fails(
        "class E(Exception):\n    def __str__(self): raise KeyError\nraise E",
        "E: (it says nothing)",
    ),
    "says-no-string": fails(
        "class E(RuntimeError):\n    def __str__(self): return 3\nraise E", "E: (it says nothing)"
    ),
    "named-in-lines": fails("raise type('a\\nb\\x1b[2J', (Exception,), {})('c')", "a b [2J: c"),
    "raises-on-a-closed-output": fails(
        "os.close(1); os.close(2); sys.stderr = None; raise ValueError('x')", "ValueError: x"
    ),
    "raises-no-exception": fails("raise KeyboardInterrupt", KILLED.format("SIGINT")),
    "raises-our-own": fails(
        "from benchmark.errors import BadInput\nraise BadInput('/etc', 'x\\ny', 'z')",
        r"/etc: x\ny; z",
    ),
    "exits-with-an-object": fails("sys.exit(object())", ENDED.format(1)),
    "exits-with-much": fails("sys.exit(2**70)", ENDED.format(255)),
    "os-exits": fails("os._exit(0)", ENDED.format(0)),
    "exits-as-if-killed": fails("os._exit(137)", KILLED.format("SIGKILL, out of memory?")),
    "kills-itself": fails("os.kill(os.getpid(), 9)", KILLED.format("SIGKILL, out of memory?")),
    "breaks": fails("ctypes.string_at(0)", KILLED.format("SIGSEGV")),
    "aborts": fails("os.abort()", KILLED.format("SIGABRT")),
    "ends-by-a-soft-signal": fails("os.kill(os.getpid(), 15)", KILLED.format("SIGTERM")),
    "ends-by-an-odd-signal": fails("os.kill(os.getpid(), 40)", KILLED.format("signal 40")),
    "stops-itself": fails("os.kill(os.getpid(), signal.SIGSTOP)", TOO_LONG, SHORT),
    "leaves-a-child": fails("if os.fork(): os._exit(5)\ntime.sleep(60)", ENDED.format(5)),
    "leaves-a-daemon": fails(
        "if os.fork(): os._exit(5)\nos.setsid()\nif os.fork(): os._exit(0)\ntime.sleep(60)",
        ENDED.format(5),
    ),
    "hides-its-end": Attack(
        encoder("", head="import atexit; atexit.register(time.sleep, 60)"), SCORED, "scored"
    ),
    "ignores-signals": Attack(
        encoder("for n in (1, 2, 3, 15): signal.signal(n, signal.SIG_IGN)"), SCORED, "scored"
    ),
    "refuses-to-be-made": Attack(
        encoder("", head="raise SystemExit('no\\nway')"), ENDED.format(1)
    ),
    "no-python": Attack("def (:\n", "SyntaxError: invalid syntax"),
    "ten-thousand-deep": Attack("x = " + "(" * 10_000, "SyntaxError: too many nested parentheses"),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_costs_its_own_row(name: str, outcomes: Outcomes) -> None:
    check(ATTACKS[name], outcomes(name))
