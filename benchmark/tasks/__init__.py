"""What is asked of models and how answers are scored: a task is a file of this folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from benchmark import plugins
from benchmark.abilities import Searcher
from benchmark.errors import BadInput
from benchmark.records import Run
from benchmark.scorers import Answers, Embeddings, Scores
from benchmark.tasks._task import Section as Section
from benchmark.tasks._task import Sources as Sources
from benchmark.tasks._task import Task as Task
from benchmark.tasks._task import judged

_HERE = "benchmark.tasks"
_FIRST = "retrieval"
"""Its main measure orders the leaderboard; its questions are asked first."""

_SAID = ("name", "title", "ability", "section", "measures")


@cache
def all_tasks(package: str = _HERE) -> tuple[Task, ...]:
    """One task for each file, retrieval first, then in name order.

    Raises BadInput naming the file whose TASK is missing, is no task, lacks a field, or
    has the name of another.
    """
    found: dict[str, Task] = {}
    for module in sorted(plugins.modules(package), key=lambda name: (name != _FIRST, name)):
        task = plugins.member(package, module, "TASK", Task)
        assert isinstance(task, Task), "or BadInput would have been raised"
        where = f"{module}.py: TASK"
        if missing := [field for field in _SAID if not hasattr(task, field)]:
            raise BadInput(f"{where}.{missing[0]}", "missing", "set it on the class")
        if task.name in found:
            problem = f"'{task.name}' is the name of another task"
            raise BadInput(f"{where}.name", problem, "give it one of its own")
        found[task.name] = task
    return tuple(found.values())


def questions(sources: Sources, ability: type = Searcher) -> list[tuple[str, str]]:
    """All that is put to a model of an ability, as (id, text), task by task."""
    return [
        question
        for task in all_tasks()
        if task.ability is ability
        for question in task.asked(sources)
    ]


def score(
    run: Run, sources: Sources, paintings: int, families: Iterable[str] | None = None
) -> Scores:
    """Measure -> id -> value of a run, as all tasks for a Searcher have it.

    `paintings`: how many there were to be found. `families`: of measures, all by default.
    """
    wanted, scores = None if families is None else frozenset(families), Scores()
    for task in _of_searchers():
        if task.asked(sources):
            answers = Answers(run, judged(sources, task), paintings)
            for name, values in task.score(answers, wanted).items():
                scores.setdefault(name, {}).update(values)
    return scores


def sections(
    scores: Scores,
    run: Run,
    sources: Sources,
    paintings: int,
    embeddings: Embeddings | None = None,
) -> dict[str, Section]:
    """Task -> section, from a run and its scores.

    `embeddings`: those that the run was made from, where they are at hand. Tasks that ask nothing
    of this collection have no section.
    """
    found: dict[str, Section] = {}
    for task in _of_searchers():
        if asked := {name for name, _ in task.asked(sources)}:
            given = embeddings.only(asked) if embeddings else None
            answers = Answers(run, judged(sources, task), paintings, given)
            names = {measure.name for measure in task.measures}
            if own := {name: values for name, values in scores.items() if name in names}:
                found[task.name] = task.summary(own, answers, sources)
    return found


def keeping(sections: Mapping[str, Section], earlier: Mapping[str, Section]) -> dict[str, Section]:
    """Sections with what a run alone cannot tell, from `earlier` ones of that run."""
    return {
        task: section.keeping(earlier[task]) if task in earlier else section
        for task, section in sections.items()
    }


def _of_searchers() -> list[Task]:
    return [task for task in all_tasks() if task.ability is Searcher]
