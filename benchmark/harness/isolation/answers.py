"""What a worker may answer, strictly: it runs a stranger's code, so every field has its bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from benchmark.abilities import Ability
from benchmark.errors import SubmissionFailed

WIDEST = 16_384
"""Dimensions of an embedding at most."""
LONGEST_CAPTION = 4096
"""Bytes of a caption at most."""
MOST_TRIPLES, LONGEST_TRIPLE = 32, 2048
"""Triples that may speak for a painting, and bytes of one."""

Count = Annotated[int, Field(ge=0, le=10**7)]
Operations = Annotated[float, Field(gt=0, le=1e18, allow_inf_nan=False)]
Tower = Annotated[str, Field(pattern=r"^[a-z][a-z0-9 _-]{0,39}$")]


_LONGEST = 1000
"""Characters of what a worker says that are passed on."""


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Hello(_Answer):
    """The worker's own code stands; from here on, what goes wrong is the submission's."""

    hello: Literal[True]


class Failed(_Answer):
    """The request could not be done, and why."""

    failed: Annotated[str, Field(max_length=4000)]
    memory: bool = False
    """Whether memory ran out, so that less at a time may do."""


class Ready(_Answer):
    """The model stands."""

    abilities: Annotated[list[Ability], Field(max_length=6)]
    cuda: bool


class Seen(_Answer):
    """An answer about pictures."""

    unread: list[Count] = []
    """Places of pictures that could not be decoded, of which nothing is said."""


class Embedded(Seen):
    """Embeddings of all inputs, in the body as float32, one after another."""

    shape: tuple[Count, Annotated[int, Field(ge=0, le=WIDEST)]]


class Reranked(Seen):
    """Scores of pictures beside one text, in the body as float32."""


class Captioned(Seen):
    """Captions of pictures: their bytes; in the body they stand one after another, in UTF-8."""

    sizes: list[Annotated[int, Field(ge=0, le=LONGEST_CAPTION)]]


class Found(_Answer):
    """Lists found for texts: their lengths; in the body places as int32, then scores as float32."""

    lengths: list[Count]


class Explained(_Answer):
    """Triples that speak for paintings: how many for each; the body has all, in N-Triples."""

    counts: list[Annotated[int, Field(ge=0, le=MOST_TRIPLES)]]


class Done(_Answer):
    """The request is done."""

    done: Literal[True] = True


class Echoed(_Answer):
    """As many bytes in the body as were asked for."""

    echo: Literal[True] = True


class Told(_Answer):
    """What only the model's own process can say of it. None: it does not know."""

    parameters: dict[Tower, Annotated[int, Field(ge=0, le=10**13)]] = Field({}, max_length=16)
    truncated: Count | None = None
    """Texts longer than the model reads."""
    flops_per_picture: Operations | None = None
    flops_per_query: Operations | None = None
    allocated_mb: Annotated[float, Field(ge=0, le=1e7, allow_inf_nan=False)] | None = None
    reserved_mb: Annotated[float, Field(ge=0, le=1e7, allow_inf_nan=False)] | None = None


Answer = TypeVar("Answer", bound=_Answer)


class RanOut(SubmissionFailed):
    """Memory ran out while a request was done; a smaller one may do."""


def checked(
    kind: type[Answer], head: bytes, named: Callable[[str], str] = lambda text: text
) -> Answer:
    """The head of a frame as the answer it should be. Raises SubmissionFailed where it is not.

    Parsed by pydantic's own parser, which bounds the depth of what it reads.
    """
    try:
        return kind.model_validate_json(head)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    try:
        said = Failed.model_validate_json(head)
    except ValidationError:
        field = _line(".".join(map(str, first["loc"])))[:80]
        raise SubmissionFailed(
            f"answered what is no answer ({field + ': ' if field else ''}{first['msg'][:120]})"
        ) from None
    text = named(_line(said.failed) or "failed without a word")[:_LONGEST]
    raise RanOut(text) if said.memory else SubmissionFailed(text)


def _line(text: str) -> str:
    """A stranger's words as one line of what can be printed: nothing that moves a cursor."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
