"""`check` and `new`."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from benchmark import submission as submissions
from benchmark.collections.registry import find
from benchmark.commands.console import bars, coloured, notes, out
from benchmark.errors import BadInput, plain
from benchmark.results.provenance import machine
from benchmark.workspace import Workspace

if TYPE_CHECKING:
    from benchmark.harness.selftest.verdicts import Check

_WIDTH, _INDENT = 80, 4 + 8 + 16
"""Of a line, and of what was measured. Four blanks make it a block of code in Markdown, where no
word of a submission is read as anything else."""


def check(name: str, device: str, trust: bool) -> int:
    """Validate `name`, try its model and print what was found; 1 where something failed, else 0."""
    from benchmark.harness.evaluation.session import Session
    from benchmark.harness.selftest.selftest import selftest
    from benchmark.harness.selftest.verdicts import Check

    workspace = Workspace.find()
    folder = workspace.submissions / name
    if not folder.is_dir():
        raise BadInput(name, f"no such submission in {workspace.submissions}")
    submission = submissions.load(folder)
    on = machine()
    out.print(f"    cimaise check {name}")
    out.print(f"    {on['processor']}, {on['cores']} cores, {on['memory_gb']} GiB of memory")
    out.print()
    _print(Check(True, "", "manifest", f"{submission.adapter}, {submission.role}"))
    session = Session(workspace, find("atelier", workspace), device, fresh=False, trust=trust)
    found: list[Check] = []
    with bars() as progress:
        for one in selftest(folder, submission, session, progress(name)):
            if one.of and one.of not in {earlier.of for earlier in found}:
                out.print(f"    {one.of}")
            _print(one)
            found.append(one)
    out.print()
    if failed := sum(not one.passed for one in found):
        notes.print(coloured(("failed", "red"), f"  {name}: {failed} of {len(found)} checks"))
        return 1
    if any(one.of.startswith(("Encoder", "Searcher", "pipeline")) for one in found):
        out.print(f"{name} keeps the protocol; score it with: cimaise run {name}")
    else:
        out.print(f"{name} keeps the protocol; alone it finds nothing: give it a [pipeline]")
    return 0


def _print(one: Check) -> None:
    """A check as one line, or several where what is said is longer."""
    word = ("ok", "green") if one.passed else ("failed", "red")
    first, *more = wrap(plain(one.detail), _WIDTH - _INDENT, break_long_words=False,
                        break_on_hyphens=False) or [""]  # fmt: skip
    blanks = " " * (8 - len(word[0]))
    out.print(coloured("    ", word, f"{blanks}{one.what:15} {first}"))
    for line in more:
        out.print(" " * _INDENT + line)


def new(name: str, adapter: str) -> None:
    """Write a submission that passes `check` and says what to replace."""
    from benchmark.commands.scaffold import scaffold

    workspace = Workspace.find()
    folder = workspace.submissions / name
    scaffold(folder, adapter)
    files = ", ".join(sorted(path.name for path in folder.iterdir()))
    out.print(f"submissions/{name}: {files}")
    out.print(f"Fill in submission.toml and README.md, then: cimaise check {name}")
