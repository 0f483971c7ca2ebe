"""Writes every generated page; run by mkdocs-gen-files while MkDocs builds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import mkdocs_gen_files

from benchmark.collections.atelier.paths import GRAPH
from benchmark.collections.registry import known
from benchmark.errors import BadInput
from benchmark.results.marks import marks
from benchmark.results.retention import kept, kept_by, shares
from benchmark.results.schema import Interval, Result
from benchmark.results.self_reported import self_reported
from benchmark.results.statistics import by_topic
from benchmark.results.store import Store
from benchmark.results.table import as_csv
from benchmark.scorers.measures import (
    CATALOGUE,
    DIVERSITY,
    GEOMETRY,
    MAIN,
    MEASURES,
    RELEVANCE,
    SESSION,
    TURN,
    UNJUDGED,
)
from benchmark.site.board import SHOWN, machine, machines
from benchmark.site.card import model_card
from benchmark.site.costs import lines
from benchmark.site.differences import differences
from benchmark.site.forgotten import forgotten
from benchmark.site.gallery import Gallery
from benchmark.site.pictures import Thumbnails
from benchmark.site.render import file_name, render
from benchmark.submission import Submission
from benchmark.workspace import Workspace

FAMILIES = (
    ("Relevance", RELEVANCE),
    ("Where not all is judged", UNJUDGED),
    ("Diversity", DIVERSITY),
)
ALL_FAMILIES = (
    *FAMILIES,
    ("Conversations", (TURN, SESSION)),
    ("What the gallery gets to show", CATALOGUE),
    ("The space of an encoder's rows", GEOMETRY),
)


def write(path: str, content: str | bytes) -> None:
    """Add one file to the site."""
    mode = "wb" if isinstance(content, bytes) else "w"
    with mkdocs_gen_files.open(path, mode) as out:
        out.write(content)


def generate(workspace: Workspace) -> None:
    """All pages of all collections that have results and can be opened here.

    Raises BadInput where none has a result that still follows from what lies here.
    """
    store = Store(workspace.leaderboard)
    # What is for tuning (dev) is on no board.
    homes = [home for home in known(workspace) if home.split == "test"]
    places = [home for home in homes if home.name in store.collections()]
    galleries = [gallery for gallery in (Gallery(p, store) for p in places) if gallery.results]
    if not galleries:
        raise BadInput(
            workspace.leaderboard,
            "holds no results on galleries, queries and measures as they are now",
            "cimaise run",
        )
    thumbnails = {g.name: Thumbnails(g.collection, write) for g in galleries}
    boards = [_board(gallery, thumbnails[gallery.name]) for gallery in galleries]
    meanings = {measure.name: measure.meaning for measure in MEASURES}
    write("index.md", render("index.md.j2", boards=boards, shown=SHOWN, meanings=meanings))
    write("measures.md", render("measures.md.j2", families=ALL_FAMILIES))
    write("queries/index.md", render("queries.md.j2", galleries=galleries))
    _forgotten(galleries, workspace)
    schema = json.dumps(Submission.model_json_schema(), indent=1)
    write("submission.schema.json", schema + "\n")
    for home in known(workspace):
        if (home.folder / GRAPH).is_file():
            write(f"data/{file_name(home.name)}.ttl", (home.folder / GRAPH).read_bytes())
    for gallery in galleries:
        write(f"data/{gallery.path}.csv", as_csv(gallery.results, gallery.standing.places))
        rows = [result.model_dump(mode="json") for result in gallery.results]
        write(f"data/{gallery.path}.json", json.dumps(rows, indent=1) + "\n")
        for result in gallery.results:
            _submission_page(gallery, result, galleries, workspace)
        write(f"differences/{gallery.path}.md", differences(gallery))
        for number in range(len(gallery.query_set.queries)):
            _query_page(gallery, number, thumbnails[gallery.name])


def _board(gallery: Gallery, thumbnails: Thumbnails) -> dict[str, object]:
    """The front page's table of one collection, and a dozen paintings from all over it."""
    letters = machines(gallery.results)
    step = max(1, len(gallery.collection) // 12)
    wall = [thumbnails.card(painting) for painting in gallery.collection.ids[::step][:12]]
    return {
        "gallery": gallery,
        "rows": [
            {
                "place": gallery.stands(result.submission),
                "best": gallery.standing.places[result.submission][0],
                "result": result,
                "mark": letters.get(machine(result), ""),
                "marks": marks(result),
                "self_reported": self_reported(result.size, result.cost),
            }
            for result in gallery.results
        ],
        "machines": letters,
        "energy": " and ".join(sorted(_methods(gallery.results))) or "not measured",
        "date": max(result.provenance.date for result in gallery.results)[:10],
        "wall": [card for card in wall if card["src"]],
    }


def _forgotten(galleries: Sequence[Gallery], workspace: Workspace) -> None:
    """What students forget: of the first collection that has any, and a page for each other."""
    pages = {g.path: forgotten(g, workspace.submissions, write) for g in galleries}
    found = {path: page for path, page in pages.items() if page is not None}
    first = next(iter(found.values()), render("nobody.md.j2"))
    write("forgotten/index.md", first)
    for path, page in list(found.items())[1:]:
        write(f"forgotten/{path}.md", page)


def _methods(results: Sequence[Result]) -> set[str]:
    """How the energy of results was had: "measured", "modelled"."""
    costs = [result.cost for result in results if result.cost is not None]
    return {energy.method for cost in costs for energy in cost.energy.values()}


def _submission_page(
    gallery: Gallery, result: Result, galleries: list[Gallery], workspace: Workspace
) -> None:
    name = result.submission
    values = gallery.values[name]
    texts = {query.id: query for query in gallery.query_set.queries}
    ordered = sorted((query for query in values if query in texts), key=lambda q: (-values[q], q))
    page = render(
        "submission.md.j2",
        gallery=gallery,
        result=result,
        place=gallery.stands(result.submission),
        machine=machine(result),
        here={other.submission for other in gallery.results},
        elsewhere=[
            other
            for other in galleries
            if other is not gallery and name in {r.submission for r in other.results}
        ],
        families=[
            (title, [measure for measure in family if measure.name in result.measures])
            for title, family in FAMILIES
        ],
        catalogue=CATALOGUE,
        geometry=GEOMETRY,
        costs=lines(result),
        marks=marks(result),
        **_retention(gallery, result),
        best=[(texts[q], values[q]) for q in ordered[:5]],
        worst=[(texts[q], values[q]) for q in reversed(ordered[-5:])],
    )
    page += "\n" + model_card(workspace.submissions / name)
    write(f"submissions/{gallery.path}/{file_name(name)}.md", page)
    run = gallery.store.run_path(gallery.name, name)
    write(f"data/runs/{gallery.path}/{file_name(name)}.parquet", run.read_bytes())


def _retention(gallery: Gallery, result: Result) -> dict[str, object]:
    """What a submission keeps of its teacher: of each measure, and of the main one by category."""
    standing = gallery.standing
    teacher = next((r for r in gallery.results if r.submission == result.about.teacher), None)
    if teacher is None:
        return {"retention": {}, "lighter": {}}
    mine, theirs = (standing.values[r.submission] for r in (result, teacher))
    category = {query.topic: query.category for query in gallery.query_set.queries}
    scores = [gallery.store.scores(gallery.name, r.submission) for r in (result, teacher)]
    found: dict[str, Interval] = {}
    for measure in (*RELEVANCE, *DIVERSITY):
        if measure.range == (0, 1) and all(measure.name in values for values in scores):
            queries = gallery.query_set.queries
            share = kept(*(by_topic(values[measure.name], queries) for values in scores))
            found |= {measure.name: share} if share else {}
    found |= {f"{MAIN.name}, {name}": s for name, s in kept_by(mine, theirs, category).items()}
    return {"retention": found, "lighter": shares(result, teacher)}


def _query_page(gallery: Gallery, number: int, thumbnails: Thumbnails) -> None:
    queries = gallery.query_set.queries
    query = queries[number]
    rows = [
        {
            "result": result,
            "value": gallery.values[result.submission].get(query.id),
            "top": gallery.top(result.submission, query, thumbnails),
        }
        for result in gallery.results
    ]
    page = render(
        "query.md.j2",
        gallery=gallery,
        query=query,
        siblings=[q for q in queries if q.topic == query.topic and q.id != query.id],
        grades=Counter(gallery.query_set.qrels.get(query.id, {}).values()),
        rows=rows,
        before=queries[number - 1] if number else None,
        after=queries[number + 1] if number + 1 < len(queries) else None,
    )
    write(f"queries/{gallery.path}/{file_name(query.id)}.md", page)


if __name__ == "<run_path>":  # the name mkdocs-gen-files runs it under
    generate(Workspace(Path(mkdocs_gen_files.config.config_file_path).parent))
