"""Which submissions can be talked to here, and what the others lack."""

from __future__ import annotations

from dataclasses import dataclass

from benchmark.errors import BadInput
from benchmark.harness.evaluation.report import REPORT
from benchmark.harness.evaluation.session import Session
from benchmark.submission import Submission, load_all
from benchmark.workspace import digest_of


@dataclass(frozen=True)
class Offer:
    """A submission; `missing` says in one line what it lacks and how to mend it."""

    name: str
    title: str
    missing: str = ""
    looks: bool = False
    """Whether it sees pictures."""


def offers(session: Session, names: list[str] | None = None) -> list[Offer]:
    """Every submission, or those named, in name order; those that are ready first."""
    loaded = load_all(session.workspace.submissions, names)
    found = [_offer(session, name, one) for name, one in loaded.items()]
    return sorted(found, key=lambda one: (bool(one.missing), one.name))


def _offer(session: Session, name: str, one: Submission | BadInput) -> Offer:
    if isinstance(one, BadInput):
        return Offer(name, name, str(one))
    try:
        missing = _missing(session, one)
    except BadInput as error:
        missing = str(error)
    return Offer(name, one.title, missing, "image" in one.inputs)


def _missing(session: Session, submission: Submission) -> str:
    if "graph" in submission.inputs and session.place.catalogue_graph is None:
        return f"{session.place.name} has no catalogue graph"
    for one in (*session.below(submission).values(), submission):
        if one.model is None:
            continue
        whose = "" if one is submission else f"its stage {one.name}: "
        if session.waits(one):
            return f"{whose}its weights lie on a hub; cimaise run {one.name} --hub"
        if one.pipeline is None and "image" in one.inputs and not _was_shown(session, one):
            return f"{whose}no stored embeddings; {remedy(session, one.name)}"
    return ""


def remedy(session: Session, name: str) -> str:
    """The command that has a submission encode the pictures of this collection."""
    place = session.place
    where = place.name if place.built_in else str(place.folder)
    if (place.queries / "queries.jsonl").is_file():
        return f"cimaise run {name} --collection {where}"
    return f'cimaise search "a boat" --submission {name} --collection {where}'


def _was_shown(session: Session, submission: Submission) -> bool:
    """Whether it has embeddings of these pictures, or is a searcher that was run on them."""
    entry = session.entry(submission, digest_of("demo"))
    return entry.has_images or any(entry.images.glob(f"*/{REPORT}"))
