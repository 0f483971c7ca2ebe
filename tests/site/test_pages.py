"""What the pages say, read as files, and the small parts that make them."""

from __future__ import annotations

import csv
import html
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmark.collections.base import Collection
from benchmark.errors import BadInput
from benchmark.results.schema import Interval
from benchmark.site.build import _Quiet, build
from benchmark.site.templates import file_name, interval_bar
from benchmark.site.thumbnails import Thumbnails
from benchmark.workspace import Workspace

ROOT = Path(__file__).parent.parent.parent


def text_of(page: Path) -> str:
    without = re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8"))
    return re.sub(r"\s+", " ", html.unescape(without))


def test_the_front_page_has_each_row_with_its_interval(site: Path) -> None:
    page = site / "index.html"
    rows = re.findall(r"<tr>\s*<td data-value.*?</tr>", page.read_text(), re.S)
    assert len(rows) == 2
    shown = json.loads((site / "data/colours.json").read_text())
    for row, result in zip(rows, shown, strict=True):
        main = result["sections"]["retrieval"]["measures"]["ndcg@10"]
        assert result["submission"] in row
        assert f"{main['mean']:.3f}" in row
        assert f"{main['low']:.3f} to {main['high']:.3f}" in row
        assert 'data-value="8">8<' in row  # the gallery's size
    assert "8 paintings, 4 queries on 3 topics" in text_of(page)


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        found = re.findall(r'(?:src|href)="(https?://[^"]+)"', page.read_text())
        links = set(re.findall(r'<a[^>]+href="(https?://[^"]+)"', page.read_text()))
        assert set(found) <= links, page  # links out are fine, scripts and fonts are not


def test_every_local_link_leads_somewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        if page.name == "404.html":
            continue
        for link in re.findall(r'(?:src|href)="([^"#?:]+)["#?]', page.read_text()):
            assert (page.parent / link).exists(), f"{page}: {link}"


def test_a_query_page_shows_ten_graded_paintings_a_submission(site: Path) -> None:
    page = site / "queries/colours/q1.html"
    found = re.findall(r"<figcaption>(.*?)</figcaption>", page.read_text(), re.S)
    assert len(found) == 2 * 8  # the gallery has but eight paintings
    plain = text_of(page)
    assert "“a red field”" in plain
    assert re.search(r"1\. grade 3 A red field score \S+ ", plain)
    assert "grade 3" in plain and "unjudged" in plain
    assert "3 1 what is asked for, 2 1 mostly, 1 1 related" in plain


def test_queries_of_one_topic_lead_to_each_other(site: Path) -> None:
    assert 'href="q4.html"' in (site / "queries/colours/q3.html").read_text()


def test_a_submission_page_has_measures_costs_and_the_card(site: Path) -> None:
    page = site / "submissions/colours/healthy.html"
    plain = text_of(page)
    for words in ("precision(rel=2)@5", "peak memory", "isolation ", "By mean colour."):
        assert words in plain
    assert "<h3>How</h3>" in page.read_text()  # "## How" in the card
    assert "# a remark, no heading" in plain and "### a remark" not in plain
    for words in (
        "share of the first 5",
        "Place 1–2 of 2",
        "code that ranks",
        "image 2,500,000",
    ):
        assert words in plain
    for digest in re.findall(r'<code title="([0-9a-f]{64})">', page.read_text()):
        assert f">{digest[:12]}<" in page.read_text()
    assert (site / "data/runs/colours/healthy.parquet").read_bytes()[:4] == b"PAR1"


def test_what_a_submission_learned_from_stands_on_its_page(site: Path) -> None:
    assert "Trained on: not stated." in text_of(site / "submissions/colours/healthy.html")
    page = site / "submissions/colours/constant.html"
    assert "Trained on: colours (its own); Fields https://fields.example/about ." in text_of(page)
    assert "It has seen this world, by its own word; that costs no place." in text_of(page)
    assert 'href="https://fields.example/about" rel="nofollow"' in page.read_text()
    front = text_of(site / "index.html")
    assert front.count("has seen this world") == 1
    assert "distilled of healthy, has seen this world" in front


def test_a_card_cannot_run_code_in_a_readers_browser(site: Path) -> None:
    text = (site / "submissions/colours/healthy.html").read_text()
    assert "alert(1)" not in text and "javascript:alert" not in text
    assert "elsewhere.example" not in text and "recipe.toml" not in text


def test_the_csv_has_a_row_a_submission(site: Path) -> None:
    rows = list(csv.DictReader((site / "data/colours.csv").open()))
    assert {row["submission"] for row in rows} == {"healthy", "constant"}
    assert rows[0]["ndcg@10 low"] <= rows[0]["ndcg@10"] <= rows[0]["ndcg@10 high"]


def test_the_schema_of_a_submission_is_published(site: Path) -> None:
    schema = json.loads((site / "submission.schema.json").read_text())
    assert {"name", "role", "inputs"} <= set(schema["required"])


