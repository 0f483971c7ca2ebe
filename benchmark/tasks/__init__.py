"""What is asked of models and how answers are scored: a task is a file of this folder."""

from __future__ import annotations

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
    run: Run, sources: Sources, paintings: int, embeddings: Embeddings | None = None
) -> tuple[Scores, dict[str, Section]]:
    """A run as every task for a Searcher sees it: measure -> id -> value, and task -> section.

    `paintings`: how many there were to be found. `embeddings`: those that the run was made from,
    where they are at hand. Tasks that ask nothing of this collection have no section.
    """
    scores: Scores = {}
    sections: dict[str, Section] = {}
    for task in all_tasks():
        if task.ability is not Searcher:
            continue
        if asked := {name for name, _ in task.asked(sources)}:
            given = embeddings.only(asked) if embeddings else None
            answers = Answers(run, judged(sources, task), paintings, given)
            if found := task.score(answers):
                sections[task.name] = task.summary(found, answers, sources)
                for name, values in found.items():
                    scores.setdefault(name, {}).update(values)
    return scores, sections
