"""Two boards beside one another: what is computed of them, and the page that says it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from benchmark.results.store import Store
from benchmark.site.both_boards import Worlds, tau_b, worlds
from benchmark.site.generate import boards
from benchmark.site.page import Site
from benchmark.site.pages import worlds as page
from benchmark.workspace import Workspace
from tests.site import two_boards

VALUES = st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 1.0]), min_size=6, max_size=6)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with pytest.MonkeyPatch.context() as patch:
        yield two_boards.made(tmp_path_factory.mktemp("worlds"), patch)


def read(workspace: Workspace) -> Site:
    found, left_out = boards(workspace, lambda path, content: None)
    assert left_out == []
    return Site(workspace, found)


def both(workspace: Workspace) -> Worlds:
    found = worlds(read(workspace).boards)
    assert found is not None
    return found


def text(drawn: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", drawn)).split())


@given(VALUES, VALUES)
def test_tau_is_that_of_scipy(a: list[float], b: list[float]) -> None:
    expected = kendalltau(a, b).statistic
    assert tau_b(np.array([a]), np.array([b]))[0] == pytest.approx(
        0.0 if np.isnan(expected) else expected
    )


def test_the_real_one_is_pulled_and_the_drawn_one_lies_in_its_folder(checkout: Workspace) -> None:
    found = both(checkout)
    assert (found.real.name, found.drawn.name) == ("hall", "painted")


def test_each_has_a_place_on_either_board_among_those_on_both(checkout: Workspace) -> None:
    found = {entry.result.submission: entry for entry in both(checkout).entries}
    assert list(found)[:2] == ["seer", "reader"]
    places = {
        name: (entry.real.best, entry.real.worst, entry.drawn.best, entry.drawn.worst)
        for name, entry in found.items()
    }
    assert places == {
        "seer": (1, 1, 2, 2),
        "reader": (2, 2, 3, 3),
        "drawer": (3, 4, 1, 1),
        "chance": (3, 4, 4, 4),
    }
    assert {name: entry.apart for name, entry in found.items()} == {
        "seer": 1,
        "reader": 1,
        "drawer": 2,
        "chance": 0,
    }
    beats = {name: (e.real.beats_chance, e.drawn.beats_chance) for name, e in found.items()}
    assert beats == {
        "seer": (True, True),
        "reader": (True, True),
        "drawer": (False, True),
        "chance": (None, None),
    }


def test_tau_is_of_the_models_without_the_random_order(checkout: Workspace) -> None:
    """Real: seer, reader, drawer; drawn: drawer, seer, reader. One pair of three agrees."""
    tau = both(checkout).tau
    assert tau is not None
    assert tau.mean == pytest.approx(-1 / 3)
    # The values lie so far apart that no draw of topics changes an order.
    assert (tau.low, tau.high) == (pytest.approx(-1 / 3), pytest.approx(-1 / 3))


def test_the_page_says_what_the_numbers_say(checkout: Workspace) -> None:
    files = dict(page.draw(read(checkout)))
    assert set(files) == {"worlds.md", "charts/worlds.svg"}
    said = text(str(files["worlds.md"]))
    for words in (
        "Hall holds 5 real paintings (pictures: mirror, 512 px), painted 8 that were drawn",
        "3 submissions have current results on both, beside a random order.",
        "Kendall's tau-b between the two orders of these 3 is -0.33",
        "Beyond what the topics leave open: drawer (place 1 on painted, 3–4 on hall); ",
        "beyond doubt on both boards: seer, reader. On painted only: drawer. On hall only: none.",
        "The best of them gets 0.797 on hall, where a random order gets 0.111, "
        "and 0.902 on painted, where a random order gets 0.103.",
    ):
        assert words in said, said
    assert "made from another" not in said
    rows = re.findall(r"<tr>\n<td data-value.*?</tr>", str(files["worlds.md"]), re.S)
    assert len(rows) == 4


def test_one_board_is_no_two_worlds(checkout: Workspace) -> None:
    site = read(checkout)
    alone = Site(site.workspace, site.boards[:1])
    assert worlds(alone.boards) is None
    (files,) = page.draw(alone)
    assert "No submission stands on both boards yet" in files[1]


def test_another_state_of_its_folder_and_what_it_learned_from_are_said(
    checkout: Workspace, tmp_path: Path
) -> None:
    workspace = two_boards.without_pictures(checkout, tmp_path / "copy")
    store = Store(workspace.leaderboard)
    for board in ("hall", "painted"):
        drawer = store.result(board, "drawer")
        assert drawer is not None
        about = drawer.about.model_copy(update={"training_data": ["painted (a part)"]})
        state = {"submission": "e" * 64 if board == "hall" else "f" * 64}
        provenance = drawer.provenance.model_copy(update=state)
        told = drawer.model_copy(update={"about": about, "provenance": provenance})
        store.write(told, store.run(board, "drawer"), store.scores(board, "drawer"))
    assert both(workspace).changed == ["drawer"]
    said = text(str(dict(page.draw(read(workspace)))["worlds.md"]))
    for words in (
        "0 of the 3 say that they learned from the world of hall, "
        "1 of the 3 says that it learned from the world of painted. 2 do not say from what.",
        "drawerbaseline, learned from painted image",
        "Scored in different states of their folders on the two boards: drawer.",
    ):
        assert words in said, said
    assert both(checkout).changed == []


def test_two_are_no_order_to_speak_of(checkout: Workspace, tmp_path: Path) -> None:
    workspace = two_boards.without_pictures(checkout, tmp_path / "copy")
    (workspace.leaderboard / "results/hall/seer.json").unlink()
    found = both(workspace)
    assert [entry.result.submission for entry in found.models] == ["reader", "drawer"]
    assert found.tau is None
    assert "tau" not in str(dict(page.draw(read(workspace)))["worlds.md"])
