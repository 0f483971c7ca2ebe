"""What holds for every page, whoever adds one: tried on each file of `pages/`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from benchmark import plugins
from benchmark.errors import BadInput
from benchmark.site import page as kinds
from benchmark.site.generate import boards
from benchmark.site.menu import with_pages
from benchmark.site.page import FOLDER, Site, pages
from benchmark.workspace import Workspace
from tests.site.laid_docs import ROOT

NAMES = plugins.modules(FOLDER)
HERE = ROOT / "benchmark" / "site" / "pages"


@pytest.fixture(scope="module")
def drawn(site: Path) -> dict[str, dict[str, str | bytes]]:
    """Page -> path -> content, drawn from the tiny checkout."""
    workspace = Workspace(site.parent)
    found, left_out = boards(workspace, lambda path, content: None)
    assert left_out == []
    return {name: dict(page.draw(Site(workspace, found))) for name, page in pages().items()}


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_it_is(name: str) -> None:
    module, page = plugins.load(FOLDER)[name], pages()[name]
    assert module.__doc__ and page.draw.__doc__
    assert (HERE / f"{name}.md.j2").is_file() == page.path.endswith(".md")


@pytest.mark.parametrize("name", NAMES)
def test_it_is_drawn_where_it_says(
    name: str, drawn: dict[str, dict[str, str | bytes]], site: Path
) -> None:
    page = pages()[name]
    parts = re.split(r"\{\w+\}", page.path)
    where = re.compile("[A-Za-z0-9._-]+".join(map(re.escape, parts)))
    assert any(where.fullmatch(path) for path in drawn[name])
    for path, content in drawn[name].items():
        assert content, path
        built = path.removesuffix(".md") + ".html" if path.endswith(".md") else path
        assert (site / built).is_file(), path


def test_no_file_is_drawn_by_two_pages(drawn: dict[str, dict[str, str | bytes]]) -> None:
    paths = [path for files in drawn.values() for path in files]
    assert len(set(paths)) == len(paths)


@pytest.mark.parametrize("name", [name for name in NAMES if pages()[name].menu is not None])
def test_the_menu_leads_to_it(name: str, site: Path) -> None:
    page = pages()[name]
    menu = (site / "404.html").read_text()
    address = page.path.removesuffix(".md") + ".html"
    assert re.search(rf'href="/{address}"[^>]*>\s*{re.escape(page.title)}\s*<', menu)


def test_pages_stand_at_their_places_among_the_docs() -> None:
    docs = yaml.safe_load((ROOT / "mkdocs.yml").read_text())["nav"]
    menu = with_pages(docs, list(pages().values()))
    for page in pages().values():
        if page.menu is not None:
            assert menu[page.menu] == {page.title: page.path}
    assert [entry for entry in menu if entry in docs] == docs


class _Room:
    """A folder of pages of its own, in the place of ours."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        monkeypatch.setattr(kinds, "FOLDER", self.folder.name)

    def write(self, name: str, fields: str) -> None:
        text = f"from benchmark.site.page import Page\nPAGE = Page({fields}, draw=iter)\n"
        (self.folder / f"{name}.py").write_text(text)


@pytest.fixture
def room(package: Path, monkeypatch: pytest.MonkeyPatch) -> _Room:
    return _Room(package, monkeypatch)


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ('path="a.md", title=" "', "ValueError: title: is empty; mend or remove the file"),
        ('path="../a.md", title="A"', "ValueError: path: '../a.md' does not lie on the site; "),
        ('path="a/{b}.md", title="A", menu=1', "ValueError: menu: 'a/{b}.md' is no single page; "),
        ('title="A"', "missing 1 required positional argument: 'path'; mend or remove the file"),
    ],
)
def test_a_mistake_is_one_line(room: _Room, fields: str, line: str) -> None:
    room.write("odd", fields)
    with pytest.raises(BadInput) as caught:
        pages()
    assert "odd.py: " in str(caught.value) and line in str(caught.value)


def test_a_file_without_a_page_is_named(room: _Room) -> None:
    (room.folder / "odd.py").write_text("")
    with pytest.raises(BadInput, match=r"odd\.py: PAGE: missing; define PAGE as a Page"):
        pages()


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ('path="a.md", title="B"', "path: 'a.md' is that of a.py; choose another"),
        ('path="b.md", title="A"', "title: 'A' is that of a.py; choose another"),
        ('path="b.md", title="B", menu=3', "menu: '3' is that of a.py; choose another"),
    ],
)
def test_what_two_pages_claim_is_named(room: _Room, fields: str, line: str) -> None:
    room.write("a", 'path="a.md", title="A", menu=3')
    room.write("b", fields)
    with pytest.raises(BadInput) as caught:
        pages()
    assert line in str(caught.value) and "b.py" in str(caught.value)


def test_the_example_of_the_docs_is_a_page_by_two_files_alone_and_a_mistake_in_it_is_one_line(
    site: Path, tmp_path: Path
) -> None:
    text = (ROOT / "docs/how-to/page.md").read_text()
    blocks = dict(re.findall(r"```(python|jinja)\n(.*?)```", text, re.S))
    shutil.copytree(ROOT / "benchmark", tmp_path / "benchmark", symlinks=True)
    (tmp_path / "benchmark/site/pages/sight.py").write_text(blocks["python"])
    (tmp_path / "benchmark/site/pages/sight.md.j2").write_text(blocks["jinja"])
    for name in ("docs", "submissions", "queries", "leaderboard", ".cimaise"):
        (tmp_path / name).symlink_to(site.parent / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    command = [sys.executable, "-m", "benchmark", "site"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site/sight.html").read_text()
    assert "<li>image: 2</li>" in page
    assert re.search(r'href="sight.html"[^>]*>\s*Who looks at what', page)

    (tmp_path / "benchmark/site/pages/sight.py").write_text("PAGE = 3\n")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert re.fullmatch(
        r"error: \S+/pages/sight\.py: PAGE: is a int; define PAGE as a Page\n", done.stderr
    )
