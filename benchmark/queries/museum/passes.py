"""Annotation passes: who saw which concept in which painting, and what was settled between them.

A pass is a tab-separated file, one line a painting: its id, then `concept:salience` with spaces
between. Salience is 2 for what a picture is about, 1 for what is present; 0 stands only in the
third look, for what was decided not to be there.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from benchmark.errors import BadInput
from benchmark.parsing import text_lines
from benchmark.queries.museum.visual_concepts import Concept

Pass = dict[str, dict[str, int]]
"""Painting -> concept -> salience."""
FIRST, SECOND, THIRD = "pass-1.tsv", "pass-2.tsv", "third-look.tsv"
FOLDER = "annotations"


def read_pass(path: Path, concepts: Mapping[str, Concept], least: int = 1) -> Pass:
    """One pass, checked; `least`: the least salience. Raises BadInput with the line."""
    found: Pass = {}
    for number, line in enumerate(text_lines(path), 1):
        where = f"{path}:{number}"
        painting, _, rest = line.partition("\t")
        if not painting or painting in found:
            raise BadInput(where, f"'{painting}' is no painting, or stands twice")
        seen: dict[str, int] = {}
        for part in rest.split():
            concept, _, salience = part.partition(":")
            if concept not in concepts or not concepts[concept].note or concept in seen:
                raise BadInput(where, f"'{concept}' is not to be annotated, or stands twice")
            if salience not in {str(value) for value in range(least, 3)}:
                raise BadInput(where, f"{concept}: '{salience}' is no salience", "use 1 or 2")
            seen[concept] = int(salience)
        found[painting] = seen
    return found


def disputed(first: Mapping[str, int], second: Mapping[str, int]) -> set[str]:
    """Concepts of one painting that two passes do not say alike."""
    return {name for name in {*first, *second} if first.get(name, 0) != second.get(name, 0)}


def settled(first: Pass, second: Pass, third: Pass) -> Pass:
    """What both passes say alike, and where they do not, what the third look says.

    Raises BadInput for a painting that a pass leaves out, or a dispute that was not looked at.
    """
    if first.keys() != second.keys():
        odd = min(first.keys() ^ second.keys())
        raise BadInput(odd, "was seen in one pass only", "annotate it in both")
    found: Pass = {}
    for painting, seen in first.items():
        other, decided = second[painting], third.get(painting, {})
        open_ = disputed(seen, other)
        if open_ != decided.keys():
            odd = min(open_ ^ decided.keys())
            raise BadInput(f"{THIRD}: {painting}", f"'{odd}' is open, or was never in dispute")
        agreed = {name: value for name, value in seen.items() if name not in open_}
        found[painting] = agreed | {name: value for name, value in decided.items() if value}
    return found


def read_settled(folder: Path, concepts: Mapping[str, Concept]) -> Pass:
    """What was settled, from the three files of a collection's `annotations/`."""
    first, second = (read_pass(folder / name, concepts) for name in (FIRST, SECOND))
    return settled(first, second, read_pass(folder / THIRD, concepts, least=0))
