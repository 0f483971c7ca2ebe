"""How far words alone allow: the picture tower is replaced by the scene's true facts.

    python tests/benchmarks/ceiling.py [--steps 1000] [--pairs 60000] [--sentences]

A model whose pictures are seen without any error learns the same synthetic queries and captions as
`atelier-teacher`, with the same text tower; what it misses on the galleries is not the fault of
looking. With --sentences, the multilingual sentence encoder reads, frozen, under layers that learn.
Prints ndcg@10 for each category of both galleries, float rows, exact search.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from benchmark.collections.atelier.facts import published
from benchmark.collections.registry import find
from benchmark.pretrained.sentences import Multilingual
from benchmark.queries import load as queries
from benchmark.scorers.relevance import relevance
from benchmark.search.exact import exact_search
from benchmark.training import losses
from benchmark.training.batches import Batches
from benchmark.training.loop import fit
from benchmark.training.models import Model
from benchmark.training.recipe import load
from benchmark.training.rendered_pairs import rendered
from benchmark.training.tags import mirrored, tags
from benchmark.workspace import Workspace

LEAST = 60
"""Tags that fewer training pictures have are left out."""
WIDTH = 512


class Facts(nn.Module):
    """Two layers over which tags are true; unit rows (n, d)."""

    def __init__(self, seen: Sequence[Mapping[str, Any]], width: int) -> None:
        super().__init__()
        often = Counter(tag for facts in seen for tag in tags(facts))
        kept = sorted(tag for tag, times in often.items() if times >= LEAST)
        self.column = {tag: index for index, tag in enumerate(kept)}
        self.layers = nn.Sequential(nn.Linear(len(kept), WIDTH), nn.GELU(), nn.Linear(WIDTH, width))

    def forward(self, scenes: Sequence[Mapping[str, Any]]) -> Tensor:
        held = torch.zeros(len(scenes), len(self.column))
        for row, facts in enumerate(scenes):
            held[row, [self.column[tag] for tag in tags(facts) if tag in self.column]] = 1
        return nn.functional.normalize(self.layers(held), dim=-1)


class Sentences(nn.Module):
    """The multilingual sentence encoder under two layers and a projection; unit rows (n, d)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.encode, hidden = Multilingual(), 2 * WIDTH
        self.skip = nn.Linear(self.encode.width, width)
        self.layers = nn.Sequential(
            nn.Linear(self.encode.width, hidden), nn.GELU(), nn.Dropout(0.1),
            nn.Linear(hidden, hidden), nn.GELU(), nn.Dropout(0.1), nn.Linear(hidden, width),
        )  # fmt: skip

    def forward(self, texts: Sequence[str]) -> Tensor:
        read = torch.from_numpy(self.encode(texts))
        wide = self.layers(read * self.encode.width**0.5)
        return nn.functional.normalize((self.skip(read) + wide).float(), dim=-1)


def main(steps: int, count: int | None, sentences: bool) -> None:
    workspace = Workspace(Path.cwd())
    folder = workspace.root / "submissions" / "atelier-teacher"
    _, table = load(folder)
    recipe = table.model_copy(update={"steps": steps, "pairs": count or table.pairs})
    pairs = rendered(recipe.pairs, recipe.seed, workspace.cache, lambda *_: None)
    scenes = pairs.facts + [mirrored(one) for one in pairs.facts]
    torch.manual_seed(recipe.seed)
    model = Model(folder, torch.device("cpu"))
    batches = Batches(pairs, recipe, 64)
    seen = Facts(pairs.facts, model.width)
    text: nn.Module = Sentences(model.width) if sentences else model.net.text
    learned = nn.ModuleDict({"text": text, "facts": seen})

    def read(texts: Sequence[str]) -> Tensor:
        vectors: Tensor = text(texts) if sentences else model.texts(model.tokenize(list(texts)))
        return vectors

    learned.register_parameter("scale", model.net.logit_scale)

    def loss_at(step: int) -> Tensor:
        batch = batches(step)
        with torch.autocast("cpu", torch.bfloat16):
            texts = read(batch.texts)
        rows = seen([scenes[row] for row in batch.rows])
        return losses.contrastive(texts, rows, batch.fits, model.net.logit_scale.exp())

    kept = workspace.cache / "checkpoints" / f"ceiling-{recipe.pairs}-{sentences}.safetensors"
    fit(learned, loss_at, recipe, kept, lambda *_: None)
    learned.eval()
    for split in ("test", "dev"):
        for category, value in found(workspace, split, read, seen).items():
            print(f"{split:5} {category:22} {value:.3f}")


@torch.inference_mode()
def found(
    workspace: Workspace, split: str, read: Callable[[Sequence[str]], Tensor], seen: Facts
) -> dict[str, float]:
    """Mean ndcg@10 for each category, and for all."""
    place = find("atelier" if split == "test" else "atelier-dev", workspace)
    collection = place.open()
    asked = queries.of(place, collection)
    facts = published(split)
    rows = seen([facts[name] for name in collection.ids]).numpy()
    texts = read([one.text for one in asked.queries]).numpy()
    names = [one.id for one in asked.queries]
    run = exact_search(names, texts, collection.ids, rows, 100)
    values = relevance(run, asked.qrels, [n for n in names if n not in set(asked.unanswered)])
    parts: dict[str, list[float]] = defaultdict(list)
    for one in asked.queries:
        if one.id in values["ndcg@10"]:
            for name in (one.category, "all"):
                parts[name].append(values["ndcg@10"][one.id])
    return {name: float(np.mean(part)) for name, part in sorted(parts.items())}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--pairs", type=int, help="of the recipe, where left out")
    parser.add_argument("--sentences", action="store_true")
    given = parser.parse_args()
    main(given.steps, given.pairs, given.sentences)
