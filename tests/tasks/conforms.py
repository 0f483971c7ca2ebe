"""What every task must keep to, whoever adds it; and a small collection to try it on."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np

from benchmark import abilities, tasks
from benchmark.collections.knowledge import Knowledge
from benchmark.conversing.wordings import questions
from benchmark.queries.conversations import Turn
from benchmark.queries.load import QuerySet
from benchmark.records import Query, Run
from benchmark.scorers import Answers, Embeddings
from benchmark.tasks import Sources, Task

PAINTINGS = [f"p{number}" for number in range(30)]


def sources() -> Sources:
    """Four topics in two languages, two conversations of two turns, three styles."""
    queries, qrels = [], {}
    for topic in range(4):
        for language in ("en", "fr"):
            name = f"t{topic}-{language}"
            kind = "animals" if topic % 2 else "people"
            held = "bears" if topic == 3 else ""
            queries.append(Query(name, f"text of {name}", kind, language, f"t{topic}", held))
            qrels[name] = {p: 3 - n % 3 for n, p in enumerate(PAINTINGS[5 * topic : 5 * topic + 5])}
    turns, turn_qrels = [], {}
    for session in ("a-en", "b-en"):
        for number in (1, 2):
            name = f"{session[0]}{number}-en"
            names = [f"{session[0]}{place}-en" for place in (1, 2)]
            asked = questions(names, ["a cat", "but no dog"])[number - 1]
            said = ("a cat", "but no dog")[:number]
            kind = ("open", "point")[number - 1]
            turns.append(Turn(name, session, number, said, "en", asked, kind))
            turn_qrels[name] = {PAINTINGS[number]: 3}
    known = QuerySet(
        tuple(queries),
        qrels,
        subtopics={q: [("one", PAINTINGS[0]), ("two", PAINTINGS[1])] for q in qrels},
        turns=tuple(turns),
        turn_qrels=turn_qrels,
    )
    styles = {p: "abc"[number % 3] for number, p in enumerate(PAINTINGS)}
    facts = {p: frozenset({styles[p], p}) for p in PAINTINGS}
    return Sources(known, lambda: Knowledge({"styles": styles}, facts))


def answered(task: Task, known: Sources, seed: int) -> Answers:
    """Lists by chance for all its questions, from embeddings that know nothing."""
    random = np.random.default_rng(seed)
    names = [name for name, _ in task.asked(known)]
    texts, images = (random.normal(size=(n, 8)).astype(np.float32) for n in (len(names), 30))
    order = np.argsort(-(texts @ images.T), axis=1)
    lists = tuple(tuple(PAINTINGS[row] for row in rows) for rows in order)
    scores = tuple(np.arange(30, 0, -1, dtype=np.float32) for _ in names)
    given = Embeddings(names, texts, PAINTINGS, images, truncated=0.0)
    return Answers(Run(tuple(names), lists, scores), task.judgments(known), 30, given)


def conforms(task: Task) -> None:
    """Raises AssertionError naming what a task does not keep to."""
    assert re.fullmatch(r"[a-z][a-z-]*", task.name), f"'{task.name}' is no name"
    assert task.title and task.measures
    assert getattr(abilities, task.ability.__name__) is task.ability, "no protocol of abilities"
    known = sources()
    asked = task.asked(known)
    assert asked and task.asked(known) == asked, "other questions when asked again"
    names = [name for name, _ in asked]
    assert len(set(names)) == len(names), "an id stands twice"
    assert not any(char.isspace() for name in names for char in name), "an id is one word"
    assert all(text.strip() for _, text in asked), "a question is empty"
    others = [name for one in tasks.all_tasks() if one.name != task.name for name, _ in
              one.asked(known)]  # fmt: skip
    assert not set(names) & set(others), "an id of another task"
    assert list(task.judgments(known).query_ids) == names, "judges other things than it asks"
    for seed in range(3):
        answers = answered(task, known, seed)
        scores = task.score(answers)
        assert set(scores) <= {measure.name for measure in task.measures}
        assert task.score(answered(task, known, seed)) == scores, "other values when asked again"
        section = task.summary(scores, answers, known)
        assert type(section) is task.section
        assert task.section.model_validate_json(section.model_dump_json()) == section
        assert section.keeping(section) == section
    by_seed = [task.score(answered(task, known, seed)) for seed in (0, 1)]
    assert all(a != b for a, b in pairwise(by_seed)), "the same for all answers"
