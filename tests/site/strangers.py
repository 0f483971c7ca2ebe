"""Two checkouts alike but for their words: in one all are harmless, in one each is an attack."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmark.collections.registry import find
from benchmark.records import Run
from benchmark.results.schema import Interval, Result
from benchmark.results.store import Store
from benchmark.scorers.measures import MEASURES
from benchmark.site.build import build
from benchmark.tasks._embeddings import Stored, Trade
from benchmark.workspace import Workspace
from tests.conftest import make_submission, paint, write_lines, write_queries
from tests.results.made import CATALOGUE, COST, EMBEDDINGS, as_now, changed, result
from tests.site.laid_docs import lay_docs

RUNS = "window.__pwned=1"
PAYLOADS = (
    f"</title><script>{RUNS}</script>",
    f"<img src=x onerror={RUNS}>",
    f"{{: onclick={RUNS} .x #y }}",
    f"[x](javascript:{RUNS})",
    f'"><svg onload={RUNS}>',
    f"' onmouseover='{RUNS}",
    f"\u2028</p>\u2029<script>{RUNS}</script>",
    f"]]><script>{RUNS}</script>",
    "${7*7}{{7*7}}{% raw %}",
    f"--><script>{RUNS}</script><!--",
    f"a\n\n```  {{.python onclick={RUNS}}}\nx\n```\n\n<b>",
    f"a\n\n    a\n    ``` {{.python onclick={RUNS}}}\n    x\n    ```\n    b",
    f"a\n---\ntitle: <script>{RUNS}</script>\n---\n",
    f"\\<script>{RUNS}</script> &lt;script&gt; &#60;b&#62; `<i>`",
    f"![x](x.png){{: onload={RUNS} }} <https://x.example> **b** _i_ ~~~",
    "\x02wzxhzdk:0\x03 \x00\x1b[31m\u202e😀|a|b|",
    f"</script></style></textarea><script>{RUNS}</script>",
)
NUMBERS = range(len(PAYLOADS))


def harmless(number: int) -> str:
    return f"word{number:02}"


def attack(number: int) -> str:
    return PAYLOADS[number]


def made(root: Path, say: Callable[[int], str]) -> Path:
    """The site of a checkout in which everything that can be said is `say(number)`."""
    gallery, judged = root.parent / "gallery", {}
    rows = []
    for n in NUMBERS:
        paint(gallery / f"{n}.png", (10 * n, 90, 200), n)
        words = {key: say(n) for key in ("title", "artist", "date")}
        rows.append({"id": f"p{n}", "file_name": f"{n}.png", **words})
        judged[f"q{n}"] = {f"p{n}": 3}
    write_lines(gallery / "metadata.jsonl", rows)
    asked = [
        {
            "_id": f"q{n}",
            "text": say(n),
            "metadata": {key: say(n) for key in ("category", "language")},
        }
        for n in NUMBERS
    ]
    write_queries(root / "queries" / "gallery", asked, judged)
    lay_docs(root)
    workspace = Workspace(root)
    place = find(str(gallery), workspace)
    store = Store(workspace.leaderboard)
    run = Run(
        tuple(f"q{n}" for n in NUMBERS),
        tuple(tuple(f"p{m}" for m in reversed(NUMBERS)) for _ in NUMBERS),
        tuple(np.linspace(1, 0.5, len(NUMBERS), dtype=np.float32) for _ in NUMBERS),
    )
    for n in NUMBERS:
        told = as_now(_told(f"s{n}", say(n), f"s{n - 1}" if n > 2 else None), place)
        scores = {m.name: {q: (n + 1) / 40 for q in run.query_ids} for m in MEASURES}
        store.write(told, run, scores)
        folder = make_submission(root / "submissions" / f"s{n}")
        (folder / "README.md").write_text(f"# T\n\n{say(n)}\n", encoding="utf-8")
        log = {"top_1_before": {"train": say(n)}, "trial": say(n), say(n): {"train": 1}}
        (folder / "training.json").write_text(json.dumps(log), encoding="utf-8")
    return build(workspace, root / "site")


def _told(name: str, word: str, teacher: str | None) -> Result:
    """A result in which every string is `word`, but for those that say which it is."""
    plain = result(name)
    interval = Interval(mean=0.5, low=0.25, high=0.75)
    by_word = {word: {"ndcg@10": interval}}
    about = plain.about.model_copy(
        update={
            "title": word,
            "summary": word,
            "role": "fine-tuned" if teacher else word,
            "teacher": teacher,
            "base": teacher or word,
            "inputs": ["image", word],
            "adapter": word,
            "licence": word,
            "authors": [word, word],
            "training_data": [word, f"x {word} https://x.example/{word}"],
            "links": [word, f"javascript:{word}", f"https://x.example/{word}"],
        }
    )
    hardware = COST.hardware.model_copy(update={"processor": word, "device": word})
    cost = COST.model_copy(
        update={
            "marks": [word],
            "hardware": hardware,
            "isolation": word,
            "date": word,
            "reference": word,
            "energy": {
                "queries": COST.energy["queries"].model_copy(update={"country": word}),
                word: COST.energy["queries"],
            },
        }
    )
    provenance = plain.provenance.model_copy(
        update={
            "weights": word,
            "weights_digest": word,
            "encode_code": word,
            "cimaise": word,
            "isolation": word,
            "libraries": {word: word},
            "submission": word,
        }
    )
    embeddings = EMBEDDINGS.model_copy(
        update={
            "stored": [Stored(way=word, bytes_per_painting=1, main=0.5)],
            "trade": [Trade(weight=1, measures={word: 0.5})],
        }
    )
    found = changed(
        plain,
        categories=by_word,
        languages=by_word,
        held_out=by_word,
        catalogue={**CATALOGUE, word: 1.0},
        embeddings=embeddings,
    )
    return found.model_copy(
        update={
            "about": about,
            "cost": cost,
            "provenance": provenance,
            "size": plain.size.model_copy(update={"parameters": {word: 7}, "counted": False}),
            "collection": plain.collection.model_copy(update={"left_out": [word]}),
            "queries": plain.queries.model_copy(update={"unanswered": [word]}),
        }
    )
