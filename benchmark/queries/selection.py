"""Hangs the galleries: chooses scenes by what is asked of them, and freezes the judgments.

    python -m benchmark.queries.selection

reads queries/atelier/*.jsonl and writes the galleries, their graphs and the qrels. The committed
files are the truth; hanging again is for when the world or the queries change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import count
from typing import Any, Protocol

from rich.progress import Progress, TaskID

from benchmark.collections.atelier.cast import GENRE_SHARES
from benchmark.collections.atelier.painters import PAINTERS
from benchmark.collections.atelier.paths import SPLITS
from benchmark.collections.atelier.publishing import hang
from benchmark.collections.atelier.sampling import sample_scene
from benchmark.collections.atelier.scene import Scene
from benchmark.collections.atelier.vocabulary import STYLES
from benchmark.errors import BadInput, one_line
from benchmark.queries.annotations import hung_for, read_conversations, read_topics, turns
from benchmark.queries.answering import scenes
from benchmark.queries.compile import freeze, read_facts
from benchmark.queries.expressions import grade, validate
from benchmark.workspace import Workspace

Json = Mapping[str, Any]
SIZES = {"test": 2000, "dev": 500}
_FIRST_SEED = {"test": 0, "dev": 100_000_000}
_WANTED = {3: 4, 2: 2, 1: 2}
_ROUNDS, _TRIES, _AMONG = 6, 90, 12


class Draws(Protocol):
    """Where scenes come from."""

    def answers(self, annotation: Json) -> list[tuple[int, Scene]]:
        """Graded scenes made for an annotation, of each style in turn; others at every call."""
        ...

    def dozen(self) -> list[Scene]:
        """Twelve free scenes."""
        ...


class OneByOne:
    """Scenes of the seeds from a first one on."""

    def __init__(self, first_seed: int) -> None:
        self._seeds = count(first_seed)

    def answers(self, annotation: Json) -> list[tuple[int, Scene]]:
        return answers(annotation["relevance"], self._seeds)

    def dozen(self) -> list[Scene]:
        return [sample_scene(next(self._seeds)) for _ in range(_AMONG)]


def answers(relevance: Json, seeds: Iterator[int]) -> list[tuple[int, Scene]]:
    """One round of graded scenes made for an expression, of each style in turn."""
    return _by_turns(scenes(relevance, seeds, _TRIES))


def choose(
    asked: Sequence[Json], size: int, draws: Draws, taken: set[str], least: int = 3
) -> list[Scene]:
    """Scenes for a gallery: for each expression some of every grade, then whatever is rarest.

    Keys in `taken` are left out, and the chosen ones are added to it. Raises BadInput when an
    expression finds fewer than `least` scenes of grade 3, or all ask for more than `size`.
    """
    chosen: list[Scene] = []
    facts: list[Json] = []
    for annotation in asked:
        relevance = annotation["relevance"]
        validate(f"{annotation['topic']}: relevance", relevance)
        have = Counter(grade(relevance, known) for known in facts)
        for _ in range(_ROUNDS):
            if all(have[wanted] >= number for wanted, number in _WANTED.items()):
                break
            made = draws.answers(annotation)
            for found, scene in made:
                if have[found] < _WANTED[found] and scene.key() not in taken:
                    have[found] += 1
                    taken.add(scene.key())
                    chosen.append(scene)
                    facts.append(scene.facts())
            lacking = {wanted for wanted, number in _WANTED.items() if have[wanted] < number}
            if 3 not in lacking and lacking.isdisjoint(found for found, _ in made):
                break  # some expressions leave no room for grade 2 or 1
        if have[3] < least:
            raise BadInput(annotation["topic"], f"relevance: only {have[3]} scenes meet all of it",
                           "ask for less, or for what the world can show")  # fmt: skip
    if len(chosen) > size:
        raise BadInput("queries/atelier", f"ask for {len(chosen)} paintings, {size} are to hang")
    return _fill(chosen, size, draws, taken)


def _by_turns(found: Iterator[tuple[int, Scene]]) -> list[tuple[int, Scene]]:
    """Graded scenes in an order that takes one of each style in turn."""
    seen: Counter[tuple[int, str]] = Counter()
    ranked: list[tuple[int, int, int, Scene]] = []
    for value, scene in found:
        seen[value, scene.style] += 1
        ranked.append((seen[value, scene.style], len(ranked), value, scene))
    return [(value, scene) for _, _, value, scene in sorted(ranked, key=lambda r: r[:2])]


def _fill(chosen: list[Scene], size: int, draws: Draws, taken: set[str]) -> list[Scene]:
    """Free scenes: of each dozen the one whose genre, style and painter are rarest so far."""
    tally: Counter[str] = Counter()
    for scene in chosen:
        tally.update((scene.genre, scene.style, scene.painter.name))

    def fullness(scene: Scene) -> float:
        genre = tally[scene.genre] * 100 / GENRE_SHARES[scene.genre]
        hand = tally[scene.style] * len(STYLES)
        return genre + hand + tally[scene.painter.name] * len(PAINTERS)

    while len(chosen) < size:
        free = [scene for scene in draws.dozen() if scene.key() not in taken]
        if free:
            scene = min(free, key=fullness)
            taken.add(scene.key())
            tally.update((scene.genre, scene.style, scene.painter.name))
            chosen.append(scene)
    return chosen


def _tell(progress: Progress, task: TaskID, done: int, _: int) -> None:
    progress.update(task, completed=done)


def main() -> None:
    """Choose, draw and write both galleries, then freeze the judgments."""
    folder = Workspace.find().queries / "atelier"
    topics = read_topics(folder / "annotations.jsonl")
    topics += turns(hung_for(read_conversations(folder / "conversations" / "annotations.jsonl")))
    taken: set[str] = set()
    with Progress() as progress:
        for split in SPLITS:
            asked = [topic for topic in topics if topic["split"] == split]
            chosen = choose(asked, SIZES[split], OneByOne(_FIRST_SEED[split]), taken)
            task = progress.add_task(f"{split}: drawing", total=len(chosen))
            hang(split, chosen, partial(_tell, progress, task))
    freeze(folder, read_facts())


if __name__ == "__main__":
    with one_line():
        main()
