"""The process one submission runs in: it makes the model, and answers until the channel closes.

Started as `python -m benchmark.harness.worker FD FD`: requests come on the first descriptor,
answers go to the second, so that whatever the submission prints stays out of the way.
"""

from __future__ import annotations

import contextlib
import sys
import traceback
from pathlib import Path

from benchmark.errors import BadInput, SubmissionFailed
from benchmark.harness.isolation import frames
from benchmark.harness.worker.dispatch import Worker
from benchmark.harness.worker.requests import Requests

_SHORT = ("out of memory", "not enough memory", "can't allocate memory", "cannot allocate memory")
_LONGEST = 1000


def main() -> None:
    requests, says = Requests(int(sys.argv[1])), int(sys.argv[2])
    frames.write(
        says, frames.packed({"hello": True})
    )  # from here on, what goes wrong is the submission's
    worker = Worker()
    for request in requests:
        try:
            answer = frames.packed(*worker.answer(request))
        except (BadInput, SubmissionFailed) as error:
            answer = frames.packed({"failed": str(error)[:_LONGEST]})
        except Exception as error:
            with contextlib.suppress(Exception):  # it may have closed its stderr
                traceback.print_exc()
            said = {"failed": _where(error, worker.folder), "memory": _ran_out(error)}
            answer = frames.packed(said)
        frames.write(says, answer)


def _ran_out(error: Exception) -> bool:
    """Whether an exception says that memory ran out, on the device or in the machine."""
    if isinstance(error, MemoryError):
        return True
    return isinstance(error, RuntimeError) and any(w in _words(error).lower() for w in _SHORT)


def _words(error: Exception) -> str:
    """What an exception says, in characters that UTF-8 has."""
    try:
        return str(error).encode(errors="replace").decode()
    except Exception:  # what it is asked for is a stranger's code too
        return "(it says nothing)"


def _where(error: Exception, folder: Path | None) -> str:
    """An exception in one line, with the last place in the submission's own code, if any."""
    text = " ".join(f"{type(error).__name__}: {_words(error)}".split())[:300]
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if folder is not None and Path(frame.filename).is_relative_to(folder):
            return f"{text} ({Path(frame.filename).name}, line {frame.lineno})"
    return text


if __name__ == "__main__":
    main()
