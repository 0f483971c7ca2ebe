"""Weights from the Hugging Face hub: fetched by the parent, before a model's process starts."""

from __future__ import annotations

from pathlib import Path

from benchmark.errors import BadInput
from benchmark.submission import OpenClip, Submission, Transformers
from benchmark.submission_files import MANIFEST
from benchmark.workspace import digest_of, file_digest

_WANTED = ["*.json", "*.txt", "*.model", "*.safetensors"]
"""Configuration, vocabulary and safetensors: never a pickle, never code."""


def fetch(folder: Path, submission: Submission, cache: Path) -> Path | None:
    """The local snapshot of a submission's hub repository; None when its weights are its own.

    An open_clip pretrained tag is looked up in open_clip's own table. The snapshot's folder is
    named by its commit. Raises BadInput naming file and field when it cannot be had.
    """
    model = submission.model
    revision: str | None
    if isinstance(model, OpenClip) and model.pretrained is not None:
        field, repository, revision = "pretrained", _tagged(folder, model), None
    elif isinstance(model, OpenClip | Transformers) and model.hub is not None:
        field, repository, revision = "hub", model.hub, model.revision
    else:
        return None
    return _snapshot(f"{folder / MANIFEST}: model.{field}", repository, revision, cache)


def digest(snapshot: Path) -> str:
    """Digest of every file of a snapshot, by name: what was really run."""
    files = sorted(path for path in snapshot.rglob("*") if path.is_file())
    return digest_of(*(p for f in files for p in (f.name, file_digest(f.resolve()))))


def _tagged(folder: Path, model: OpenClip) -> str:
    from open_clip.pretrained import get_pretrained_cfg

    where = f"{folder / MANIFEST}: model.pretrained"
    known = get_pretrained_cfg(model.architecture, model.pretrained)
    repository = str(known.get("hf_hub", "")).strip("/")
    if not repository:
        raise BadInput(
            where,
            f"open_clip has no '{model.pretrained}' for '{model.architecture}'",
            "open_clip.list_pretrained() lists what it has",
        )
    return repository


def _snapshot(where: str, repository: str, revision: str | None, cache: Path) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        found = Path(
            snapshot_download(
                repository, revision=revision, cache_dir=cache, allow_patterns=_WANTED
            )
        )
    except (HfHubHTTPError, HFValidationError, OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise BadInput(
            where, f"cannot fetch {repository}: {reason}", "check name, network"
        ) from None
    if not any(found.glob("*.safetensors")):
        raise BadInput(where, f"{repository} has no .safetensors", "pin a revision that has one")
    return found
