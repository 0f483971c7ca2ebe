"""Try a submission on a few pictures and texts, and on odd ones: does it keep the protocol?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmark.abilities import Ability
from benchmark.collections.base import Collection
from benchmark.errors import SubmissionFailed
from benchmark.harness.evaluation.device import named
from benchmark.harness.evaluation.encode import Progress
from benchmark.harness.evaluation.part import part
from benchmark.harness.evaluation.pipeline import lists
from benchmark.harness.evaluation.ranked import NOT_SEARCHED
from benchmark.harness.evaluation.session import Session
from benchmark.harness.isolation.model import Model
from benchmark.harness.selftest import odd_inputs
from benchmark.harness.selftest.restarting import Restarting
from benchmark.harness.selftest.subjects import TEXTS, subjects
from benchmark.harness.selftest.trials import trials
from benchmark.harness.selftest.verdicts import Check
from benchmark.submission import Submission, stages

_TRIED: tuple[Ability, ...] = ("Encoder", "Searcher", "Reranker", "Captioner")
_FEW = 8
"""Pictures and texts that a whole pipeline is asked about."""


def selftest(
    folder: Path, submission: Submission, session: Session, progress: Progress
) -> Iterator[Check]:
    """Yield whatever was tried and what was found, good or not.

    A pipeline is asked as a whole, then its own model by itself. Raises BadInput where the model
    lacks what it needs here, such as a package.
    """
    gallery = part(session.collection, range(min(len(TEXTS), len(session.collection))))
    progress("loading", 0, 1)
    if submission.pipeline is not None:
        yield Check(True, "pipeline", "stands on", ", ".join(stages(folder, submission)))
        yield from _whole(submission, session, gallery)
    if submission.model is None:
        return
    with Restarting(session.job(folder, submission)) as restarting:
        loaded = restarting.tried(_loaded)
        if isinstance(loaded, SubmissionFailed):
            yield Check(False, "", "loads", str(loaded))
            return
        abilities, detail = loaded
        yield Check(True, "", "loads", detail)
        if "Encoder" not in abilities and submission.search is not None:
            yield Check(False, "", "search", NOT_SEARCHED)
        if "Encoder" in abilities:
            abilities -= {"Searcher"}  # the harness makes a searcher of an encoder
        for ability in _TRIED:
            if ability in abilities:
                yield from trials(restarting, subjects(ability, submission, gallery), progress)


def _loaded(model: Model) -> tuple[frozenset[Ability], str]:
    return model.abilities, f"in {model.load_s:.1f} s on {named(model.cuda)}"


def _whole(submission: Submission, session: Session, gallery: Collection) -> Iterator[Check]:
    """What a pipeline finds for a few texts, and for each odd one; every stage is loaded anew."""
    shown = part(gallery, range(min(_FEW, len(gallery))))
    odd = {name: [text] for name, text in odd_inputs.TEXTS.items()}
    for what, texts in {f"{_FEW} texts": TEXTS[:_FEW], **odd}.items():
        questions = [(str(number), text) for number, text in enumerate(texts)]
        try:
            run = lists(session, submission, shown, questions)
        except SubmissionFailed as failure:
            yield Check(False, "pipeline", what, str(failure))
        else:
            found = sum(map(bool, run.ids))
            detail = f"{found} of {len(texts)} found any of {len(shown)} paintings"
            yield Check(True, "pipeline", what, detail)
