"""Every task of benchmark/tasks, and files that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmark import tasks
from benchmark.errors import BadInput
from benchmark.scorers.measures import MAIN
from tests.tasks.conforms import answered, conforms, sources


@pytest.mark.parametrize("task", tasks.all_tasks(), ids=lambda task: task.name)
def test_a_task_keeps_to_what_it_says(task: tasks.Task) -> None:
    conforms(task)


def test_retrieval_comes_first_and_has_the_main_measure() -> None:
    assert [task.name for task in tasks.all_tasks()] == ["retrieval", "conversation"]
    assert MAIN in tasks.all_tasks()[0].measures


def test_all_that_is_asked() -> None:
    known = sources()
    assert [name for name, _ in tasks.questions(known)] == [
        *(f"t{topic}-{language}" for topic in range(4) for language in ("en", "fr")),
        *("a1-en", "a2-en", "a2-en|last", "a2-en|refused"),
        *("b1-en", "b2-en", "b2-en|last", "b2-en|refused"),
    ]
    assert tasks.questions(known) == known.query_set.asked


FILE = """
from benchmark.abilities import Searcher
from benchmark.tasks import Section, Task

class Odd(Task):
    name, title, ability = "odd", "Odd", Searcher
    section = Section
    measures = ()
    def asked(self, sources): return []
    def judgments(self, sources): ...
    def summary(self, scores, answers, sources): ...

TASK = Odd()
"""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (FILE.replace("TASK =", "OTHER ="), r"odd\.py: TASK: missing; define TASK as a Task"),
        (FILE.replace("Odd()", "Odd"), r"odd\.py: TASK: is a ABCMeta; define TASK as a Task"),
        (FILE.replace("section = Section", ""), r"odd\.py: TASK\.section: missing; set it on"),
        (FILE.replace("def asked", "def ask"), r"odd\.py: TypeError: .*abstract method '?asked"),
    ],
    ids=["missing", "no object", "no section", "no method"],
)
def test_a_file_with_a_mistake_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, line: str
) -> None:
    package = room(tmp_path, monkeypatch, {"odd": text})
    with pytest.raises(BadInput, match=line):
        tasks.all_tasks(package)


def test_a_name_stands_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = room(tmp_path, monkeypatch, {"a": FILE, "b": FILE})
    with pytest.raises(BadInput, match=r"b\.py: TASK\.name: 'odd' is the name of another task"):
        tasks.all_tasks(package)


def test_the_example_of_the_page_is_a_task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Path("docs/how-to/task.md").read_text("utf-8")
    example = page.split("```python\n")[1].split("```")[0]
    (task,) = tasks.all_tasks(room(tmp_path, monkeypatch, {"styles": example}))
    conforms(task)
    known = sources()
    assert task.asked(known)[0] == ("style:a", "a painting in the a style")
    shown = answered(task, known, 0)
    best = task.score(shown)["precision(rel=3)@10"]
    for row, query in enumerate(shown.run.query_ids):
        right = sum(int(p[1:]) % 3 == row for p in shown.run.ids[row][:10])
        assert best[query] == pytest.approx(right / 10)


def room(folder: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str]) -> str:
    """The name of an importable package with these files."""
    package = folder / f"tasks_{folder.name.replace('-', '_')}"
    package.mkdir()
    (package / "__init__.py").touch()
    for name, text in files.items():
        (package / f"{name}.py").write_text(text, "utf-8")
    monkeypatch.syspath_prepend(str(folder))
    return package.name
