"""Weights from the Hugging Face hub: fetched by the parent, before a model's process starts."""

from __future__ import annotations

import errno
from pathlib import Path

from benchmark.adapters._adapter import ModelTable, Repository, adapters, pinned
from benchmark.adapters._hub_cache import keep, whole
from benchmark.declared.code import refuse_code
from benchmark.errors import BadInput
from benchmark.submission_files import MANIFEST, digest_of_file, inspect, linked_files
from benchmark.workspace import digest_of

TOKENIZER = (
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.json",
    "vocab.txt", "merges.txt", "added_tokens.json", "*.model",
)  # fmt: skip
"""Files of a tokenizer, as Hugging Face's libraries write them."""
_VOCABULARIES = (("tokenizer.json",), ("vocab.json", "merges.txt"), ("vocab.txt",), ("*.model",))
"""Each alone is a whole vocabulary."""
_KEPT = "what has come is kept"


def fetch(folder: Path, table: ModelTable, cache: Path) -> Path | None:
    """The local snapshot of a submission's hub repository; None when its weights are its own.

    The snapshot's folder is named by its commit. Raises BadInput naming file and field when it
    cannot be had, or a file of it when that is no data.
    """
    adapter = adapters()[table.adapter]
    repository = adapter.repository(folder, table)
    if repository is None:
        return None
    where = f"{folder / MANIFEST}: model.{repository.field}"
    snapshot = whole(cache, repository, adapter.wanted)
    if snapshot is None:
        snapshot = _snapshot(where, repository, adapter.wanted, cache)
        keep(snapshot, repository, adapter.wanted)
    files = snapshot_files(snapshot)
    for name, path in files:
        inspect(path, f"{repository.name}/{name}")
    refuse_code(table.adapter, adapter.declared, dict(files), f"{repository.name}/")
    return snapshot


def waits(table: ModelTable, cache: Path) -> bool:
    """Whether pinned weights of a hub have yet to be fetched. Imports no library, asks no hub."""
    repository = pinned(table)
    return repository is not None and not whole(cache, repository, adapters()[table.adapter].wanted)


def snapshot_files(snapshot: Path) -> list[tuple[str, Path]]:
    """Name and real file of all that a snapshot holds, in name order; there are no others.

    The hub's cache keeps each file once, in the repository's own folder, and links to it. Raises
    BadInput where a link leads out of that.
    """
    return list(linked_files(snapshot, snapshot.parent.parent).items())


def digest(snapshot: Path) -> str:
    """Digest of every file of a snapshot, by name: what was really run."""
    return digest_of(*(p for n, f in snapshot_files(snapshot) for p in (n, digest_of_file(f))))


def need_vocabulary(where: str, home: Path) -> None:
    """Refuse a folder without a tokenizer: transformers makes up one of two tokens. BadInput."""
    if not any(all(any(home.glob(one)) for one in whole) for whole in _VOCABULARIES):
        problem = "has no tokenizer.json, nor vocab.json with merges.txt, nor a .model"
        raise BadInput(where, problem, "save the model's tokenizer there too")


def _snapshot(where: str, repository: Repository, wanted: tuple[str, ...], cache: Path) -> Path:
    """Fetch what is wanted of a repository; files that lie here already are not fetched again."""
    from huggingface_hub import snapshot_download

    name, commit = repository.name, repository.commit
    try:
        found = Path(
            snapshot_download(name, revision=commit, cache_dir=cache, allow_patterns=list(wanted))
        )
    except Exception as error:  # of several libraries, down to the one that speaks HTTP
        problem, remedy = _said(error, name, commit, cache)
        raise BadInput(where, f"cannot fetch {name}: {problem}", remedy) from None
    if not any(path.is_file() for path in found.glob("*.safetensors")):
        raise BadInput(where, f"{name} has no .safetensors", "pin a revision that has one")
    return found


def _said(error: Exception, name: str, commit: str | None, cache: Path) -> tuple[str, str]:
    """What is wrong, and the remedy."""
    from huggingface_hub import errors

    page = f"https://huggingface.co/{name}"
    if isinstance(error, errors.GatedRepoError):
        return "it is gated", f"accept its terms at {page}, then: hf auth login"
    if isinstance(error, errors.RepositoryNotFoundError):
        return "there is no such repository, or it is private", f"mend the name, or see {page}"
    if isinstance(error, errors.RevisionNotFoundError):
        return f"it has no commit {commit}", f"pick one of {page}/commits"
    if isinstance(cause := error.__cause__, errors.HfHubHTTPError):
        return f"the hub answers {cause.response.status_code}", f"run it again: {_KEPT}"
    if isinstance(error, errors.LocalEntryNotFoundError):
        return "no hub can be reached", "run it where there is a network"
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "no room is left", f"make room where {cache} lies, and run it again"
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return reason, f"run it again: {_KEPT}"
