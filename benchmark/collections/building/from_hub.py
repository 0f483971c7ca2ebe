"""A gallery from the rows of a data set of the Hugging Face hub, read as they come."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from benchmark.collections import hub
from benchmark.collections.building import mapped_columns
from benchmark.collections.building.declaring import SPLIT, declare, declared, new_home
from benchmark.collections.building.kept_rows import KeptRows
from benchmark.collections.declaration import NOT_STATED
from benchmark.collections.folder import METADATA
from benchmark.collections.pulled import ID
from benchmark.collections.pulling.inspection import MOST_BYTES, inspected
from benchmark.collections.pulling.refusals import Unfit
from benchmark.errors import BadInput
from benchmark.workspace import replacing

_ID = re.compile(ID)


def build(
    name: str, reference: str, columns: str, limit: int, to: Path | None,
    update: Callable[[str, int, int], None],
) -> tuple[Path, int, Counter[str]]:  # fmt: skip
    """Write at most `limit` rows of `owner/name[@revision]` as an ImageFolder.

    Gives its folder, how many there are, and how many rows were left out for which reason. What
    was read before a crash is read again, but not looked at again. Raises BadInput.
    """
    theirs = mapped_columns.read(columns)
    table = declared(name, name, NOT_STATED, "folder", tuple(theirs))
    home = new_home(name, to)
    source = hub.streamed(reference)
    origin = {"source": f"hf:{reference.partition('@')[0]}", "commit": source.commit}
    rows, features = _only(source.rows, theirs, reference)
    kept = KeptRows(home / ".rows.jsonl", origin | {"split": source.split, **theirs})
    for row in hub.each(rows.skip(kept.rows) if len(kept.ids) < limit else (), reference):
        try:
            kept.keep(_kept(row, theirs, features, home / SPLIT, kept.ids))
        except Unfit as reason:
            kept.leave_out(str(reason))
        update("paintings", len(kept.ids), limit)
        if len(kept.ids) == limit:
            break
    if not kept.ids:
        why = "".join(f" ({reason})" for reason, _ in kept.left_out.most_common(1))
        problem = f"none of {kept.rows} rows can be kept{why}"
        raise BadInput(f"hf:{reference}", problem, "see --columns")
    kept.write(home / SPLIT / METADATA)
    title = f"{origin['source']}, {source.split}, at {source.commit[:12]}"
    declare(home, table | {"title": title, "licence": source.licence or NOT_STATED})
    kept.path.unlink()
    return home, len(kept.ids), kept.left_out


def _only(rows: Any, theirs: Mapping[str, str], reference: str) -> tuple[Any, Mapping[str, Any]]:
    """The rows with the columns asked for alone, pictures undecoded; and the columns' types."""
    import datasets

    there: Iterable[str] = rows.column_names or next(hub.each(rows, reference), {})
    mapped_columns.check(theirs, there, f"hf:{reference}")
    features = rows.features or {}
    if isinstance(features.get(theirs["image"]), datasets.Image):
        rows = rows.cast_column(theirs["image"], datasets.Image(decode=False))
    return rows.select_columns(sorted(set(theirs.values()))), features


def _kept(
    row: Mapping[str, Any], theirs: Mapping[str, str], features: Mapping[str, Any],
    folder: Path, ids: set[str],
) -> dict[str, str]:  # fmt: skip
    """A row as metadata.jsonl has it, once its picture is written. Raises Unfit."""
    picture = row[theirs["image"]]
    data = picture.get("bytes") if isinstance(picture, dict) else picture
    if not isinstance(data, bytes):  # a path could lead to any file of this machine
        raise Unfit("the row does not hold a picture itself")
    if len(data) > MOST_BYTES:
        raise Unfit(f"is larger than {MOST_BYTES >> 20} MB")
    said = {ours: _text(row[of], features.get(of)) for ours, of in theirs.items()}
    del said["image"]
    painting = said.pop("id") if "id" in said else hashlib.sha256(data).hexdigest()[:16]
    if not _ID.fullmatch(painting):
        raise Unfit("its id is no word of letters, digits, '.', '_' and '-'")
    if painting in ids:
        raise Unfit("its id, or without one its picture, was there before")
    file_name = f"pictures/{painting}.{inspected(data).extension}"
    with replacing(folder / file_name) as temporary:
        temporary.write_bytes(data)
    return {"id": painting, "file_name": file_name, **said}


def _text(value: Any, feature: Any) -> str:
    """A value in words: the name of a class, the items of a list; nothing for other structures."""
    feature = getattr(feature, "feature", feature)  # of a list's items
    if isinstance(value, list):
        return ", ".join(filter(None, (_text(one, feature) for one in value)))
    if isinstance(value, int) and hasattr(feature, "int2str"):
        return str(feature.int2str(value)) if 0 <= value < feature.num_classes else ""
    if value is None or isinstance(value, dict | bytes):
        return ""
    return " ".join(str(value).split())
