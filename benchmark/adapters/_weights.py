"""Weights from the Hugging Face hub: fetched by the parent, before a model's process starts."""

from __future__ import annotations

from pathlib import Path

from benchmark.adapters._adapter import ModelTable, adapters
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
    snapshot = _snapshot(where, repository.name, repository.commit, adapter.wanted, cache)
    files = snapshot_files(snapshot)
    for name, path in files:
        inspect(path, f"{repository.name}/{name}")
    refuse_code(table.adapter, adapter.declared, dict(files), f"{repository.name}/")
    return snapshot


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


def _snapshot(
    where: str, repository: str, revision: str | None, wanted: tuple[str, ...], cache: Path
) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    patterns = list(wanted)
    try:
        found = Path(
            snapshot_download(
                repository, revision=revision, cache_dir=cache, allow_patterns=patterns
            )
        )
    except (HfHubHTTPError, HFValidationError, OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise BadInput(
            where, f"cannot fetch {repository}: {reason}", "check name, network"
        ) from None
    if not any(path.is_file() for path in found.glob("*.safetensors")):
        raise BadInput(where, f"{repository} has no .safetensors", "pin a revision that has one")
    return found
