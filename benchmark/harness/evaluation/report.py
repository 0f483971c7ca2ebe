"""What is kept of a submission's work, beside its embeddings; written by our own process alone."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

IMAGES, TEXTS, RANKING, REPORT = "images.npy", "texts.npy", "ranking.parquet", "report.json"
CHUNKS = "chunks"


class Report(BaseModel):
    """How embeddings or lists were made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["encoder", "searcher"]
    """"encoder" (IMAGES and TEXTS) or "searcher" (RANKING)."""
    device: str
    load_s: float
    parameters: dict[str, int]
    counted: bool
    """Whether our own process counted them in the weight files; else the model's own word."""
    weight_bytes: int
    weights_commit: str | None
    weights_digest: str | None = None
    """Of the hub weights, as they were hashed here."""
    batch_size: int
    """Pictures in a call, as said or as found to fit."""
    dimensions: int | None = None
    """Numbers that a pipeline keeps of each painting, of all its encoders together."""
    truncated: int | None = None
    """Texts longer than the model reads; None where it does not say."""
    pictures_per_s: float | None
    """While they were encoded to be scored, by our clock; costs are measured apart."""
    isolation: str
    """How the model was kept apart: "sandbox" or "process"."""
    left_out: list[str]
    """Paintings whose picture could not be read, with the reason: "id: reason"."""
