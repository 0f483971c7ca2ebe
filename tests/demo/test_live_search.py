"""Questions put to models behind their walls."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import psutil

from benchmark.demo.live_search import Answer, Search
from benchmark.demo.offered import offers
from benchmark.demo.turns import Question, Talk
from tests.conftest import make_submission
from tests.toys import RERANKER

RED = Talk().saying("a red field")


def names(answer: Answer) -> list[str]:
    assert not answer.failed, answer.failed
    return [found.painting for found in answer.found]


def test_an_encoder_finds_and_says_what_it_took(search: Search) -> None:
    answer = search.answer("healthy", RED.question())
    assert names(answer)[0] == "p-red"
    assert len(answer.found) == 8 and answer.moved
    scores = [found.score for found in answer.found]
    assert scores == sorted(scores, reverse=True)
    assert answer.spent.seconds > answer.spent.busy >= 0 or answer.spent.busy > 0


def test_what_is_rejected_or_pointed_at_is_left_out_and_likes_draw(search: Search) -> None:
    plain = names(search.answer("healthy", RED.question()))
    refused = RED.rejecting("p-red").liking("p-blue").saying("a field")
    moved = names(search.answer("healthy", refused.question()))
    assert "p-red" not in moved
    assert moved.index("p-violet") < plain.index("p-violet")
    pointed = names(search.answer("healthy", RED.saying("", "p-green").question()))
    assert "p-green" not in pointed and len(pointed) == 7


def test_a_searcher_needs_no_embeddings_and_is_not_moved(search: Search) -> None:
    answer = search.answer("catalogue", RED.question())
    assert names(answer) == ["p-red"] and not answer.moved
    nothing = search.answer("catalogue", Talk().saying("a castle").question())
    assert nothing.found == () and not nothing.failed


def test_a_fusion_stands_on_the_models_of_its_stages(search: Search) -> None:
    answer = search.answer("both", RED.question())
    assert names(answer)[0] == "p-red" and answer.moved
    assert answer.found[0].score > 1 / 61 + 1e-4


def test_a_re_ranker_orders_the_best_of_its_first_stage(search: Search) -> None:
    more = '\n[pipeline]\nfirst = "healthy"\ndepth = 3\n'
    make_submission(search.session.workspace.submissions / "again", RERANKER, more=more)
    answer = search.answer("again", RED.question())
    first = names(search.answer("healthy", RED.question()))
    assert names(answer)[0] == "p-red" and answer.found[0].score <= 0
    assert set(names(answer)[:3]) == set(first[:3]) and names(answer)[3:] == first[3:]


def test_a_model_that_dies_fails_its_answer_alone_and_comes_back(search: Search) -> None:
    died = search.answer("dying", Talk().saying("die").question())
    assert died.failed == "dying: its process ended (exit 3) without an answer"
    assert names(search.answer("healthy", RED.question()))[0] == "p-red"
    assert len(names(search.answer("dying", RED.question()))) == 8


def test_what_lacks_embeddings_or_is_unknown_says_so_in_one_line(search: Search) -> None:
    assert "has no stored embeddings" in search.answer("new", RED.question()).failed
    failed = search.answer("nobody", RED.question()).failed
    assert failed and "\n" not in failed


def test_texts_of_any_kind_are_answered(search: Search) -> None:
    for text in ("船 в море", "<script>alert(1)</script>", "x" * 2_000, "\ud800"):
        assert len(names(search.answer("healthy", Question(text, None, (), ())))) == 8


def test_two_tabs_at_once_take_turns(search: Search) -> None:
    asked = [("healthy", RED), ("both", RED), ("catalogue", RED), ("healthy", RED)] * 3
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda one: search.answer(one[0], one[1].question()), asked))
    assert {names(one)[0] for one in found} == {"p-red"}


def test_a_model_outlives_the_thread_that_asked_first(search: Search) -> None:
    """Behind bubblewrap's walls a process ends with the thread that started it."""
    for _ in range(2):
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(search.answer, "healthy", RED.question()).result()
        assert names(answer)[0] == "p-red"
        time.sleep(0.2)


def test_closing_leaves_no_worker(search: Search) -> None:
    before = {one.pid for one in psutil.Process().children(recursive=True)}
    search.answer("both", RED.question())
    started = {one.pid for one in psutil.Process().children(recursive=True)} - before
    assert started
    search.close()
    assert not started & {one.pid for one in psutil.Process().children(recursive=True)}
    assert search.answer("healthy", RED.question()).failed == "stopped"


def test_few_models_stand_open(search: Search) -> None:
    for name in ("healthy", "dying", "catalogue"):
        search.prepare(name)
    search._models._make_room(1)
    assert list(search._models._open) == ["catalogue"]
    assert names(search.answer("healthy", RED.question()))[0] == "p-red"


def test_what_is_ready_comes_first_and_the_rest_has_its_remedy(search: Search) -> None:
    found = offers(search.session)
    assert [(one.name, bool(one.missing)) for one in found] == [
        ("both", False), ("catalogue", False), ("dying", False), ("healthy", False), ("new", True)
    ]  # fmt: skip
    where = search.session.place.folder
    assert found[-1].missing == (f"no stored embeddings; cimaise run new --collection {where}")


def test_a_folder_without_queries_has_another_remedy(search: Search) -> None:
    (search.session.place.queries / "queries.jsonl").unlink()
    (missing,) = (one.missing for one in offers(search.session, ["new"]))
    where = search.session.place.folder
    assert missing == (
        f'no stored embeddings; cimaise search "a boat" --submission new --collection {where}'
    )


def test_a_fusion_names_the_stage_that_lacks_something(search: Search) -> None:
    folder = search.session.workspace.submissions / "both" / "submission.toml"
    folder.write_text(folder.read_text().replace("healthy", "new"))
    (missing,) = (one.missing for one in offers(search.session, ["both"]))
    assert missing.startswith("its stage new: no stored embeddings; cimaise run new ")
