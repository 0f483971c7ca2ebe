"""What fresh galleries say of submissions, and of models that have the test by heart.

    python tests/benchmarks/fresh_gallery.py [--seeds N] [NAME ...]

Without names, every submission. Models run in this process. Three that nobody submitted stand
beside them: `answers by heart` has the published grades for the published words and pictures,
`words by heart` sees perfectly but knows the published words only, `perfect` knows and sees all;
`teacher, N % by heart` is atelier-teacher with the published answers to a share of the topics.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import numpy as np

from benchmark import submission as submissions
from benchmark.abilities import Encoder
from benchmark.adapters import load as load_model
from benchmark.collections.base import Collection
from benchmark.collections.registry import find
from benchmark.queries import load as queries
from benchmark.queries.fresh_gallery import Fresh, draw
from benchmark.queries.load import QuerySet
from benchmark.records import Qrels, Run
from benchmark.results.audit import audit
from benchmark.results.schema import Interval
from benchmark.scorers.measures import DEPTH
from benchmark.search.exact import exact_search
from benchmark.search.ranking import ranking
from benchmark.workspace import Workspace

Questions = Sequence[tuple[str, str]]
Model = Callable[[Collection, Sequence[int], Questions], Run]
_BATCH = 50


def submitted(folder: Path) -> Model:
    """A submission's model as a function from paintings and questions to a run."""
    manifest = submissions.load(folder)
    model = load_model(folder, manifest.model, None, "cpu")

    def answer(collection: Collection, rows: Sequence[int], asked: Questions) -> Run:
        names, texts = [name for name, _ in asked], [text for _, text in asked]
        ids = [collection.ids[row] for row in rows]
        if not isinstance(model, Encoder):
            model.index([collection.painting(row, frozenset(manifest.inputs)) for row in rows])
            return ranking(names, *model.search(texts, DEPTH), set(ids), DEPTH)
        pictures = [
            model.encode_images([collection.image(row) for row in rows[i : i + _BATCH]])
            for i in range(0, len(rows), _BATCH)
        ]
        said = [model.encode_texts(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)]
        return exact_search(names, np.concatenate(said), ids, np.concatenate(pictures), DEPTH)

    return answer


def by_heart(published: Collection, query_set: QuerySet, topics: set[str]) -> Model:
    """The published grades of some topics, by text and by picture; without them, by chance."""
    pictures = {_digest(published.picture(row)): name for row, name in enumerate(published.ids)}
    answers = {q.text: query_set.qrels[q.id] for q in query_set.queries if q.topic in topics}

    def answer(collection: Collection, rows: Sequence[int], asked: Questions) -> Run:
        known = {
            collection.ids[row]: pictures.get(_digest(collection.picture(row)), "") for row in rows
        }
        grades = {
            name: {p: answers.get(text, {}).get(was, 0) for p, was in known.items()}
            for name, text in asked
        }
        return _best_first(grades)

    return answer


def seeing(qrels: Qrels, known: set[str]) -> Model:
    """Sees each picture as it is, and understands the texts it knows."""

    def answer(collection: Collection, rows: Sequence[int], asked: Questions) -> Run:
        ids = [collection.ids[row] for row in rows]
        return _best_first(
            {
                name: {p: qrels[name].get(p, 0) if text in known else 0 for p in ids}
                for name, text in asked
            }
        )

    return answer


def joined(one: Model, other: Model) -> Model:
    """The lists of `other` where it has anything to say, those of `one` elsewhere."""

    def answer(collection: Collection, rows: Sequence[int], asked: Questions) -> Run:
        looked, told = (model(collection, rows, asked) for model in (one, other))
        ids = [
            there if scores[0] >= 1 else here
            for here, there, scores in zip(looked.ids, told.ids, told.scores, strict=True)
        ]
        return Run(looked.query_ids, tuple(ids), looked.scores)

    return answer


def _best_first(grades: Qrels) -> Run:
    """Paintings by grade, those of one grade in an order of chance."""
    lists = {
        name: sorted(of, key=lambda p: (-of[p], Random(f"{name}/{p}").random()))[:DEPTH]
        for name, of in grades.items()
    }
    scores = [np.array([grades[n][p] for p in of], dtype=np.float32) for n, of in lists.items()]
    return Run(tuple(lists), tuple(map(tuple, lists.values())), tuple(scores))


def _digest(picture: bytes) -> bytes:
    return hashlib.sha256(picture).digest()


def _said(value: Interval | None) -> str:
    return f"{value.mean:.3f} {value.low:.3f}-{value.high:.3f}" if value else "-"


def made_up(fresh: Fresh, published: Collection, query_set: QuerySet, teacher: Model) -> dict:
    """The models that nobody submitted, by name."""
    texts = {query.text for query in query_set.queries}
    both = {q: {**fresh.qrels[q], **fresh.cut_qrels.get(q, {})} for q in fresh.qrels}
    topics = sorted({query.topic for query in query_set.queries})
    found = {
        "answers by heart": by_heart(published, query_set, set(topics)),
        "words by heart": seeing(both, texts),
        "perfect": seeing(both, texts | {query.text for query in fresh.others}),
    }
    for share in (10, 20, 50):
        some = Random(share).sample(topics, len(topics) * share // 100)
        known = by_heart(published, query_set, set(some))
        found[f"teacher, {share} % by heart"] = joined(teacher, known)
    return found


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("names", nargs="*")
    options.add_argument("--seeds", type=int, default=1)
    options.add_argument("--first", type=int, default=1)
    given = options.parse_args()
    workspace = Workspace.find()
    place = find("atelier", workspace)
    published = place.open()
    query_set = queries.of(place, published)
    names = given.names or sorted(p.parent.name for p in workspace.submissions.glob("*/*.toml")
                                  if p.name == "submission.toml")  # fmt: skip
    models = {name: submitted(workspace.submissions / name) for name in names}
    verdicts: Counter[tuple[str, str]] = Counter()
    outside: Counter[str] = Counter()
    for seed in range(given.first, given.first + given.seeds):
        started = time.perf_counter()
        fresh = draw(seed, workspace.queries / "atelier", published, query_set)
        print(f"seed {seed}: {len(fresh.queries) // 2} topics, {len(fresh.others) // 2} reworded, "
              f"drawn in {time.perf_counter() - started:.1f} s")  # fmt: skip
        asked = dict(models)
        if "atelier-teacher" in models:
            asked |= made_up(fresh, published, query_set, models["atelier-teacher"])
        for name, model in asked.items():
            started = time.perf_counter()
            run = model(fresh.collection, range(len(fresh.collection)), fresh.questions)
            known = model(published, fresh.cut, fresh.cut_questions)
            found = audit(run, known, fresh, "")
            verdicts[name, found.verdict] += 1
            outside[name] += found.ratio is not None and not (
                found.ratio.low <= 1 <= found.ratio.high
            )
            print(f"{name:32} {_said(found.fresh)}  {_said(found.published)}  "
                  f"ratio {_said(found.ratio):20}  words {_said(found.words):20}  "
                  f"{found.verdict:20} {time.perf_counter() - started:5.1f} s")  # fmt: skip
    if given.seeds > 1:
        for (name, verdict), times in sorted(verdicts.items()):
            print(f"{name:32} {verdict}: {times} of {given.seeds}; 1 outside: {outside[name]}")


if __name__ == "__main__":
    main()
