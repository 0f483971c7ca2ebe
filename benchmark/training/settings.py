"""Tables that several recipes share."""

from __future__ import annotations

from pydantic import Field, model_validator

from benchmark.tables import Table


class Seeded(Table):
    """What is left to chance follows from a number."""

    seed: int = Field(0, ge=0, description="another one draws other weights and batches")


class Steps(Seeded):
    """How long and how fast a model learns."""

    batch: int = Field(ge=2, description="pictures contrasted with one another in a step")
    steps: int = Field(ge=1, description="updates of the weights")
    learning_rate: float = Field(
        gt=0, description="its peak: of Muon (the rest learns at half), for heads of AdamW"
    )
    warm_up: int = Field(ge=0, description="steps of linear warm-up before the cosine decay")
    weight_decay: float = Field(ge=0, description="of matrices and kernels")


class Rendered(Steps):
    """What a model sees that learns from nothing: pictures of the atelier, with texts."""

    pairs: int = Field(ge=1, description="rendered pictures, none of them a gallery scene")
    without: list[str] = Field([], description="beginnings of tags no picture may have")
    captions: float = Field(
        ge=0, le=1, description="share of batches with captions; the others have synthetic queries"
    )
    synthetic_queries: int = Field(1, ge=1, description="made of each picture in such a batch")


class Paintings(Table):
    """What is learned of annotated paintings, and how many are kept to choose by."""

    captions: float = Field(ge=0, le=1, description="share of steps with captions")
    lines: float = Field(ge=0, le=1, description="share with titles, artists, styles and genres")
    requests: int = Field(256, ge=1, description="requests for what was seen, in each other step")
    dev: int = Field(0, ge=0, description="paintings held out with some requests, to choose by")

    @model_validator(mode="after")
    def _shares(self) -> Paintings:
        if self.captions + self.lines > 1:
            raise ValueError("captions and lines are more than all steps together")
        return self


class Described(Paintings, Steps):
    """How heads between two encoders learn from annotated paintings."""

    hidden: int = Field(512, ge=0, description="units of the hidden layers; 0: projections alone")
    dropout: float = Field(0.5, ge=0, lt=1, description="of the features' components")
    soup: int = Field(1, ge=1, description="runs from one start, whose weights are averaged")


class Distillation(Table):
    """What a student copies of its teachers, and how much each counts; 0 switches one off."""

    teachers: list[str] = Field(min_length=1, description="submissions; several: an ensemble")
    feature: float = Field(0, ge=0, description="mimicry of features (CLIP-KD)")
    affinity: float = Field(0, ge=0, description="mimicry of similarities (TinyCLIP, MobileCLIP)")
    interactive: float = Field(0, ge=0, description="contrast with the teacher's side (CLIP-KD)")


class Teaching(Table):
    """What a student copies of its teacher, and how much each counts."""

    teacher: str = Field(description="a submission of heads, whose recipe saw the same paintings")
    feature: float = Field(0, ge=0, description="mimicry of its embeddings (CLIP-KD)")
    affinity: float = Field(0, ge=0, description="mimicry of its similarities (TinyCLIP)")
