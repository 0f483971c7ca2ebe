"""The study of what a catalogue graph is worth as less is recorded in it, as it is kept."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, TypeAdapter, ValidationError

from benchmark.errors import BadInput
from benchmark.records import Interval, Record
from benchmark.workspace import replacing

_PLACE = Path("studies") / "thinned-catalogue.json"


class Thinned(Record):
    """What a submission finds where a share of the depictions is left."""

    collection: str
    submission: str
    checkpoint: str
    """The submission's own digest when it was studied."""
    share: float = Field(ge=0, le=1)
    draws: int = Field(ge=1)
    found: Interval
    gain: Interval | None
    """Over the encoder alone; None for the graph alone."""


_Rows = TypeAdapter(list[Thinned])


def read(leaderboard: Path) -> list[Thinned]:
    """The rows of the study; none where it was not made. Raises BadInput."""
    path = leaderboard / _PLACE
    if not path.is_file():
        return []
    try:
        return _Rows.validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        problem = f"{field}: {first['msg']}" if field else first["msg"]
        remedy = "python tests/benchmarks/thinned_catalogue.py"
        raise BadInput(path, problem, remedy) from None


def write(leaderboard: Path, rows: list[Thinned]) -> None:
    """Keep the study."""
    with replacing(leaderboard / _PLACE) as temporary:
        temporary.write_bytes(_Rows.dump_json(rows, indent=1) + b"\n")
