"""What every measure must keep to, whoever adds it; and answers to try it on."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace

import numpy as np

from benchmark.collections.knowledge import Knowledge
from benchmark.records import Run
from benchmark.scorers import RUN, Answers, Embeddings, Judgments, Measure, answered

GALLERY = [f"p{number}" for number in range(120)]
_PLAIN = GALLERY[108:]
"""Paintings that nobody judged, all of one kind."""
_QUERIES = [f"q{number}" for number in range(12)]
_NAME = re.compile(r"[a-z_0-9]+(\([a-z]+=[0-9.]+(,[a-z]+=[0-9.]+)*\))?(@[0-9]+)?")


def judgments() -> Judgments:
    """Twelve queries, four conversations of three; all needs of all measures are met."""
    random = np.random.default_rng(0)
    order = random.permutation(GALLERY[:108]).tolist()
    qrels, subtopics = {}, {}
    for number, query in enumerate(_QUERIES):
        own = order[9 * number : 9 * number + 9]
        qrels[query] = dict(zip(own, (3, 3, 3, 2, 2, 1, 1, 0, 0), strict=True))
        subtopics[query] = [(f"kind {place % 3}", own[place]) for place in range(7)]
    facts = {p: frozenset(map(str, random.choice(30, 6))) for p in GALLERY[:108]}
    facets = {
        facet: {p: str(random.integers(9)) for p in GALLERY}
        for facet in ("painters", "styles", "centuries")
    }
    return Judgments(
        qrels=qrels,
        query_ids=[*_QUERIES, "unanswered"],
        subtopics=subtopics,
        complete=False,
        knowledge=Knowledge(facets, facts | dict.fromkeys(_PLAIN, frozenset({"plain"}))),
        sessions={f"s{n}": _QUERIES[3 * n : 3 * n + 3] for n in range(4)},
    )


def answers(lists: dict[str, list[str]], texts: np.ndarray, images: np.ndarray) -> Answers:
    """A run with embeddings, of which a quarter of the texts is cut short."""
    scores = tuple(np.arange(len(ids), 0, -1, dtype=np.float32) for ids in lists.values())
    run = Run(tuple(lists), tuple(map(tuple, lists.values())), scores)
    given = Embeddings(_QUERIES, texts, GALLERY, images, truncated=0.25)
    return Answers(run, judgments(), len(GALLERY), given)


def by_chance(seed: int) -> Answers:
    """Lists of any length, some missing, and embeddings that know nothing."""
    random = np.random.default_rng(seed)
    lists = {
        query: random.permutation(GALLERY)[: random.integers(0, 121)].tolist()
        for query in _QUERIES
        if random.random() > 0.1
    }
    texts, images = (random.normal(size=(n, 16)).astype(np.float32) for n in (12, 120))
    return answers(lists, texts, images)


def better() -> Answers:
    """The best lists; paintings spread, each text where its best paintings lie."""
    random = np.random.default_rng(1)
    known = judgments()
    lists = {query: list(known.qrels[query]) for query in _QUERIES}
    images = random.normal(size=(120, 64))
    at = {painting: row for row, painting in enumerate(GALLERY)}
    texts = np.array([images[[at[p] for p in lists[query][:3]]].sum(axis=0) for query in _QUERIES])
    best = answers(lists, texts.astype(np.float32), images.astype(np.float32))
    assert best.embeddings is not None
    return replace(best, embeddings=replace(best.embeddings, truncated=0.0))


def worse() -> Answers:
    """The same plain paintings for all; texts beside the many, away from what they ask for."""
    random = np.random.default_rng(2)
    good = {p for grades in judgments().qrels.values() for p, g in grades.items() if g == 3}
    side = np.array([-1.0 if painting in good else 1.0 for painting in GALLERY])
    images = np.column_stack([side, random.normal(scale=0.9, size=120)]).astype(np.float32)
    texts = np.tile(np.array([[1, 0]], np.float32), (12, 1))
    return answers({query: _PLAIN[:10] for query in _QUERIES}, texts, images)


def conforms(measure: Measure) -> None:
    """Raises AssertionError naming what a measure does not keep to."""
    assert _NAME.fullmatch(measure.name), f"'{measure.name}' is no name"
    assert measure.meaning and not measure.meaning.endswith("."), "meaning: a phrase"
    _keeps_its_range(measure)
    _has_its_units(measure)
    _says_which_way_is_better(measure)
    _gives_the_same_again(measure)
    for need, lack in _LACKS.items():
        if need in measure.needs:
            assert measure.compute(lack(by_chance(0))) == {}, f"has values without {need}"


def _keeps_its_range(measure: Measure) -> None:
    least, greatest = measure.range
    nothing = replace(by_chance(0), run=Run((), (), ()))
    for shown in (*map(by_chance, range(20)), better(), worse(), nothing):
        for value in measure.compute(shown).values():
            assert isinstance(value, float) and np.isfinite(value), f"{measure}: {value!r}"
            assert least is None or value >= least - 1e-9, f"{measure}: {value} < {least}"
            assert greatest is None or value <= greatest + 1e-9, f"{measure}: {value} > {greatest}"


def _has_its_units(measure: Measure) -> None:
    shown = by_chance(0)
    units = {
        "query": set(answered(shown.judgments)),
        "session": set(shown.judgments.sessions),
        "run": {RUN},
    }
    found = measure.compute(shown)
    assert found, "has no value although all is known"
    assert set(found) <= units[measure.unit], f"values of something else than a {measure.unit}"


def _says_which_way_is_better(measure: Measure) -> None:
    if measure.better == "near 0":
        return
    good, bad = (
        float(np.mean([*measure.compute(shown).values()])) for shown in (better(), worse())
    )
    assert (good > bad) == (measure.better == "more") and good != bad, f"{measure}: {good}, {bad}"


def _gives_the_same_again(measure: Measure) -> None:
    shown = by_chance(3)
    known, given = shown.judgments, shown.embeddings
    assert given is not None
    kept = [shown.run, known.qrels, known.subtopics, known.knowledge, known.sessions]
    before, arrays = deepcopy(kept[1:]), deepcopy([*shown.run.scores, given.texts, given.images])
    first = measure.compute(shown)
    assert measure.compute(shown) == first, "another value when asked again"
    assert measure.compute(by_chance(3)) == first, "another value for the same answers"
    assert kept[1:] == before, "changes what it was given"
    now = [*shown.run.scores, given.texts, given.images]
    assert all(np.array_equal(a, b) for a, b in zip(arrays, now, strict=True))


def _known(shown: Answers, **fields: object) -> Answers:
    return replace(shown, judgments=replace(shown.judgments, **fields))


_LACKS: dict[str, Callable[[Answers], Answers]] = {
    "conversations": lambda shown: _known(shown, sessions={}),
    "embeddings": lambda shown: replace(shown, embeddings=None),
    "facets": lambda shown: _known(shown, knowledge=Knowledge({}, {})),
    "facts": lambda shown: _known(shown, knowledge=Knowledge({}, {})),
    "incomplete judgments": lambda shown: _known(shown, complete=True),
    "subtopics": lambda shown: _known(shown, subtopics={}),
}
