"""The page of conversations: figures of every system, and a worked talk."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from benchmark.site.page import Site
from benchmark.site.pages import conversations as page
from benchmark.tasks.conversation import TASK
from tests.results.made import result
from tests.tasks.conforms import answered, sources


def card(painting: str) -> dict[str, object]:
    work = {"wikidata": "", "commons": "", "museums": "", "credit": ""}
    return {"id": painting, "title": f"<b>{painting}", "by": "", "src": f"{painting}.webp",
            "width": 1, "height": 1, "work": work}  # fmt: skip


def drawn(*results: Any) -> str:
    board = SimpleNamespace(
        results=results, name="hall", path="hall", thumbnails=SimpleNamespace(card=card)
    )
    ((_, text),) = page.draw(cast(Site, SimpleNamespace(boards=[board])))
    return str(text)


def test_systems_kinds_rounds_and_a_talk_are_shown() -> None:
    known = sources()
    answers = answered(TASK, known, 0)
    section = TASK.summary(TASK.score(answers), answers, known)
    one = result("one")
    one = one.model_copy(update={"sections": one.sections | {"conversation": section}})
    text = drawn(one, result("silent"))
    for name, system in section.systems.items():
        assert f">{name}</th>" in text and f'data-value="{system.nsdcg.mean}"' in text
    assert "silent" not in text
    assert '<th scope="col">point</th>' in text and '<th scope="col">round 1</th>' in text
    assert "“but no dog”" in text and "<b>p" not in text


def test_where_nobody_was_asked_the_page_says_so() -> None:
    assert "No collection here has conversations" in drawn(result())