def test_costs_of_different_machines_are_marked(site: Path) -> None:
    page = (site / "index.html").read_text().partition('id="waiting"')[0]
    letters = dict(re.findall(r"<sup>([ab])</sup> (Abacus, 1 cores|[^;.<]+)", page))
    assert sorted(letters) == ["a", "b"]
    for row in page.split("<tr>")[2:]:
        on_abacus = "/constant.html" in row
        marks = set(re.findall(r"<sup>(.)</sup></td>", row))
        assert [letters[mark].startswith("Abacus") for mark in marks] == [on_abacus]


def test_a_stale_result_is_named_and_not_ranked(site: Path) -> None:
    assert "Stale, so without a place: early (of other judgments)." in text_of(site / "index.html")
    assert not (site / "submissions/colours/early.html").exists()


def test_query_pages_are_not_in_the_search_index(site: Path) -> None:
    found = json.loads((site / "search/search_index.json").read_text())["docs"]
    assert found and not [d for d in found if d["location"].startswith("queries/colours/")]


def test_a_whole_build_needs_no_torch_and_says_nothing(site: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from benchmark.workspace import Workspace; "
        "from benchmark.site.build import build; root = Path(sys.argv[1]); "
        "build(Workspace(root), root / 'again'); "
        "print([m for m in ('torch', 'open_clip', 'transformers') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(site.parent)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]", done.stderr
    assert (site.parent / "again/index.html").is_file()


def test_an_interrupted_build_leaves_the_old_site_whole(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(config: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mkdocs.commands.build.build", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build(Workspace(site.parent), site)
    assert (site / "index.html").is_file()
    assert not list(site.parent.glob(".site-*"))


def test_a_reader_who_leaves_early_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("http.server.SimpleHTTPRequestHandler.handle", broken)
    _Quiet.handle(_Quiet.__new__(_Quiet))


def test_without_results_the_site_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    with pytest.raises(BadInput, match="holds no results; cimaise run"):
        build(Workspace(tmp_path), tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_differences_and_what_the_queries_show(site: Path) -> None:
    plain = text_of(site / "differences/colours.html")
    for words in ("healthy constant", "On the front", "topics every submission fails"):
        assert words in plain
    assert 'href="../queries/colours/' in (site / "differences/colours.html").read_text()


def test_a_pupil_says_what_it_keeps_of_its_teacher(site: Path) -> None:
    plain = text_of(site / "submissions/colours/constant.html")
    assert "What it keeps of healthy" in plain
    for name in ("mrr", "rbp(p=0.8)", "ndcg@10, one", "ndcg@10, two"):
        assert re.search(rf"{re.escape(name)} \d+ % \d+ to \d+ %", plain), name
    assert "ms a query" not in plain.partition("By category")[0]  # measured on two machines
    assert "What it keeps" not in text_of(site / "submissions/colours/healthy.html")


def test_what_is_kept_smaller_and_shown_more_varied(site: Path) -> None:
    plain = text_of(site / "submissions/colours/healthy.html")
    for words in ("PCA to 1/2", "1 bit", "ild@10", "effective_rank", "never@10", "caches texts"):
        assert words in plain or words == "ild@10"


def test_a_bar_stays_inside_its_box() -> None:
    bar = interval_bar(Interval(mean=1.2, low=-0.5, high=2.0))
    assert 'class="bar-mean" width="100.0"' in bar
    assert 'x="0.0" y="3.5" width="100.0"' in bar


def test_ids_become_file_names_that_differ() -> None:
    assert file_name("Q42_a.1-en") == "Q42_a.1-en"
    odd = ["a/b", "a?b", "../a", ".hidden", "Été, 2@x", "日本", "x" * 200]
    made = [file_name(name) for name in odd]
    assert len(set(made)) == len(odd)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]+", name) for name in made)


def test_a_picture_that_cannot_be_read_has_no_address() -> None:
    gallery = Collection("g", Path(), ("a",), ({"title": "T"},), lambda row: b"no picture")
    written: list[str] = []
    thumbnails = Thumbnails(gallery, lambda path, content: written.append(path), {})
    assert thumbnails.card("a")["src"] == thumbnails.card("a")["src"] == ""
    assert written == []


def test_what_waits_stands_apart_without_a_figure(site: Path) -> None:
    board, _, waiting = (site / "index.html").read_text().partition('id="waiting"')
    assert "far.html" not in board
    row = next(part for part in waiting.split("<tr>") if "waiting/far.html" in part)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row)
    assert cells == ["baseline", "151.3", "Apache-2.0", "owner/far"]
    page = text_of(site / "waiting" / "far.html")
    assert "No board has a figure of it yet" in page
    assert "It has 151.3 million parameters." in page
    assert f"owner/far at {'0' * 40}" in page
