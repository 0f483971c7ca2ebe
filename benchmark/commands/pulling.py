"""`collection pull`: the pictures of a collection, from Commons or from a mirror."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rich.filesize import decimal

from benchmark.collections.contact import contact
from benchmark.collections.declaration import ROWS
from benchmark.collections.pulling.clock import Clock
from benchmark.collections.pulling.found import Gives
from benchmark.collections.pulling.mirror import Mirror
from benchmark.collections.pulling.pull import Account, pull
from benchmark.collections.pulling.wanted import batches
from benchmark.collections.registry import find
from benchmark.commands.console import bars, notes, out
from benchmark.errors import BadInput
from benchmark.workspace import Workspace

_REASONS = 12
"""Lines of the account that say why pictures are missing."""


def pull_pictures(reference: str, width: int, mirror: Path | None) -> int:
    """Pull, and say what came of it. The exit code: 1 where pictures are missing."""
    place = find(reference, Workspace.find())
    name = place.gallery  # of all its splits, which share their pictures
    if not place.pulls:
        raise BadInput(reference, "its pictures are not pulled", "they lie in its folder")
    manifest, clock = place.folder / ROWS, Clock()
    gives = _mirror(mirror, manifest) if mirror else _commons(width, clock)
    with bars() as progress:
        update = progress(name)
        account = pull(
            manifest, name, place.cache, gives, clock, lambda done, of: update("pictures", done, of)
        )
    _tell(name, account)
    return 1 if account.missing else 0


def _mirror(folder: Path, manifest: Path) -> Gives:
    if not folder.is_dir():
        raise BadInput(f"--from {folder}", "is no folder", "name the one that has the pictures")
    return Mirror(folder, (work.id for works in batches(manifest, 1000) for work in works))


def _commons(width: int, clock: Clock) -> Gives:
    from benchmark.collections.pulling.from_commons import Commons
    from benchmark.collections.pulling.polite_http import Http

    return Commons(Http(contact(), clock=clock), width)


def _tell(name: str, account: Account) -> None:
    had = account.pulled + account.there
    out.print(
        f"{name}: {had} of {account.works} pictures ({account.source}): {account.pulled} pulled "
        f"({decimal(account.bytes)} in {account.seconds:.0f} s), {account.there} already there, "
        f"{account.missing.total()} missing"
    )
    if account.smaller and account.source.startswith("Commons"):
        out.print(f"smaller than asked, as the original is: {account.smaller}")
    if account.licences:
        out.print(f"licences: {_counted(account.licences)}")
    if account.ended:
        notes.print(f"ended early: {account.ended}")
    for why, number in account.missing.most_common(_REASONS):
        notes.print(f"missing, {number}: {why}")
    if (more := len(account.missing) - _REASONS) > 0:
        notes.print(f"missing for {more} other reasons: see missing.jsonl")


def _counted(numbers: Counter[str]) -> str:
    """The eight most common with their numbers, most common first."""
    named = [f"{what} {number}" for what, number in numbers.most_common(8)]
    return ", ".join(named + (["..."] if len(numbers) > 8 else []))
