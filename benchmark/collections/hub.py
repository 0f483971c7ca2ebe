"""Collections of the Hugging Face hub: a pinned snapshot of a data set, read as a folder."""

from __future__ import annotations

from pathlib import Path

from benchmark.errors import BadInput


def fetch(reference: str, cache: Path) -> Path:
    """Download `owner/name[@revision]` and return its folder, one for each commit.

    Raises BadInput when it cannot.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    repository, _, revision = reference.partition("@")
    try:
        folder = snapshot_download(
            repository, repo_type="dataset", revision=revision or None, cache_dir=cache
        )
    except (HfHubHTTPError, HFValidationError, OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise BadInput(f"hf:{reference}", reason, "check the name and the network") from None
    return Path(folder)
