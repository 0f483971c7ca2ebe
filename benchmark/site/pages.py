"""Writes every generated page; run by mkdocs-gen-files while MkDocs builds."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import markdown
import mkdocs_gen_files
import nh3

from benchmark.collections.registry import known
from benchmark.results.schema import Result
from benchmark.results.store import Store
from benchmark.scorers.measures import MEASURES
from benchmark.site.board import SHOWN, as_csv, machines
from benchmark.site.gallery import Gallery
from benchmark.site.pictures import Thumbnails
from benchmark.site.render import render, slug
from benchmark.submission import Submission
from benchmark.submission_files import CARD
from benchmark.workspace import Workspace


def write(path: str, content: str | bytes) -> None:
    """Add one file to the site."""
    mode = "wb" if isinstance(content, bytes) else "w"
    with mkdocs_gen_files.open(path, mode) as out:
        out.write(content)


def generate(workspace: Workspace) -> None:
    """All pages of all collections that have results and can be opened here."""
    store = Store(workspace.leaderboard)
    places = [place for place in known(workspace) if place.name in store.collections()]
    galleries = [gallery for gallery in (Gallery(p, store) for p in places) if gallery.results]
    thumbnails = {g.name: Thumbnails(g.collection, write) for g in galleries}
    boards = [
        {
            "gallery": gallery,
            "rows": list(zip(gallery.places, gallery.results, strict=True)),
            "machines": machines(gallery.results),
            "wall": _wall(gallery, thumbnails[gallery.name]),
        }
        for gallery in galleries
    ]
    write("index.md", render("index.md.j2", boards=boards, shown=SHOWN))
    write("measures.md", render("measures.md.j2", measures=MEASURES))
    write("queries/index.md", render("queries.md.j2", galleries=galleries))
    schema = json.dumps(Submission.model_json_schema(), indent=1)
    write("submission.schema.json", schema + "\n")
    for gallery in galleries:
        write(f"data/{gallery.name}.csv", as_csv(gallery.results, gallery.places))
        rows = [result.model_dump(mode="json") for result in gallery.results]
        write(f"data/{gallery.name}.json", json.dumps(rows, indent=1) + "\n")
        for place, result in zip(gallery.places, gallery.results, strict=True):
            _submission_page(gallery, result, place, workspace)
        for query in gallery.query_set.queries:
            _query_page(gallery, query.id, thumbnails[gallery.name])


def _wall(gallery: Gallery, thumbnails: Thumbnails) -> list[dict[str, object]]:
    """A dozen paintings from all over the gallery, to show what is searched."""
    step = max(1, len(gallery.collection) // 12)
    return [thumbnails.card(painting) for painting in gallery.collection.ids[::step][:12]]


def _submission_page(gallery: Gallery, result: Result, place: int, workspace: Workspace) -> None:
    values = gallery.values[result.submission]
    texts = {query.id: query for query in gallery.query_set.queries}
    ordered = sorted((query for query in values if query in texts), key=lambda q: (-values[q], q))
    page = render(
        "submission.md.j2",
        gallery=gallery,
        result=result,
        place=place,
        measures=MEASURES,
        best=[(texts[q], values[q]) for q in ordered[:5]],
        worst=[(texts[q], values[q]) for q in reversed(ordered[-5:])],
    )
    page += "\n" + _card(workspace.submissions / result.submission / CARD)
    write(f"submissions/{gallery.name}/{result.submission}.md", page)


def _card(path: Path) -> str:
    """The model card as HTML below the page's own headings; its title goes, the page has one.

    A card is a stranger's text, so whatever could run in a reader's browser is taken out.
    """
    if not path.is_file():
        return ""
    body = re.sub(r"\A# .*\n", "", path.read_text(encoding="utf-8"))
    demoted = re.sub(r"^(#+ )", r"##\1", body, flags=re.M)
    html = nh3.clean(markdown.markdown(demoted, extensions=["tables", "fenced_code"]))
    return f"## Model card\n\n<div>\n{html}\n</div>\n"


def _query_page(gallery: Gallery, query_id: str, thumbnails: Thumbnails) -> None:
    queries = {query.id: query for query in gallery.query_set.queries}
    query = queries[query_id]
    rows = [
        {
            "result": result,
            "value": gallery.values[result.submission].get(query_id),
            "top": gallery.top(result.submission, query, thumbnails),
        }
        for result in gallery.results
    ]
    page = render(
        "query.md.j2",
        gallery=gallery,
        query=query,
        siblings=[q for q in queries.values() if q.topic == query.topic and q.id != query_id],
        grades=Counter(gallery.query_set.qrels.get(query_id, {}).values()),
        rows=rows,
    )
    write(f"queries/{gallery.name}/{slug(query_id)}.md", page)


if __name__ == "<run_path>":  # the name mkdocs-gen-files runs it under
    generate(Workspace(Path(mkdocs_gen_files.config.config_file_path).parent))
