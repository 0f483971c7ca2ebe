"""`check` and `new`."""

from __future__ import annotations

from benchmark import submission as submissions
from benchmark.collections.registry import find
from benchmark.commands.console import bars, coloured, notes, out
from benchmark.errors import BadInput, SubmissionFailed
from benchmark.workspace import Workspace


def check(name: str, device: str, trust: bool) -> int:
    """Validate `name` and try its model; 1 when the model fails, else 0."""
    from benchmark.harness.evaluation.selftest import selftest
    from benchmark.harness.evaluation.session import Session

    workspace = Workspace.find()
    folder = workspace.submissions / name
    if not folder.is_dir():
        raise BadInput(name, f"no such submission in {workspace.submissions}")
    submission = submissions.load(folder)
    told = f"  manifest        {submission.adapter}, {submission.role}"
    out.print(coloured(("ok", "green"), told))
    session = Session(workspace, find("atelier", workspace), device, fresh=False, trust=trust)
    found = set()
    try:
        with bars() as progress:
            for what, detail in selftest(folder, submission, session, progress(name)):
                found.add(what)
                out.print(coloured(("ok", "green"), f"  {what:15} {detail}"))
    except SubmissionFailed as error:
        notes.print(coloured(("failed", "red"), f"  {name}: {error}"))
        return 1
    if found & {"encodes", "searches"}:
        out.print(f"{name} keeps the protocol; score it with: cimaise run {name}")
    else:
        out.print(f"{name} keeps the protocol; alone it finds nothing: give it a [pipeline]")
    return 0


def new(name: str, adapter: str) -> None:
    """Write a submission that passes `check` and says what to replace."""
    from benchmark.commands.scaffold import scaffold

    workspace = Workspace.find()
    folder = workspace.submissions / name
    scaffold(folder, adapter)
    files = ", ".join(sorted(path.name for path in folder.iterdir()))
    out.print(f"submissions/{name}: {files}")
    out.print(f"Fill in submission.toml and README.md, then: cimaise check {name}")
