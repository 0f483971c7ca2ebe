"""Data sets of the Hugging Face hub: a pinned snapshot read as a folder, or rows as they come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmark.errors import BadInput


def fetch(reference: str, cache: Path) -> Path:
    """Download `owner/name[@revision]` and return its folder, one for each commit.

    Raises BadInput when it cannot.
    """
    from huggingface_hub import snapshot_download

    repository, _, revision = reference.partition("@")
    with reached(reference):
        folder = snapshot_download(
            repository, repo_type="dataset", revision=revision or None, cache_dir=cache
        )
    return Path(folder)


@dataclass(frozen=True)
class Streamed:
    """Rows of a data set's split as they come, a `datasets.IterableDataset`; of which commit, and
    what its card says of a licence ("" where nothing)."""

    rows: Any
    split: str
    commit: str
    licence: str


def streamed(reference: str) -> Streamed:
    """The rows of `owner/name[@revision]`, none of them read yet.

    Of the split `train`, or of the first where there is none. Raises BadInput.
    """
    import datasets
    from huggingface_hub import HfApi

    repository, _, revision = reference.partition("@")
    datasets.disable_progress_bars()
    with reached(reference):
        info = HfApi().dataset_info(repository, revision=revision or None)
        splits = datasets.load_dataset(repository, revision=info.sha, streaming=True)
        split = "train" if "train" in splits else next(iter(splits))
    licence = getattr(info.card_data, "license", None)
    said = isinstance(licence, str) and licence.isprintable() and len(licence) <= 200
    return Streamed(splits[split], str(split), str(info.sha), licence if said and licence else "")


def each(rows: Any, reference: str) -> Iterator[Any]:
    """The rows, one after the other. Raises BadInput where they stop coming."""
    with reached(reference):
        yield from rows


@contextmanager
def reached(reference: str) -> Iterator[None]:
    """One line for whatever the hub or its libraries object to. Raises BadInput."""
    try:
        yield
    except Exception as error:  # of several libraries, down to the one that speaks HTTP
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise BadInput(f"hf:{reference}", reason, "check the name and the network") from None
