"""Other words for what catalogues name, and what stands above what: a small bilingual thesaurus."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from benchmark.errors import BadInput
from benchmark.graph_search.words import Language, keys
from benchmark.parsing import shown, text_lines

_COLUMNS = ["concept", "broader", "en", "fr"]
_SAME: tuple[Language, ...] = ("en", "fr")

Key = tuple[Language, tuple[str, ...]]
"""What a label is found by, in its language."""


@dataclass
class Thesaurus:
    """`named`: key of a label -> concepts; `labels`: concept -> keys; `above`: what is broader."""

    named: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    labels: dict[str, list[Key]] = field(default_factory=dict)
    above: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def narrower(self, concept: str) -> Iterator[str]:
        """All concepts below one, at any depth."""
        seen, todo = {concept}, [concept]
        while todo:
            upper = todo.pop()
            for lower, broader in self.above.items():
                if upper in broader and lower not in seen:
                    seen.add(lower)
                    todo.append(lower)
                    yield lower


@cache
def own() -> Thesaurus:
    """That of this room, for collections of paintings in general."""
    return read(Path(__file__).with_name("thesaurus.csv"))


def read(path: Path) -> Thesaurus:
    """A table `concept,broader,en,fr`, several values of a cell parted by `|`. Raises BadInput."""
    found = Thesaurus()
    rows = csv.DictReader(text_lines(path))
    try:
        if rows.fieldnames != _COLUMNS:
            raise BadInput(path, "has other columns", f"name them {','.join(_COLUMNS)}")
        for row in rows:
            number, concept = rows.line_num, row["concept"]
            if not concept or None in row or None in row.values():
                problem = "has not one value for each column"
                raise BadInput(f"{path}:{number}", problem, ",".join(_COLUMNS))
            if concept in found.labels:
                problem = f"'{shown(concept)}' stands twice"
                raise BadInput(f"{path}:{number}", problem, "join the rows")
            found.labels[concept] = [
                (language, one)
                for language in _SAME
                for label in row[language].split("|")
                for one in keys(label, language)
            ]
            found.above[concept] = tuple(one for one in row["broader"].split("|") if one)
    except csv.Error as error:
        raise BadInput(path, f"is no table ({error})", "mend it") from None
    for concept, broader in found.above.items():
        if unknown := [one for one in broader if one not in found.labels]:
            names = shown(concept), shown(unknown[0])
            raise BadInput(path, "'{}': broader '{}' has no row".format(*names), "add it")
        for one in found.labels[concept]:
            found.named[one].add(concept)
    return found
