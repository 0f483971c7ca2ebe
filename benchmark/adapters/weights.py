"""Weights from the Hugging Face hub: fetched by the parent, before a model's process starts."""

from __future__ import annotations

from pathlib import Path

from benchmark.declared.code import refuse_code
from benchmark.errors import BadInput
from benchmark.submission import OpenClip, Submission, Transformers
from benchmark.submission_files import MANIFEST, digest_of_file, inspect, linked_files
from benchmark.workspace import digest_of

_TOKENIZER = ["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.json"]
_TOKENIZER += ["vocab.txt", "merges.txt", "added_tokens.json", "*.model"]
_WANTED = {
    "open_clip": [*_TOKENIZER, "open_clip_config.json", "*.safetensors"],
    "transformers": [
        *_TOKENIZER,
        "config.json",
        "preprocessor_config.json",
        "processor_config.json",
        "model*.safetensors",
        "model.safetensors.index.json",
    ],
}
"""Configuration, vocabulary and safetensors that an adapter reads: never a pickle, never code."""


def fetch(folder: Path, submission: Submission, cache: Path) -> Path | None:
    """The local snapshot of a submission's hub repository; None when its weights are its own.

    An open_clip pretrained tag is looked up in open_clip's own table. The snapshot's folder is
    named by its commit. Raises BadInput naming file and field when it cannot be had, or a file of
    it when that is no data.
    """
    model = submission.model
    revision: str | None
    if isinstance(model, OpenClip) and model.pretrained is not None:
        field, repository, revision = "pretrained", _tagged(folder, model), None
    elif isinstance(model, OpenClip | Transformers) and model.hub is not None:
        field, repository, revision = "hub", model.hub, model.revision
    else:
        return None
    where = f"{folder / MANIFEST}: model.{field}"
    snapshot = _snapshot(where, repository, revision, _WANTED[model.adapter], cache)
    files = snapshot_files(snapshot)
    for name, path in files:
        inspect(path, f"{repository}/{name}")
    refuse_code(model.adapter, dict(files), f"{repository}/")
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


def open_clip_weights(snapshot: Path) -> Path:
    """The file of a snapshot that open_clip is to load; open_clip's own where there are two."""
    found = sorted(path for path in snapshot.glob("*.safetensors") if path.is_file())
    preferred = [path for path in found if path.name.startswith("open_clip")]
    return (preferred or found)[0]


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


def _snapshot(
    where: str, repository: str, revision: str | None, wanted: list[str], cache: Path
) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        found = Path(
            snapshot_download(repository, revision=revision, cache_dir=cache, allow_patterns=wanted)
        )
    except (HfHubHTTPError, HFValidationError, OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise BadInput(
            where, f"cannot fetch {repository}: {reason}", "check name, network"
        ) from None
    if not any(path.is_file() for path in found.glob("*.safetensors")):
        raise BadInput(where, f"{repository} has no .safetensors", "pin a revision that has one")
    return found
